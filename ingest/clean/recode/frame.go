package recode

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// What a repair of a frame shift must reach, in nats against the line as it
// stands. Chosen on invented pages damaged by machine: see the property tests.
const (
	minGain       = 8.0  // with nothing lost
	minGainLost   = 5.0  // more, for each lost byte
	minGainHan    = 5.0  // more, when no full-width form stands behind the mark
	minGainBare   = 3.0  // more, when not even a mark stands where the byte was
	minGainWeak   = -6.0 // for a lone “?, in a document where another frame shift is certain
	minMargin     = 1.0  // against any other reading
	minMarginLost = 2.0  // the same, when a byte inside was lost
	maxWorst      = 13.0 // cost of any one character
	oddWorst      = 8.0  // the same, where characters may have vanished
	maxOddWorst   = 10.5 // and never more than this there
	minMarginOdd  = 5.0  // margin that a character of oddWorst asks for
	minPeak       = 20.0 // of a reading that gets stuck: the place is marked
	minStuck      = 5    // characters that it has read by then
	maxMean       = 8.0  // cost of the characters of a reading, on average
	backReach     = 40   // characters that a mark may stand before what gives it away
	maxFailed     = 2000 // searches that may find nothing, in one document
	maxSearches   = 4000 // searches in one document: some seconds, which no honest page needs
	maxWestern    = 9000 // looks at what may be Western, likewise
	commonStart   = 9.0  // cost of starting a word with a character that is not rare
)

// frames finds the frame shifts of one document.
type frames struct {
	text  string
	m     *Model
	reads func(char rune, word string) bool
	local *habits
	about int // where local was learnt

	foreign int  // where a piece ends that is UTF-8, but no Chinese
	latin   int  // where the last letters end that are Latin indeed
	latins  int  // how often there were such
	failed  int  // searches that found nothing
	tried   int  // searches
	western int  // looks at what may be Western
	shifted bool // another frame shift of the document is certain
}

// at tries the damage that begins at byte offset i: with the question mark
// there, or (bare) with a lost byte before the character there.
func (f *frames) at(i int, bare bool) (Repair, bool) {
	body := i
	if !bare {
		_, n := utf8.DecodeRuneInString(f.text[i:])
		body += n
	}
	gloss := !bare && f.isGlossTail(body)
	if f.failed > maxFailed || f.tried > maxSearches || !gloss && !f.plausible(runeBefore(f.text, i), body) {
		return Repair{}, false
	}
	f.tried++
	s := search{scorer: scorer{m: f.m}, reads: f.reads}
	if !bare {
		s.local = f.habitsAt(i)
	}
	s.cells, s.whole = s.scorer.cells(f.text, i)
	from, first := f.first(&s, i, bare, gloss)
	best, ok := s.run(from, first)
	if !f.good(&s, best, from) && !s.stuck(from) {
		f.failed++
		return Repair{}, false
	}
	if f.mayVanish(&s, best, ok) {
		s.gaps = true
		best, _ = s.run(from, first)
	}
	if !f.good(&s, best, from) {
		return f.stuckAt(&s), s.stuck(from)
	}
	return f.repair(&s, best), true
}

// mayVanish reports whether the site may have dropped pairs of bytes. One that
// keeps private-use characters does not; those that do have also folded
// full-width forms; and a reading with an odd character speaks for it.
func (f *frames) mayVanish(s *search, best reading, ok bool) bool {
	private := slices.ContainsFunc(s.cells[:best.end], func(c cell) bool {
		return classOf(c.r) == private && c.r != utf8.RuneError
	})
	return !private && (!ok || best.folded || best.losses > 0 || best.worst > maxOddWorst)
}

// stuck reports whether a search read a good deal before it found no way on.
func (s *search) stuck(from int) bool {
	need := minPeak
	if classOf(s.cells[from].r) == han {
		need += 2 * minGainHan
	}
	return s.peak >= need && s.top-from >= minStuck
}

// good reports whether a reading reads well, and better than the line.
func (f *frames) good(s *search, r reading, from int) bool {
	if r.end-from < 2 || r.cost > maxMean*float64(r.chars) {
		return false // a lone letter behind a mark proves nothing
	}
	return r.gain >= f.needed(s, r, from)
}

// stuckAt marks a place that reads well anew up to where characters vanished.
func (f *frames) stuckAt(s *search) Repair {
	return Repair{
		Span: corpus.Span{Start: s.cells[0].span.Start, End: s.cells[s.top].span.Start},
		Kind: FrameShift, Confidence: 0.5, Note: "characters were lost",
	}
}

// first is where the search starts, and in which states.
func (f *frames) first(s *search, i int, bare, gloss bool) (from int, first []state) {
	prev := runeBefore(f.text, i)
	quoted := f.quoted(i)
	lost := begin(prev, unknownByte, quoted)
	lost.lone = f.lone(i)
	if bare {
		return 0, []state{lost}
	}
	if !gloss {
		return 1, []state{lost}
	}
	word, end := glossTail(s.cells, 1)
	for _, trail := range f.glossedBytes(prev, word) {
		first = append(first, begin(prev, int(trail), quoted))
	}
	return end, first
}

// glossedBytes are the last bytes of the characters that have the reading word
// and whose first byte is the last one of prev. A site that glosses bytes, not
// characters, has put the reading in between.
func (f *frames) glossedBytes(prev rune, word string) (trails []byte) {
	_, lead, ok := f.m.gbk(prev)
	if !ok || f.reads == nil {
		return nil
	}
	for b := 0x81; b <= lastLeadByte; b++ {
		if r := f.m.char(lead, byte(b)); r > 0 && f.reads(r, word) {
			trails = append(trails, byte(b))
		}
	}
	return trails
}

func (f *frames) isGlossTail(at int) bool {
	end := at
	for range 8 {
		r, n := utf8.DecodeRuneInString(f.text[end:])
		if !isReadingLetter(r) {
			return end > at && (r == ')' || r == '）')
		}
		end += n
	}
	return false
}

// needed is the gain that a reading must reach.
func (f *frames) needed(s *search, r reading, from int) float64 {
	if f.shifted && r.prev == '?' {
		return minGainWeak
	}
	need := minGain + minGainLost*float64(r.losses)
	if from == 0 {
		return need + minGainBare
	}
	if classOf(s.cells[from].r) == han && from == 1 {
		need += minGainHan
	}
	if r.han == 0 && r.tag == "" {
		need += minGainHan
	}
	return need
}

// repair applies what is certain and marks the rest.
func (f *frames) repair(s *search, best reading) Repair {
	span := corpus.Span{Start: s.cells[0].span.Start, End: s.cells[best.end].span.Start}
	after := s.text(best.state)
	out := Repair{Span: span, After: after, Kind: FrameShift, Confidence: 0.98, Applied: f.certain(s, best)}
	if best.tag != "" {
		if strings.Contains(f.text[:span.Start], "<"+best.tag) {
			out.After += "</" + best.tag + ">"
		}
		out.Note = "swallowed the start of a tag"
		return out
	}
	switch {
	case best.losses == 1:
		out.Applied = out.Applied && best.margin >= minMarginLost
		out.Confidence, out.Note = 0.9, "one byte was lost"
	case best.losses > 1:
		out.Applied = false
	}
	if !out.Applied {
		out.Confidence = 0.5
		out.Note = fmt.Sprintf("perhaps %s", after)
		out.After = ""
	}
	return out
}

// certain reports whether the best reading is the only good one. Where pairs of
// bytes may have vanished, an odd character is a sign that they did.
func (f *frames) certain(s *search, best reading) bool {
	if s.gaps && best.worst > oddWorst && (best.worst > maxOddWorst || best.margin < minMarginOdd) {
		return false
	}
	return best.margin >= minMargin && best.worst <= maxWorst
}

// plausible looks at the first few characters behind a lost byte, as a search
// is too dear for every question mark: paired anew, they must not read much
// worse than as they stand.
func (f *frames) plausible(prev rune, at int) bool {
	const reach = 4
	s := scorer{m: f.m}
	var last byte
	stands, anew := 0.0, 0.0
	old, fresh := prev, prev
	for n := range reach {
		r, width := utf8.DecodeRuneInString(f.text[at:])
		if width == 0 || r == '\n' {
			break
		}
		at += width
		stands += s.cost(old, r)
		old = r
		if n > 0 && r == '?' && f.cutShort(at) {
			return true
		}
		if n > 0 && r < 0x80 && r != '?' {
			if c := f.m.char(last, byte(r)); c > 0 {
				anew += s.cost(fresh, c)
				return anew < stands
			}
		}
		lead, trail, ok := f.m.wholePair(r)
		if !ok {
			return false
		}
		if n > 0 {
			c := f.m.char(last, lead)
			if c == 0 {
				return r == '?' && anew < stands
			}
			anew += s.cost(fresh, c)
			fresh = c
		}
		last = trail
	}
	return anew > 0 && anew < stands+2
}

// cutShort reports whether what follows a second question mark shows that it
// swallowed a character: the rest of a tag, or a closing mark.
func (f *frames) cutShort(at int) bool {
	r, _ := utf8.DecodeRuneInString(f.text[at:])
	return r == '/' || classOf(r) == closing
}

// lone reports whether one character stands between byte offset i and the
// mark before it.
func (f *frames) lone(i int) bool {
	_, n := utf8.DecodeLastRuneInString(f.text[:i])
	return classOf(runeBefore(f.text, i)) == han && classOf(runeBefore(f.text, i-n)) != han
}

// quoted reports whether a quotation is open before the byte offset at.
func (f *frames) quoted(at int) bool {
	line := f.text[max(0, at-2*suspectSkip):at]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	return strings.LastIndex(line, "“") > strings.LastIndex(line, "”")
}

// habitsAt is what the document shows around a place.
func (f *frames) habitsAt(at int) *habits {
	if f.local == nil || max(at-f.about, f.about-at) > habitReach/2 {
		f.local, f.about = learn(f.text, at, f.m), at
	}
	return f.local
}
