package extract

import (
	"jianbao/corpus"
)

// How far a number and its head may be apart, in code points. A plain pattern
// with a wider gap finds more wrong heads than right ones; a relative clause
// (三名身穿红马甲…的乡镇干部) shows its head by 的.
const (
	maxModifier  = 24
	maxRelative  = 44
	maxPredicate = 14
	maxConjunct  = 12
)

// candidate is a noun that a number may count.
type candidate struct {
	noun    int // index into sentence.nouns; -1 for none
	start   int // of the printed head, its modifiers included
	end     int // of those who share the number with the head; 0 for nobody
	gap     corpus.Span
	pattern Pattern
}

// adjacent gives every number the head that it stands before or behind.
func (s *sentence) adjacent() {
	for i := range s.qs {
		q := &s.qs[i]
		if q.void || q.mention != nil {
			continue
		}
		right, left := s.right(i), s.left(i)
		switch {
		case right.noun >= 0 && (left.noun < 0 || s.preferRight(i, left, right)):
			s.assign(i, right)
			s.joinRight(i, right)
		case left.noun >= 0:
			s.assign(i, s.firstCounted(i, left))
			s.joinLeft(i, left)
		}
	}
}

// firstCounted is a candidate before a number, or, where that is of people whom no pack counts, the nearest of those
// who share the number with them and are counted: 第一书记、致富带头人1460人次.
func (s *sentence) firstCounted(i int, c candidate) candidate {
	floor := s.span.Start
	if i > 0 {
		floor = s.qs[i-1].end
	}
	for k := c.noun; k > 0 && s.nouns[k].pack == nil && s.qs[i].refersToPeople(); k-- {
		n := &s.nouns[k-1]
		if n.used || n.span.Start < floor || !s.conjoined(k-1, k) || !s.takes(n, &s.qs[i]) {
			break
		}
		if n.pack != nil && n.pack.People && n.in(c.pattern) {
			c.noun, c.start = k-1, s.phraseStart(n.span.Start, floor)
			return c
		}
	}
	return c
}

// preferRight decides for a number with a noun on either side: the one behind
// it, unless that one is the head of the number after it (第一书记77名驻村队员231名)
// or the one before it is nearer.
func (s *sentence) preferRight(i int, left, right candidate) bool {
	switch {
	case i+1 < len(s.qs) && s.nouns[right.noun].span.End == s.qs[i+1].Span.Start && left.gap.Empty():
		return false
	case right.gap.Empty():
		return true
	case right.pattern == Verb && s.nouns[left.noun].pack == nil:
		return true // 路口53处设立检查站
	case left.gap.Of(s.text) == "各":
		return false // 干部各1名坐镇指挥、…
	}
	return !left.gap.Empty()
}
