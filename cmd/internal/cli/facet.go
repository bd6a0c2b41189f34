package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

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

// histogramCells is the width of a line of a histogram.
const histogramCells = 80

// eighths are the ends of bars.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// drawBars draws bars in proportion to the longest. One that is not empty shows
// at least an eighth of a cell.
func drawBars(w io.Writer, bars []pipeline.Bar) error {
	most := 0
	for _, b := range bars {
		most = max(most, b.Count)
	}
	digits := len(strconv.Itoa(most))
	for _, b := range bars {
		room := histogramCells - len(b.Label) - digits - 4
		n := 0
		if b.Count > 0 {
			n = max(1, b.Count*room*8/most)
		}
		drawn := strings.Repeat("█", n/8) + eighths[n%8]
		line := strings.TrimRight(fmt.Sprintf("%s  %*d  %s", b.Label, digits, b.Count, drawn), " ")
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}
