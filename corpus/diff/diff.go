// Package diff says what differs between two sequences, of words say: the
// pieces to replace in one to get the other.
//
//	for _, h := range diff.Compare(before, after, 1000) {
//		fmt.Println(before[h.A.From:h.A.To], "→", after[h.B.From:h.B.To])
//	}
//
// It is the greedy algorithm of Myers (An O(ND) Difference Algorithm and Its
// Variations, 1986): the time is that of N, the length of both, times D, the
// number of elements that are in one alone; the memory that of D squared. So D
// has a bound: sequences that differ more are told apart as far as it reaches,
// and the rest is one piece.
package diff

import "slices"

// Range is a half-open range of indices.
type Range struct{ From, To int }

// Len is the number of elements in r.
func (r Range) Len() int { return r.To - r.From }

// Hunk says that the elements A of the one sequence are the elements B of the
// other. One of the ranges may be empty.
type Hunk struct{ A, B Range }

// Compare finds the hunks that turn a into b: in order, apart, and with as few
// elements as can be, if that takes at most bound deletions and insertions.
func Compare[T comparable](a, b []T, bound int) []Hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	s := search[T]{a: a[head : len(a)-tail], b: b[head : len(b)-tail]}
	hunks := s.hunks(bound)
	for i := range hunks {
		hunks[i].A.From, hunks[i].A.To = hunks[i].A.From+head, hunks[i].A.To+head
		hunks[i].B.From, hunks[i].B.To = hunks[i].B.From+head, hunks[i].B.To+head
	}
	return hunks
}

// Apply makes the other sequence of a and the hunks that [Compare] found; b is
// where their elements are taken from.
func Apply[T any](a, b []T, hunks []Hunk) []T {
	out, at := []T{}, 0
	for _, h := range hunks {
		out = append(out, a[at:h.A.From]...)
		out = append(out, b[h.B.From:h.B.To]...)
		at = h.A.To
	}
	return append(out, a[at:]...)
}

// search is the edit graph of two sequences: x counts elements of a, y of b,
// and diagonal k is where x-y is k.
type search[T comparable] struct {
	a, b []T
	// reached has for each number of edits d how far paths came: x by diagonal,
	// -d at index 0, in steps of two.
	reached [][]int32
}

// hunks searches, and reads the path that it found backwards.
func (s *search[T]) hunks(bound int) []Hunk {
	x, y := s.run(max(0, bound))
	var out []Hunk
	if x < len(s.a) || y < len(s.b) { // the bound was met
		out = append(out, Hunk{Range{x, len(s.a)}, Range{y, len(s.b)}})
	}
	for d := len(s.reached) - 1; d > 0; d-- {
		fromX, fromY := s.before(d, x-y)
		// The edit comes first, then what is equal.
		if fromX-fromY < x-y {
			out = add(out, Hunk{Range{fromX, fromX + 1}, Range{fromY, fromY}})
		} else {
			out = add(out, Hunk{Range{fromX, fromX}, Range{fromY, fromY + 1}})
		}
		x, y = fromX, fromY
	}
	slices.Reverse(out)
	return out
}

// add puts an edit before the last hunk, or makes it a part of it where they
// touch.
func add(out []Hunk, h Hunk) []Hunk {
	if n := len(out); n > 0 && out[n-1].A.From == h.A.To && out[n-1].B.From == h.B.To {
		out[n-1].A.From, out[n-1].B.From = h.A.From, h.B.From
		return out
	}
	return append(out, h)
}

// run goes on until a path reaches the end or has bound edits. It returns the
// end of the path that came farthest, which has as many edits as reached says.
func (s *search[T]) run(bound int) (x, y int) {
	for d := 0; ; d++ {
		row := make([]int32, d+1)
		s.reached = append(s.reached, row)
		bestX, bestY := -1, 0
		for i := range row {
			k := 2*i - d
			x, y := s.slide(s.start(d, k), k)
			row[i] = int32(x)
			if x > len(s.a) || y > len(s.b) {
				continue // off the grid: no path goes on from there
			}
			if x == len(s.a) && y == len(s.b) {
				return x, y
			}
			if bestX < 0 || x+y > bestX+bestY {
				bestX, bestY = x, y
			}
		}
		if d == bound {
			return bestX, bestY
		}
	}
}

// slide follows what is equal from x on diagonal k.
func (s *search[T]) slide(x, k int) (int, int) {
	y := x - k
	for x < len(s.a) && y < len(s.b) && s.a[x] == s.b[y] {
		x, y = x+1, y+1
	}
	return x, y
}

// start is where a path of d edits enters diagonal k.
func (s *search[T]) start(d, k int) int {
	if d == 0 {
		return 0
	}
	if s.inserts(d, k) {
		return s.at(d-1, k+1)
	}
	return s.at(d-1, k-1) + 1
}

// before is the point from which the path of d edits came to diagonal k.
func (s *search[T]) before(d, k int) (x, y int) {
	if s.inserts(d, k) {
		x = s.at(d-1, k+1)
		return x, x - k - 1
	}
	x = s.at(d-1, k-1)
	return x, x - k + 1
}

// inserts reports whether the last edit on the way to diagonal k takes an
// element of b: from the diagonal above, where that came farther.
func (s *search[T]) inserts(d, k int) bool {
	return k == -d || k != d && s.at(d-1, k-1) < s.at(d-1, k+1)
}

func (s *search[T]) at(d, k int) int { return int(s.reached[d][(k+d)/2]) }
