package web

import (
	"slices"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index"
	"jianbao/index/query"
)

// The size of the chart in its own units; the page scales it.
const (
	chartWidth  = 720
	chartHeight = 96 // of the bars
	chartFoot   = 18 // below them, for the labels
)

// chartBar is a bar as SVG draws it, with the address that narrows down to it.
type chartBar struct {
	pipeline.Bar
	X, Y, Width, Height int // of the bar
	SlotX, SlotWidth    int // of what can be clicked
	Address             string
}

// chart is a histogram over time.
type chart struct {
	Bars                []chartBar
	Width, Height, Full int
	Labels              []chartLabel
}

type chartLabel struct {
	X    int
	Text string
	End  bool // it ends at X
}

// maxBars is how many fit; of more, those that are empty are left out, and
// then the oldest.
const maxBars = chartWidth / 4

// newChart draws counts by month.
func newChart(months []index.FacetCount, address func(clause query.Node) string) chart {
	bars := pipeline.Histogram(months, pipeline.StepAuto)
	return drawChart(bars, func(label string) string {
		facet := index.FacetMonth
		if len(label) == len("2006") {
			facet = index.FacetYear
		}
		return address(clauseOf(facet, label))
	})
}

// drawChart draws bars side by side, each with the address of its label.
func drawChart(bars []pipeline.Bar, address func(label string) string) chart {
	if len(bars) > maxBars {
		bars = slices.DeleteFunc(slices.Clone(bars), func(b pipeline.Bar) bool { return b.Count == 0 })
		bars = bars[max(0, len(bars)-maxBars):]
	}
	c := chart{Width: chartWidth, Height: chartHeight, Full: chartHeight + chartFoot}
	if len(bars) == 0 {
		return c
	}
	most := 1
	for _, b := range bars {
		most = max(most, b.Count)
	}
	slot := min(chartWidth/len(bars), 96)
	gap := max(1, slot/8)
	for i, b := range bars {
		height := 0
		if b.Count > 0 {
			height = max(2, int(float64(b.Count)/float64(most)*chartHeight))
		}
		c.Bars = append(c.Bars, chartBar{
			Bar: b, X: i*slot + gap/2, Y: chartHeight - height, Width: slot - gap, Height: height,
			SlotX: i * slot, SlotWidth: slot, Address: address(b.Label),
		})
	}
	c.Width = len(bars) * slot
	c.Labels = []chartLabel{{Text: bars[0].Label}}
	if last := bars[len(bars)-1].Label; len(bars)*slot > 160 {
		c.Labels = append(c.Labels, chartLabel{X: c.Width, Text: last, End: true})
	}
	return c
}

// Table are the bars that are not empty.
func (c chart) Table() []chartBar {
	return slices.DeleteFunc(slices.Clone(c.Bars), func(b chartBar) bool { return b.Count == 0 })
}
