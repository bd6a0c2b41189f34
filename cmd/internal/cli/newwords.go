package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
)

func (a *app) newWords(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	found, err := c.NewWords(ctx, o.Limit)
	if err != nil {
		return err
	}
	return list(a.Out, o.format, newWordColumns, found)
}

var newWordColumns = []column[pipeline.NewWord]{
	{name: "word", value: func(w pipeline.NewWord) string { return w.Word }},
	{name: "frequency", right: true, value: func(w pipeline.NewWord) string { return strconv.Itoa(w.Frequency) }},
	{name: "documents", right: true, value: func(w pipeline.NewWord) string { return strconv.Itoa(w.Documents) }},
	{name: "cohesion", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Cohesion) }},
	{name: "left", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Left) }},
	{name: "right", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Right) }},
	{name: "by", value: func(w pipeline.NewWord) string { return strings.Join(w.By, "+") }},
	{name: "example", value: func(w pipeline.NewWord) string { return shorten(w.Example, 60) }},
}
