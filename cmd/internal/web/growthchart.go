package web

import (
	"fmt"
	"strings"
	"time"

	"jianbao/cmd/internal/pipeline"
)

// growthHeight is that of the chart of growth, in its own units.
const growthHeight = 140

// growthChart is how the corpus grew: steps over time, and the same as a table.
type growthChart struct {
	Line, Area          string // paths of SVG
	Width, Height, Full int
	From, To            time.Time
	First, Last         string // the labels below
	Most                int64
	Table               []pipeline.Period
}

// newGrowthChart draws the articles in all after each commit. Commits that fall
// on one unit of the width are drawn as one.
func newGrowthChart(growth []pipeline.Growth) growthChart {
	c := growthChart{Width: chartWidth, Height: growthHeight, Full: growthHeight + chartFoot, Table: pipeline.Periods(growth, growthRows)}
	if len(growth) == 0 {
		return c
	}
	last := growth[len(growth)-1]
	c.From, c.To, c.Most = growth[0].At, last.At, last.Documents
	layout := time.DateOnly
	if c.To.Sub(c.From) < 48*time.Hour {
		layout = "01-02 15:04"
	}
	c.First, c.Last = c.From.UTC().Format(layout), c.To.UTC().Format(layout)
	x := func(at time.Time) int {
		if span := c.To.Sub(c.From); span > 0 {
			return int(float64(chartWidth) * float64(at.Sub(c.From)) / float64(span))
		}
		return 0
	}
	y := func(n int64) int { return growthHeight - int(float64(growthHeight)*float64(n)/float64(max(1, c.Most))) }
	var line strings.Builder
	fmt.Fprintf(&line, "M0 %d", growthHeight)
	for i, g := range growth {
		if i+1 == len(growth) || x(growth[i+1].At) != x(g.At) {
			fmt.Fprintf(&line, "H%dV%d", x(g.At), y(g.Documents))
		}
	}
	fmt.Fprintf(&line, "H%d", chartWidth)
	c.Line = line.String()
	c.Area = fmt.Sprintf("%sV%dH0Z", c.Line, growthHeight)
	return c
}
