package pipeline

import (
	"fmt"
	"strings"

	"jianbao/corpus"
	"jianbao/extract"
	"jianbao/extract/number"
)

// Explanation is what became of one number of a text: the shape of `rules explain
// -o json`. Offsets are code points.
type Explanation struct {
	Number    string     `json:"number"`
	Start     int        `json:"start"`
	End       int        `json:"end"`
	Kind      string     `json:"kind"` // what it is a number of
	Unit      string     `json:"unit"`
	Category  string     `json:"category"`
	Head      string     `json:"head"` // as printed; of a number that no pack counts, the noun that took it
	RuleID    string     `json:"rule_id"`
	Flags     []string   `json:"flags"`
	Why       string     `json:"why"` // why it is no count; empty for a count
	Obstacles []Obstacle `json:"obstacles"`
}

// Obstacle is a noun that a number might have counted, and what stopped it.
type Obstacle struct {
	Noun     string `json:"noun"`
	Category string `json:"category"`
	Why      string `json:"why"`
	At       string `json:"at"`
}

// Explanations says of each number of a printed text what became of it. Bytes
// that are not UTF-8 are read as U+FFFD.
func (p *Pipeline) Explanations(text string) []Explanation {
	text = strings.ToValidUTF8(text, "\uFFFD")
	points := corpus.NewCodePoints(text)
	out := []Explanation{}
	for _, r := range p.Explain(text) {
		e := Explanation{
			Number: r.Number.Span.Of(text), Kind: r.Number.Kind.String(), Unit: r.Unit.Of(text),
			Head: r.Noun.Of(text), Why: string(r.Why), Flags: []string{}, Obstacles: []Obstacle{},
		}
		e.Start, e.End = points.Range(r.Number.Span)
		if m := r.Mention; m != nil {
			e.Unit, e.Category, e.Head, e.RuleID = m.Unit, m.Category, m.Head, m.RuleID
			for _, f := range m.Flags {
				e.Flags = append(e.Flags, string(f))
			}
		}
		for _, b := range r.Obstacles {
			e.Obstacles = append(e.Obstacles, Obstacle{b.Noun.Of(text), b.Category, string(b.Why), b.At.Of(text)})
		}
		out = append(out, e)
	}
	return out
}

// reasons are what the codes of extract.Reason mean to an analyst.
var reasons = map[extract.Reason]string{
	extract.IsChange:    "says by how much something changed",
	extract.IsSlogan:    "a slogan or a motto",
	extract.IsSize:      "says how large something is",
	extract.IsCondition: "a condition",
	extract.IsOne:       "speaks of one person or thing",
	extract.IsDecoy:     "counts a noun of no pack",
	extract.NoNoun:      "no noun of a pack is near",
}

// Reason is why a number is a count or none, in words.
func (e Explanation) Reason() string {
	switch {
	case e.RuleID != "" && len(e.Flags) > 0:
		return strings.Join(e.Flags, ", ")
	case e.RuleID != "":
		return ""
	case e.Why == string(extract.IsKind):
		return kindOf(e.Kind)
	}
	why := reasons[extract.Reason(e.Why)]
	if e.Why != string(extract.NotTaken) {
		return why
	}
	var parts []string
	for _, o := range e.Obstacles {
		parts = append(parts, o.String())
	}
	return strings.Join(parts, "; ")
}

// kindOf says what a number is that can be no count.
func kindOf(kind string) string {
	switch kind {
	case number.Name.String():
		return "part of a name or a fixed word"
	case number.Plain.String():
		return "no noun of a pack is near"
	}
	return "a number of the kind " + strings.ToLower(kind)
}

// String says what stopped an obstacle's noun.
func (o Obstacle) String() string {
	switch extract.Reason(o.Why) {
	case extract.ClauseBetween, extract.WordBetween:
		return fmt.Sprintf("not %s: %s stands between", o.Noun, strings.ReplaceAll(o.At, "\n", "the line's end"))
	case extract.TooFar:
		return fmt.Sprintf("not %s: too far", o.Noun)
	case extract.IsBehindNext:
		return fmt.Sprintf("not %s: it is the next number's", o.Noun)
	case extract.IsTaken:
		return fmt.Sprintf("not %s: it has its number", o.Noun)
	case extract.WrongClassifier:
		return fmt.Sprintf("not %s: it is not counted with %s", o.Noun, o.At)
	case extract.NoClassifier:
		return fmt.Sprintf("not %s: without a classifier the number must touch it", o.Noun)
	case extract.CountsAnother:
		return fmt.Sprintf("not %s: %s is counted", o.Noun, o.At)
	}
	return fmt.Sprintf("not %s: its pack has no such pattern", o.Noun)
}
