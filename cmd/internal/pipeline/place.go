package pipeline

import (
	"slices"
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
	scene := place.Scene{Gazetteer: p.gazetteer, Text: hans, Sentences: sentences, Matches: matches, Document: about}
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if claim, ok := scene.Whose(m.Span); ok {
			m.Place, m.Adcode, m.PlaceSource = claim.Place, claim.Adcode, claim.Source
		}
	}
}

// divisions are the names of a division and of those above it, simplified and
// in full; empty where there is none.
type divisions struct{ province, city, county string }

// divisions names what a code of six digits stands for.
func (p *Pipeline) divisions(adcode string) divisions {
	var all divisions
	for code := adcode; code != ""; {
		d, ok := p.gazetteer.Lookup(code)
		if !ok {
			break
		}
		switch d.Level {
		case place.Province:
			all.province = d.Name
		case place.City:
			all.city = d.Name
		default:
			all.county = d.Name
		}
		code = d.Parent
	}
	return all
}

// above is a place with the divisions in which it lies, from the top.
func (d divisions) above(name string) string {
	var parts []string
	for _, part := range []string{d.province, d.city, d.county, name} {
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}
