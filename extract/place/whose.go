package place

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// The sources of a claim: how the text says whose a count is.
const (
	Subject    = "subject"  // 在临渭区…, or the place that the clause is about
	Scope      = "scope"    // 全市, 我县: resolved by the document's place
	Speaker    = "speaker"  // the organ of the one who is quoted
	Sender     = "sender"   // the body that sends: 青松县委组织部选派
	ByDocument = "document" // the article's place
)

// Claim says whose a count is.
type Claim struct {
	Place string // the name of the place
	// Adcode is its code of GB/T 2260. A town or village has that of the
	// county which holds it. Empty when the code is not known.
	Adcode string
	Source string // one of the sources above
}

// Scene is a document in which counts are given their places.
type Scene struct {
	Gazetteer *Gazetteer
	Text      string        // folded
	Sentences []corpus.Span // of Text, in order
	Matches   []Match       // what Find gives for Text
	Document  Match         // what Document gives; zero when unknown
}

// Whose says whose the mention at a span of the text is. It asks in order:
// the nearest place that stands before the mention in its sentence as a
// subject or a sender, or the nearest 全市 and its like; the speaker whom the
// sentence quotes; the last subject of the sentence before; its speaker; the
// document. It returns false when none of them names a place. Of a sentence
// without end only what stands near the mention is read.
func (s *Scene) Whose(mention corpus.Span) (Claim, bool) {
	sentence, previous := s.around(mention)
	sentence = s.clip(sentence, mention.Start-reach, mention.End+reach)
	previous = s.clip(previous, previous.End-reach, previous.End)
	before := corpus.Span{Start: sentence.Start, End: max(sentence.Start, min(mention.Start, sentence.End))}
	if c, ok := s.nearest(before); ok {
		return c, true
	}
	if c, ok := s.speaker(sentence); ok {
		return c, true
	}
	if !previous.Empty() {
		if c, ok := s.nearest(previous); ok {
			return c, true
		}
		if c, ok := s.speaker(previous); ok {
			return c, true
		}
	}
	if s.Document.Name == "" {
		return Claim{}, false
	}
	return s.claim(s.Document, ByDocument), true
}

// around is the sentence in which a mention begins, with the next one where
// that tells who is quoted (“设了16个卡点。”县委书记说), and the sentence before,
// empty without one.
func (s *Scene) around(mention corpus.Span) (sentence, previous corpus.Span) {
	at := sort.Search(len(s.Sentences), func(i int) bool { return s.Sentences[i].Start > mention.Start }) - 1
	if at < 0 {
		return mention, corpus.Span{}
	}
	sentence = s.Sentences[at]
	if at > 0 {
		previous = s.Sentences[at-1]
	}
	if next := at + 1; strings.HasSuffix(sentence.Of(s.Text), "”") && next < len(s.Sentences) && s.Sentences[next].Start == sentence.End {
		sentence.End = s.Sentences[next].End
	}
	return sentence, previous
}

// reach is how far from a mention its place is looked for, in bytes.
const reach = 3000

// clip is the part of a span between two offsets, in whole characters.
func (s *Scene) clip(span corpus.Span, from, to int) corpus.Span {
	span.Start, span.End = max(span.Start, from), min(span.End, to)
	for span.Start < span.End && !utf8.RuneStart(s.Text[span.Start]) {
		span.Start++
	}
	for span.End > span.Start && span.End < len(s.Text) && !utf8.RuneStart(s.Text[span.End]) {
		span.End--
	}
	span.End = max(span.Start, span.End)
	return span
}

// claim is a claim for a place. A town or village whose county the text does
// not name lies in the county that the document is about.
func (s *Scene) claim(m Match, source string) Claim {
	c := Claim{Place: m.Name, Adcode: m.Code, Source: source}
	if c.Adcode == "" && m.Level >= Town {
		for _, code := range []string{m.Within, s.Document.Code, s.Document.Within} {
			if d, ok := s.Gazetteer.Lookup(code); ok && d.Level == County && (m.Within == "" || m.Within == code) {
				c.Adcode = code
				break
			}
		}
	}
	return c
}

// nearest is the last subject, sender or scope word of a span.
func (s *Scene) nearest(span corpus.Span) (Claim, bool) {
	var c Claim
	end := -1
	for _, m := range s.within(span) {
		if r := s.role(m, span); r == Subject || r == Sender {
			c, end = s.claim(m, r), m.Span.End
		}
	}
	if m, at, ok := s.Gazetteer.lastScope(s.Text, span, s.Document); ok && at > end {
		c, end = s.claim(m, Scope), at
	}
	if m, at, ok := s.namelessOrgan(span, dispatches); ok && at > end {
		c, end = s.claim(m, Sender), at
	}
	return c, end >= 0
}

// speaker is the place of the one whom a sentence quotes.
func (s *Scene) speaker(sentence corpus.Span) (Claim, bool) {
	for _, m := range s.within(sentence) {
		if s.role(m, sentence) == Speaker {
			return s.claim(m, Speaker), true
		}
	}
	if m, _, ok := s.namelessOrgan(sentence, speaks); ok {
		return s.claim(m, Speaker), true
	}
	return Claim{}, false
}

// within is the matches that lie in a span.
func (s *Scene) within(span corpus.Span) []Match {
	first := firstFrom(s.Matches, span.Start)
	last := first
	for last < len(s.Matches) && s.Matches[last].Span.End <= span.End {
		last++
	}
	return s.Matches[first:last]
}

// firstFrom is the index of the first match that begins at or behind at.
func firstFrom(all []Match, at int) int {
	return sort.Search(len(all), func(i int) bool { return all[i].Span.Start >= at })
}

// role says what a place does in a span: Subject, Sender, Speaker or nothing.
func (s *Scene) role(m Match, span corpus.Span) string {
	behind := clause(s.Text[m.Span.End:span.End])
	if organ := startsOrgan(behind); organ > 0 {
		switch {
		case speaks(behind[organ:]):
			return Speaker
		case dispatches(behind[organ:]):
			return Sender
		}
	} else if isOfficer(behind) && speaks(behind) {
		return Speaker
	}
	if s.leads(m.Span.Start, span) {
		return Subject
	}
	return ""
}

// Words before a place that make it a target, not a subject.
var directions = []string{"来自", "支援", "驰援", "援助", "前往", "奔赴", "赶赴", "飞赴", "返回", "回到", "来到", "毗邻"}

// leads reports whether what stands at an offset can be what its clause is
// about: at the clause's start, behind 在 or its like, behind 目前 or its like.
func (s *Scene) leads(at int, span corpus.Span) bool {
	before := s.Text[span.Start:at]
	r, n := utf8.DecodeLastRuneInString(before)
	if n == 0 || strings.ContainsRune("在于对由据与和及中后前", r) || !isHan(r) && r != '、' {
		return true
	}
	for _, d := range directions {
		if strings.HasSuffix(before, d) {
			return false
		}
	}
	_, m := utf8.DecodeLastRuneInString(before[:len(before)-n])
	return s.Gazetteer.notName[before[len(before)-n-m:]]
}

// namelessOrgan is the last organ of a span that no place stands before (县委
// 组织部) and whose clause goes on as goesOn wants; its place is resolved by
// the document. at is the offset behind its 县.
func (s *Scene) namelessOrgan(span corpus.Span, goesOn func(string) bool) (m Match, at int, ok bool) {
	for i := span.Start; i < span.End; {
		r, n := utf8.DecodeRuneInString(s.Text[i:span.End])
		if strings.ContainsRune("省市州盟县区旗镇乡", r) && !s.covered(i) {
			behind := clause(s.Text[i+n : span.End])
			if organ := startsOrgan(behind); organ > 0 && goesOn(behind[organ:]) {
				if found, resolved := s.Gazetteer.Resolve(r, s.Document); resolved {
					m, at, ok = found, i+n, true
				}
			}
		}
		i += n
	}
	return m, at, ok
}

// covered reports whether an offset lies in a match.
func (s *Scene) covered(at int) bool {
	i := firstFrom(s.Matches, at+1)
	return i > 0 && s.Matches[i-1].Span.End > at
}
