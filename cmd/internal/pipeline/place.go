package pipeline

import (
	"sort"
	"strings"

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
	scene := place.Scene{Gazetteer: p.gazetteer, Text: hans, Matches: matches, Document: about}
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		at := sort.Search(len(sentences), func(k int) bool { return sentences[k].Start >= m.Sentence.Start })
		var previous corpus.Span
		if at > 0 {
			previous = sentences[at-1]
		}
		sentence := m.Sentence
		// Who is quoted often stands behind: “设了16个卡点。”县委书记说。
		if next := at + 1; strings.HasSuffix(sentence.Of(hans), "”") && next < len(sentences) && sentences[next].Start == sentence.End {
			sentence.End = sentences[next].End
		}
		if claim, ok := scene.Whose(sentence, previous, m.Span); ok {
			m.Place, m.Adcode, m.PlaceSource = claim.Place, claim.Adcode, claim.Source
		}
	}
}
