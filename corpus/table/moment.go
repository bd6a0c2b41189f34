package table

import "jianbao/corpus"

// Moment is when the article was published.
func (d *Document) Moment() corpus.Moment {
	m := corpus.Moment{Precision: corpus.Precision(d.PublishedPrecision)}
	switch {
	case d.PublishedAt != nil:
		m.Time = d.PublishedAt.Time().In(corpus.Beijing)
	case d.Published != nil:
		m.Time = d.Published.Midnight()
	}
	return m
}
