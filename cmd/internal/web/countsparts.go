package web

import (
	"strings"

	"jianbao/corpus"
)

// seriesView is a series with what its template needs.
type seriesView struct {
	countsView
	S series
}

// In prepares a series.
func (v countsView) In(s series) seriesView { return seriesView{v, s} }

// ID is where the page shows a series.
func (s series) ID() string { return "sum-" + s.Category }

// Highest says what the highest bar is.
func (v seriesView) Highest() string {
	most := 0
	for _, b := range v.S.Time.Bars {
		most = max(most, b.Count)
	}
	if most == 0 {
		return ""
	}
	return v.T("counts.most") + " " + grouped(int64(most))
}

// sumTable is a table of sums beside a chart.
type sumTable struct {
	view
	Title, First, More string
	Rows               []sumView
	Open               bool
}

// Times is the table beside the chart over time.
func (v seriesView) Times() sumTable {
	return sumTable{view: v.view, Title: v.Category(v.S.Category) + " " + v.T("counts.time"), First: v.T("col.time"), Rows: v.S.Times, Open: len(v.Series) == 1}
}

// Rows is the table beside the chart of places.
func (v seriesView) Rows() sumTable {
	t := sumTable{view: v.view, Title: v.Category(v.S.Category) + " " + v.T("counts.places"), First: v.T("col.place"), Rows: v.S.Rows, Open: len(v.Series) == 1}
	if v.S.More > 0 {
		t.More = v.N("counts.more", int(v.S.More))
	}
	return t
}

// Sum is a sum, or that it is not known.
func (t sumTable) Sum(n corpus.Int64) string { return countsView{}.Sum(n) }

// barView is a bar of a chart of places.
type barView struct {
	C placeChart
	B placeBar
}

// Bar prepares a bar.
func (v seriesView) Bar(b placeBar) barView { return barView{v.S.Places, b} }

// Top is where a bar begins in its row.
func (b placeBar) Top() int { return b.Y + 5 }

// Thick is how high a bar is.
func (b placeBar) Thick() int { return placeRow - 10 }

// Total is how many counts there are.
func (v countsView) Total() string { return v.N("counts.total", int(v.Answer.Total)) }

// AddedText is how many of them the sums have.
func (v countsView) AddedText() string { return v.N("counts.added", int(v.Added)) }

// Grouped64 is a number with its thousands apart.
func (v countsView) Grouped64(n int) string { return grouped(int64(n)) }

// Printed is a number and its unit as printed.
func (m mentionRow) Printed() string { return shorten(m.NumberText+m.Unit, 40) }

// PlaceText is a place as the text names it.
func (m mentionRow) PlaceText() string { return shorten(strings.TrimSpace(m.Place), 40) }
