package web

import (
	"slices"
	"strings"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
)

// series is the sums of one category, over time and by place.
type series struct {
	Category string
	Sum      pipeline.SumRow
	Time     chart
	Times    []sumView // the table beside it
	Places   placeChart
	Rows     []sumView // the table beside that
	More     int64     // places that the table does not have
}

// sumView is a row of a table of sums.
type sumView struct {
	pipeline.SumRow
	Label   string
	Address string // that narrows down to it; may be empty
}

// series are the sums of all categories, those with most counts first. Their
// charts over time have the same axis.
func (v *countsView) series(o pipeline.OverviewOptions) []series {
	axis := timeAxis(v.Answer.Time, v.Answer.Step)
	var out []series
	for _, sum := range v.Answer.Categories {
		s := series{Category: sum.Category, Sum: sum, More: v.Answer.MorePlaces[sum.Category]}
		v.addTime(&s, axis, o)
		v.addPlaces(&s, o)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b series) int { return int(b.Sum.Mentions - a.Sum.Mentions) })
	return out
}

// addTime draws the sums over time.
func (v *countsView) addTime(s *series, axis []string, o pipeline.OverviewOptions) {
	totals := map[string]int{}
	address := func(label string) string {
		since, until := timeOf(label, o.Since, o.Until)
		return v.ask("since", since, "until", until)
	}
	for _, row := range v.Answer.Time {
		if row.Category != s.Category {
			continue
		}
		r := sumView{SumRow: row, Label: row.Of(v.Answer.Step)}
		if r.Label == "" {
			r.Label = v.T("counts.undated")
		} else {
			r.Address = address(r.Label)
			totals[r.Label] = int(row.Total.N)
		}
		s.Times = append(s.Times, r)
	}
	bars := make([]pipeline.Bar, len(axis))
	for i, label := range axis {
		bars[i] = pipeline.Bar{Label: label, Count: totals[label]}
	}
	s.Time = drawChart(bars, address)
	s.Time.Width = chartWidth // however few they are: all charts have one scale
}

// timeAxis are the months or years from the first to the last.
func timeAxis(rows []pipeline.SumRow, step string) []string {
	layout, months := "2006-01", 1
	if step == pipeline.StepYear {
		layout, months = "2006", 12
	}
	first, last := "", ""
	for _, row := range rows {
		if label := row.Of(step); label != "" {
			if first == "" || label < first {
				first = label
			}
			last = max(last, label)
		}
	}
	at, err := time.Parse(layout, first)
	end, err2 := time.Parse(layout, last)
	if err != nil || err2 != nil {
		return nil // nothing has a day
	}
	var out []string
	for ; !at.After(end); at = at.AddDate(0, months, 0) {
		out = append(out, at.Format(layout))
	}
	return out
}

// timeOf are the days of a year or month, within those that are asked for.
func timeOf(label string, since, until *corpus.Date) (from, to string) {
	first, err := time.Parse("2006-01", label)
	next := first.AddDate(0, 1, 0)
	if err != nil {
		if first, err = time.Parse("2006", label); err != nil {
			return "", ""
		}
		next = first.AddDate(1, 0, 0)
	}
	from, to = first.Format(time.DateOnly), next.AddDate(0, 0, -1).Format(time.DateOnly)
	if since != nil {
		from = max(from, since.String())
	}
	if until != nil {
		to = min(to, until.String())
	}
	return from, to
}

// The size of a chart of places in its own units; the page scales it.
const (
	placeWidth    = 360
	placeRow      = 26
	placeLabel    = 112 // for the names
	placeBarWidth = 160 // behind them
	placeNameSize = 8   // characters
)

// placeBar is a place as SVG draws it.
type placeBar struct {
	Name, Value      string
	Y, Middle, Width int
	Address          string
}

// placeChart is the greatest sums by place.
type placeChart struct {
	Bars                              []placeBar
	Width, Height, Row, Label, Behind int
}

// addPlaces draws the sums by place.
func (v *countsView) addPlaces(s *series, o pipeline.OverviewOptions) {
	most := int64(1)
	for _, row := range v.Answer.Places {
		if row.Category != s.Category {
			continue
		}
		r := sumView{SumRow: row, Label: visible(row.Place), Address: v.narrowTo(row, o)}
		if row.Place == "" {
			r.Label = v.T("counts.unplaced." + v.Answer.Level)
		}
		if s.Rows = append(s.Rows, r); row.Place != "" {
			most = max(most, row.Total.N)
		}
	}
	c := placeChart{Width: placeWidth, Row: placeRow, Label: placeLabel - 6}
	for _, r := range s.Rows {
		if r.Place == "" || !r.Total.Valid || len(c.Bars) == maxPlaceBars {
			continue
		}
		width := int(float64(r.Total.N) / float64(most) * placeBarWidth)
		c.Bars = append(c.Bars, placeBar{
			Name: shorten(r.Place, placeNameSize), Value: grouped(r.Total.N),
			Y: len(c.Bars) * placeRow, Middle: len(c.Bars)*placeRow + placeRow/2, Width: max(2, width), Address: r.Address,
		})
	}
	c.Behind, c.Height = placeLabel, len(c.Bars)*placeRow
	s.Places = c
}

// narrowTo is the address of the counts of a place: of a division by its code.
func (v *countsView) narrowTo(row pipeline.SumRow, o pipeline.OverviewOptions) string {
	if row.Place == "" {
		return ""
	}
	place := row.Place
	if v.Answer.Level != pipeline.LevelNamed {
		place = row.Adcode
		for len(place) > 2 && strings.HasSuffix(place, "00") {
			place = place[:len(place)-2]
		}
	}
	if place == o.Filter.Place {
		return ""
	}
	return v.ask("place", place, "level", "")
}

// End is where a bar ends.
func (b placeBar) End() int { return placeLabel + b.Width + 5 }
