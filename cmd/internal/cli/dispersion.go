package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
)

// wordUsage makes an argument that is no word a complaint about the command line.
func wordUsage(flag string, err error) error {
	if errors.Is(err, pipeline.ErrNoWord) {
		return usageError{fmt.Errorf("--%s %w", flag, err)}
	}
	return err
}

func (a *app) showDispersion(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	d, err := c.Dispersion(ctx, o.dispersion, o.TermOptions)
	if err != nil {
		return wordUsage("dispersion", err)
	}
	d.Word = o.convert(d.Word)
	if o.format == asJSON {
		return writeJSON(a.Out, d)
	}
	if o.format == asTable {
		line := fmt.Sprintf("%s%s %s in %d words of %s, %.1f per million", ofQuery(o.Query), d.Word, amount(d.Frequency, "time", "times"), d.Total,
			amount(d.Articles, "article", "articles"), d.PerMillion)
		if _, err := fmt.Fprintf(a.Out, "%s\n\n", printable(line)); err != nil {
			return err
		}
	}
	if err := list(a.Out, o.format, spreadColumns, d.Over); err != nil || o.format != asTable {
		return err
	}
	return a.plot(&d)
}

var spreadColumns = []column[pipeline.Spread]{
	{name: "parts", value: func(s pipeline.Spread) string { return s.Parts }},
	{name: "number", right: true, value: func(s pipeline.Spread) string { return strconv.FormatInt(s.Number, 10) }},
	{name: "with", right: true, value: func(s pipeline.Spread) string { return strconv.FormatInt(s.With, 10) }},
	{name: "juilland_d", right: true, value: func(s pipeline.Spread) string { return measure(s.Juilland) }},
	{name: "dp", right: true, value: func(s pipeline.Spread) string { return measure(s.DP) }},
	{name: "dp_norm", right: true, value: func(s pipeline.Spread) string { return measure(s.DPNorm) }},
}

// measure is a number between 0 and 1; empty when it is not defined.
func measure(x *float64) string {
	if x == nil {
		return ""
	}
	return fmt.Sprintf("%.3f", *x)
}

// plotBars is how many bars a plot has at most; several months share one then.
const plotBars = 60

// plot draws the months as bars, each as high as the word is frequent in it.
func (a *app) plot(d *pipeline.Dispersion) error {
	if len(d.Months) == 0 {
		return nil
	}
	line, step := bars(d.Months)
	first, last := d.Months[0].Month, d.Months[len(d.Months)-1].Month
	each := "a bar a month"
	if step > 1 {
		each = fmt.Sprintf("a bar %d months", step)
	}
	undated := ""
	if d.Undated > 0 {
		undated = fmt.Sprintf("; %s without a date", amount(d.Undated, "article", "articles"))
	}
	_, err := fmt.Fprintf(a.Out, "\n%s %s %s\nper million, %s; · is without articles%s\n", first, line, last, each, undated)
	return err
}

// bars draws months that follow upon each other, step of them a bar. A bar of the
// lowest height stands for none; the highest for the most frequent.
func bars(months []pipeline.Month) (line string, step int) {
	const heights = "▁▂▃▄▅▆▇█"
	first := monthNumber(months[0].Month)
	n := monthNumber(months[len(months)-1].Month) - first + 1
	step = (n + plotBars - 1) / plotBars
	total, frequency := make([]int64, (n+step-1)/step), make([]int64, (n+step-1)/step)
	for _, m := range months {
		i := (monthNumber(m.Month) - first) / step
		total[i] += m.Total
		frequency[i] += m.Frequency
	}
	most := 0.0
	for i := range total {
		if total[i] > 0 {
			most = max(most, float64(frequency[i])/float64(total[i]))
		}
	}
	var b strings.Builder
	for i := range total {
		switch {
		case total[i] == 0:
			b.WriteString("·")
		case frequency[i] == 0:
			b.WriteRune([]rune(heights)[0])
		default:
			height := math.Ceil(float64(frequency[i]) / float64(total[i]) / most * 7)
			b.WriteRune([]rune(heights)[min(int(height), 7)])
		}
	}
	return b.String(), step
}

// monthNumber counts the months of 2020-03 from the year 0.
func monthNumber(month string) int {
	var year, m int
	if _, err := fmt.Sscanf(month, "%d-%d", &year, &m); err != nil {
		return 0
	}
	return year*12 + m - 1
}
