package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index"
)

// facetRows is how many values of a facet are printed; JSON has all.
const facetRows = 10

var facetColumns = []column[index.FacetCount]{
	{name: "value", value: func(f index.FacetCount) string { return f.Value }},
	{name: "articles", right: true, value: func(f index.FacetCount) string { return strconv.Itoa(f.Count) }},
}

// showFacets prints the facets in the order in which they were asked for.
func showFacets(w io.Writer, names []string, answer pipeline.Answer) error {
	for _, name := range names {
		counts := answer.Facets[name]
		shown := counts
		if name != index.FacetYear && name != index.FacetMonth {
			shown = counts[:min(len(counts), facetRows)]
		}
		columns := append([]column[index.FacetCount]{}, facetColumns...)
		columns[0].name = name
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
		if err := writeTable(w, columns, shown); err != nil {
			return err
		}
		if rest := len(counts) - len(shown); rest > 0 {
			if _, err := fmt.Fprintf(w, "%d more: -o json has all\n", rest); err != nil {
				return err
			}
		}
	}
	return nil
}

// The steps of a histogram.
const (
	stepAuto  = "auto"
	stepYear  = index.FacetYear
	stepMonth = index.FacetMonth
)

// maxMonths is up to how many months the automatic step is a month.
const maxMonths = 36

// bar is one step of a histogram.
type bar struct {
	label string
	count int
}

// histogram are the bars of counts by month, those that are empty between them
// included.
func histogram(months []index.FacetCount, step string) []bar {
	if len(months) == 0 {
		return nil
	}
	first, last := monthOf(months[0].Value), monthOf(months[len(months)-1].Value)
	per := 1
	if step == stepYear || step == stepAuto && last-first >= maxMonths {
		per = 12
	}
	bars := make([]bar, last/per-first/per+1)
	for i := range bars {
		m := (first/per + i) * per
		bars[i].label = fmt.Sprintf("%04d-%02d", m/12, m%12+1)[:map[int]int{1: 7, 12: 4}[per]]
	}
	for _, m := range months {
		bars[monthOf(m.Value)/per-first/per].count += m.Count
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

// histogramCells is the width of a line of a histogram.
const histogramCells = 80

// eighths are the ends of bars.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// drawBars draws bars in proportion to the longest. One that is not empty shows
// at least an eighth of a cell.
func drawBars(w io.Writer, bars []bar) error {
	most := 0
	for _, b := range bars {
		most = max(most, b.count)
	}
	digits := len(strconv.Itoa(most))
	for _, b := range bars {
		room := histogramCells - len(b.label) - digits - 4
		n := 0
		if b.count > 0 {
			n = max(1, b.count*room*8/most)
		}
		drawn := strings.Repeat("█", n/8) + eighths[n%8]
		line := strings.TrimRight(fmt.Sprintf("%s  %*d  %s", b.label, digits, b.count, drawn), " ")
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}
