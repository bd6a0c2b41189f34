package pipeline

import (
	"fmt"
	"os"

	"jianbao/corpus"
	"jianbao/extract"
	"jianbao/segment/script"
)

// Rules is the bundled rule packs with those of a folder over them; an empty
// folder name means the bundled ones alone.
func Rules(folder string) (extract.Rules, error) {
	rules, err := extract.Bundled()
	if err != nil || folder == "" {
		return rules, err
	}
	if _, err := os.Stat(folder); err != nil {
		return extract.Rules{}, fmt.Errorf("read rules: %w", err)
	}
	own, err := extract.LoadFolder(folder)
	if err != nil {
		return extract.Rules{}, err
	}
	return rules.Over(own), nil
}

// Mentions reads the counts of a printed text, with spans in bytes of it.
func (p *Pipeline) Mentions(text string) []corpus.Mention {
	folded := script.Fold(text)
	doc := &corpus.Document{Text: text, RawText: text, Mentions: p.extractor.Extract(folded.Text, p.segmenter.Append(nil, folded.Text))}
	locate(doc, folded)
	return doc.Mentions
}

// Explain says of each number of a printed text what became of it, with spans in bytes of the
// text.
func (p *Pipeline) Explain(text string) []extract.Reading {
	folded := script.Fold(text)
	readings := p.extractor.Explain(folded.Text, p.segmenter.Append(nil, folded.Text))
	for i := range readings {
		r := &readings[i]
		for _, span := range []*corpus.Span{&r.Number.Span, &r.Number.Unit, &r.Unit, &r.Noun} {
			*span = folded.SourceSpan(*span)
		}
		for k := range r.Obstacles {
			o := &r.Obstacles[k]
			o.Noun, o.At = folded.SourceSpan(o.Noun), folded.SourceSpan(o.At)
		}
		if m := r.Mention; m != nil {
			m.HeadSpan, m.UnitSpan = folded.SourceSpan(m.HeadSpan), folded.SourceSpan(m.UnitSpan)
			m.Head, m.Unit = m.HeadSpan.Of(text), m.UnitSpan.Of(text)
		}
	}
	return readings
}

// CheckRules finds what is wrong with rules besides their examples.
func CheckRules(rules extract.Rules) []extract.Problem {
	return rules.Check(func(text string) string { return script.Fold(text).Text })
}

// TestRules runs the examples of rules in both scripts.
func (p *Pipeline) TestRules(rules extract.Rules) extract.Outcome {
	return rules.Test(p.Mentions, func(text string) []string { return []string{text, script.Unfold(text)} })
}
