package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/corpus"
	"jianbao/extract"
	"jianbao/extract/number"
)

// explained is what became of one number, as it is printed. Offsets are code points.
type explained struct {
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
	Obstacles []obstacle `json:"obstacles"`
}

// obstacle is a noun that the number might have counted, and what stopped it.
type obstacle struct {
	Noun     string `json:"noun"`
	Category string `json:"category"`
	Why      string `json:"why"`
	At       string `json:"at"`
}

var explainColumns = []column[explained]{
	{name: "number", value: func(e explained) string { return e.Number + e.Unit }},
	{name: "counts", value: func(e explained) string { return e.Head }},
	{name: "rule", value: func(e explained) string { return e.RuleID }},
	{name: "why", value: explained.reason},
}

func (a *app) rulesExplain() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "explain TEXT | -",
		Short: "Say of each number of a text which rule took it, or what stopped the nearest candidates",
		Example: "  jianbao rules explain '全县145个村成立临时党支部96个'\n" +
			"  jianbao rules explain - < article.txt",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text := args[0]
			if text == "-" {
				all, err := io.ReadAll(a.In)
				if err != nil {
					return fmt.Errorf("read text: %w", err)
				}
				text = string(all)
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			text = strings.ToValidUTF8(text, "\uFFFD")
			return list(a.Out, o.format, explainColumns, explanations(text, p.Explain(text)))
		},
	}
	o.addFlag(a, c)
	return c
}

func explanations(text string, readings []extract.Reading) []explained {
	points := corpus.NewCodePoints(text)
	var out []explained
	for _, r := range readings {
		e := explained{
			Number: r.Number.Span.Of(text), Kind: r.Number.Kind.String(), Unit: r.Unit.Of(text),
			Head: r.Noun.Of(text), Why: string(r.Why), Flags: []string{}, Obstacles: []obstacle{},
		}
		e.Start, e.End = points.Range(r.Number.Span)
		if m := r.Mention; m != nil {
			e.Unit, e.Category, e.Head, e.RuleID = m.Unit, m.Category, m.Head, m.RuleID
			for _, f := range m.Flags {
				e.Flags = append(e.Flags, string(f))
			}
		}
		for _, b := range r.Obstacles {
			e.Obstacles = append(e.Obstacles, obstacle{b.Noun.Of(text), b.Category, string(b.Why), b.At.Of(text)})
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

// reason is why a number is a count or none, in words.
func (e explained) reason() string {
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
func (o obstacle) String() string {
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
