package pipeline

import (
	"jianbao/corpus"
	"jianbao/extract/place"
)

// addPlaces says where the document is from, if its page does not, and whose
// each count is. The spans of the mentions are still those of the folded text,
// as those of its sentences are.
func (p *Pipeline) addPlaces(doc *corpus.Document, hans string, sentences []corpus.Span) {
	matches := p.gazetteer.Find(nil, hans)
	about, known := p.gazetteer.Document(fold(doc.Title), matches)
	switch {
	case doc.Place == "" && known:
		doc.Place, doc.Adcode = about.Name, about.Code
	case doc.Place != "":
		if dateline, ok := p.gazetteer.Document("", p.gazetteer.Find(nil, fold(doc.Place))); ok {
			doc.Adcode = dateline.Code
		}
	}
	scene := place.Scene{Gazetteer: p.gazetteer, Text: hans, Sentences: sentences, Matches: matches, Document: about}
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if claim, ok := scene.Whose(m.Span); ok {
			m.Place, m.Adcode, m.PlaceSource = claim.Place, claim.Adcode, claim.Source
		}
	}
}
