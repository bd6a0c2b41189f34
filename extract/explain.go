package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// Reason says why a number, or a noun for it, was not taken.
type Reason string

// The reasons. The first are of a number, the others of a noun near it.
const (
	IsKind      Reason = "kind"      // a date, an ordinal, money: see the number's Kind
	IsChange    Reason = "change"    // 净增12个
	IsSlogan    Reason = "slogan"    // 一个支部就是一座堡垒, “千名干部下基层”
	IsSize      Reason = "size"      // 有三个足球场大的
	IsCondition Reason = "condition" // 3人以上的
	IsOne       Reason = "one"       // one person told of: 一位负责人说
	IsDecoy     Reason = "decoy"     // it counts a noun that no pack counts
	NoNoun      Reason = "no_noun"   // no pack's noun is near
	NotTaken    Reason = "not_taken" // none of the nouns near it can be counted by it

	ClauseBetween   Reason = "clause"        // a mark that ends the clause stands between
	WordBetween     Reason = "stop_word"     // a word that ends the noun phrase stands between
	TooFar          Reason = "too_far"       // too many characters stand between
	IsBehindNext    Reason = "next_number"   // it stands behind the next number
	IsTaken         Reason = "taken"         // it has its number already
	WrongClassifier Reason = "classifier"    // it is not counted with that classifier
	NoClassifier    Reason = "no_classifier" // a number without one counts what touches it
	CountsAnother   Reason = "counts_other"  // the number counts a noun before it
	NotInPattern    Reason = "pattern"       // its pack does not ask for the pattern
)

// Obstacle is a noun near a number and what kept the number from counting it.
type Obstacle struct {
	Noun     corpus.Span
	Category string // of its pack; empty for a noun that no pack counts
	Why      Reason
	At       corpus.Span // the element that stopped it
}

// Reading is what was made of one number of a text. Spans are in bytes of the folded
// text.
type Reading struct {
	Number    number.Quantity
	Unit      corpus.Span     // the classifier; empty without one
	Mention   *corpus.Mention // nil where the number counts nothing that a pack counts
	Why       Reason          // why not; empty with a mention
	Noun      corpus.Span     // what it was taken to count, also where no pack counts that; empty for nothing
	Obstacles []Obstacle      // the nouns that it did not take, nearest first
}

// trace collects readings.
type trace struct {
	readings  []Reading
	dropped   map[int]Reason // by number of the sentence
	obstacles map[int][]Obstacle
}

// Explain reads a folded text as Extract does and says of each of its numbers what became of it.
func (x *Extractor) Explain(hans string, tokens []corpus.Token) []Reading {
	s := &sentence{x: x, trace: &trace{}}
	mentions := s.document(hans, tokens)
	out := s.trace.readings
	for i := range mentions {
		m := &mentions[i]
		if k := slices.IndexFunc(out, func(r Reading) bool { return r.Number.Span == m.Number }); k >= 0 {
			out[k].Mention, out[k].Why = m, ""
		}
	}
	return out
}

// dropped notes why number i counts nothing.
func (s *sentence) dropped(i int, why Reason) {
	if s.trace == nil {
		return
	}
	if s.trace.dropped == nil {
		s.trace.dropped = map[int]Reason{}
	}
	s.trace.dropped[i] = why
}

// stopped notes why number i does not take noun k. Why is only asked when somebody wants to know.
func (s *sentence) stopped(i, k int, why func() (Reason, corpus.Span)) {
	if s.trace == nil {
		return
	}
	if s.trace.obstacles == nil {
		s.trace.obstacles = map[int][]Obstacle{}
	}
	n := &s.nouns[k]
	o := Obstacle{Noun: n.span}
	o.Why, o.At = why()
	if n.pack != nil {
		o.Category = n.pack.Category
	}
	s.trace.obstacles[i] = append(s.trace.obstacles[i], o)
}

// apart says what stands between a number and a noun.
func (s *sentence) apart(gap corpus.Span) (Reason, corpus.Span) {
	text := gap.Of(s.text)
	if i := strings.IndexAny(text, clauseMarks+"、)）|"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		return ClauseBetween, corpus.Span{Start: gap.Start + i, End: gap.Start + i + n}
	}
	for _, t := range s.tokens[s.tokenAt(gap.Start):] {
		if t.Start >= gap.End {
			break
		}
		if word := (corpus.Span{Start: max(t.Start, gap.Start), End: min(t.End, gap.End)}); s.x.stops[word.Of(s.text)] {
			return WordBetween, word
		}
	}
	if strings.HasSuffix(text, "的") || strings.HasPrefix(text, "的") {
		return WordBetween, gap
	}
	return TooFar, gap
}

// explain adds the readings of the numbers of a sentence.
func (s *sentence) explain() {
	if s.trace == nil {
		return
	}
	k := 0
	for _, n := range s.all {
		r := Reading{Number: n, Why: IsKind}
		if n.Kind == number.Plain && k < len(s.qs) {
			r = s.reading(k)
			k++
		}
		s.trace.readings = append(s.trace.readings, r)
	}
	s.trace.dropped, s.trace.obstacles = nil, nil
}

// reading is what was made of number i of the sentence.
func (s *sentence) reading(i int) Reading {
	q := &s.qs[i]
	r := Reading{Number: q.Quantity, Unit: q.unit, Obstacles: s.trace.obstacles[i], Why: s.trace.dropped[i]}
	slices.SortStableFunc(r.Obstacles, func(a, b Obstacle) int { return distance(q.Span, a.Noun) - distance(q.Span, b.Noun) })
	switch {
	case q.noun >= 0:
		r.Noun = s.nouns[q.noun].span
		if q.void && r.Why == "" {
			r.Why = IsDecoy
		}
	case q.mention == nil && r.Why == "" && len(r.Obstacles) > 0:
		r.Why = NotTaken
	case q.mention == nil && r.Why == "":
		r.Why = NoNoun
	}
	return r
}

// distance is how many bytes stand between two spans.
func distance(a, b corpus.Span) int { return max(a.Start-b.End, b.Start-a.End, 0) }
