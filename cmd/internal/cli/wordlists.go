package cli

import (
	"context"
	"fmt"
	"strconv"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/frequency"
)

// listed writes the rows of a list, or what they are part of as one JSON object.
// Below a table stands a line that says what was counted.
func listed[T any](a *app, format string, columns []column[T], rows []T, whole any, about string) error {
	if format == asJSON {
		return writeJSON(a.Out, whole)
	}
	if err := list(a.Out, format, columns, rows); err != nil || format != asTable {
		return err
	}
	_, err := fmt.Fprintf(a.Out, "\n%s\n", printable(about))
	return err
}

// amount is a number with what it counts.
func amount(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// ofQuery names a sub-corpus.
func ofQuery(query string) string {
	if query == "" {
		return ""
	}
	return query + ": "
}

func (a *app) listWords(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	found, err := c.Words(ctx, o.TermOptions)
	if err != nil {
		return err
	}
	for i := range found.Words {
		found.Words[i].Word = o.convert(found.Words[i].Word)
	}
	unit := "words"
	if o.N > 1 {
		unit = fmt.Sprintf("%d-grams", o.N)
	}
	about := fmt.Sprintf("%s%d %s in %s, stop words included", ofQuery(o.Query), found.Total, unit, amount(found.Articles, "article", "articles"))
	return listed(a, o.format, wordColumns, found.Words, found, about)
}

var wordColumns = []column[frequency.Row]{
	{name: "word", value: func(r frequency.Row) string { return r.Word }},
	{name: "frequency", right: true, value: func(r frequency.Row) string { return strconv.FormatInt(r.Frequency, 10) }},
	{name: "documents", right: true, value: func(r frequency.Row) string { return strconv.FormatInt(r.Documents, 10) }},
	{name: "per_million", right: true, value: func(r frequency.Row) string { return fmt.Sprintf("%.1f", r.PerMillion) }},
}

func (a *app) listCollocates(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	order := frequency.ByLogDice
	if o.rank == "g2" {
		order = frequency.ByG2
	}
	found, err := c.Collocates(ctx, o.collocates, o.near, order, o.TermOptions)
	if err != nil {
		return wordUsage("collocates", err)
	}
	for i := range found.Collocates {
		found.Collocates[i].Word = o.convert(found.Collocates[i].Word)
	}
	found.Node = o.convert(found.Node)
	about := fmt.Sprintf("%s%s %s in %s, with %d words near and %d in all", ofQuery(o.Query), found.Node,
		amount(found.Nodes, "time", "times"), amount(found.Articles, "article", "articles"), found.Near, found.Others)
	return listed(a, o.format, collocateColumns, found.Collocates, found, about)
}

var collocateColumns = []column[frequency.Collocate]{
	{name: "word", value: func(r frequency.Collocate) string { return r.Word }},
	{name: "together", right: true, value: func(r frequency.Collocate) string { return strconv.FormatInt(r.Together, 10) }},
	{name: "documents", right: true, value: func(r frequency.Collocate) string { return strconv.FormatInt(r.Documents, 10) }},
	{name: "frequency", right: true, value: func(r frequency.Collocate) string { return strconv.FormatInt(r.Frequency, 10) }},
	{name: "expected", right: true, value: func(r frequency.Collocate) string { return fmt.Sprintf("%.1f", r.Expected) }},
	{name: "log_dice", right: true, value: func(r frequency.Collocate) string { return fmt.Sprintf("%.2f", r.LogDice) }},
	{name: "g2", right: true, value: func(r frequency.Collocate) string { return fmt.Sprintf("%.1f", r.G2) }},
}

func (a *app) listKeywords(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	o.Query = o.keyness
	found, err := c.Keyness(ctx, o.against, o.TermOptions)
	if err != nil {
		return err
	}
	for i := range found.Words {
		found.Words[i].Word = o.convert(found.Words[i].Word)
	}
	other := "all others"
	if o.against != "" {
		other = o.against
	}
	about := fmt.Sprintf("%s: %s of %d words; %s: %s of %d words", o.keyness, amount(found.Articles, "article", "articles"), found.Total,
		other, amount(found.AgainstArticles, "article", "articles"), found.AgainstTotal)
	if found.Both > 0 {
		about += fmt.Sprintf("; %d in both", found.Both)
	}
	return listed(a, o.format, keyColumns(o.format), found.Words, found, about)
}

// keyColumns are named as in JSON; a table, which has to fit into a line, gives the
// columns of the other corpus shorter names.
func keyColumns(format string) []column[frequency.Key] {
	names := [2]string{"against_frequency", "against_per_million"}
	if format == asTable {
		names = [2]string{"against", "per_million"}
	}
	return []column[frequency.Key]{
		{name: "word", value: func(r frequency.Key) string { return r.Word }},
		{name: "frequency", right: true, value: func(r frequency.Key) string { return strconv.FormatInt(r.Frequency, 10) }},
		{name: "per_million", right: true, value: func(r frequency.Key) string { return fmt.Sprintf("%.1f", r.PerMillion) }},
		{name: names[0], right: true, value: func(r frequency.Key) string { return strconv.FormatInt(r.AgainstFrequency, 10) }},
		{name: names[1], right: true, value: func(r frequency.Key) string { return fmt.Sprintf("%.1f", r.AgainstPerMillion) }},
		{name: "g2", right: true, value: func(r frequency.Key) string { return fmt.Sprintf("%.1f", r.G2) }},
		{name: "log_ratio", right: true, value: func(r frequency.Key) string { return fmt.Sprintf("%.2f", r.LogRatio) }},
	}
}
