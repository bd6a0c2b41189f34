package pipeline

import (
	"jianbao/corpus"
	"jianbao/extract/asof"
)

// addDays says of which day each count speaks, where the text names one. What
// a count was before (由19家增加到47家) is of no day that the text names. The
// spans of the mentions are still those of the folded text.
func addDays(doc *corpus.Document, hans string, sentences []corpus.Span) {
	if len(doc.Mentions) == 0 {
		return
	}
	scopes := asof.Find(hans, sentences, doc.Published)
	for i := range doc.Mentions {
		if m := &doc.Mentions[i]; !m.HasFlag(corpus.Before) {
			m.AsOf, m.HasAsOf = asof.At(scopes, m.Number.Start)
		}
	}
}
