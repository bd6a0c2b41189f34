package pipeline

import (
	"fmt"
	"time"

	"jianbao/index"
)

// The steps of a histogram.
const (
	StepAuto  = "auto" // a month, or a year when there are many
	StepYear  = index.FacetYear
	StepMonth = index.FacetMonth
)

// maxMonths is up to how many months the automatic step is a month.
const maxMonths = 36

// Bar is one step of a histogram: the articles of a year or a month.
type Bar struct {
	Label string // 2020 or 2020-03
	Count int
}

// Histogram are the bars of counts by month, those that are empty between them
// included.
func Histogram(months []index.FacetCount, step string) []Bar {
	if len(months) == 0 {
		return nil
	}
	first, last := monthOf(months[0].Value), monthOf(months[len(months)-1].Value)
	per, length := 1, len("2006-01")
	if step == StepYear || step == StepAuto && last-first >= maxMonths {
		per, length = 12, len("2006")
	}
	bars := make([]Bar, last/per-first/per+1)
	for i := range bars {
		m := (first/per + i) * per
		bars[i].Label = fmt.Sprintf("%04d-%02d", m/12, m%12+1)[:length]
	}
	for _, m := range months {
		bars[monthOf(m.Value)/per-first/per].Count += m.Count
	}
	return bars
}

// monthOf counts the months to one that is written 2020-03, as every month of
// the index is.
func monthOf(month string) int {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return 0
	}
	return t.Year()*12 + int(t.Month()) - 1
}
