package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/sheet"
	"jianbao/corpus/table"
)

type mentionsOptions struct {
	output
	pipeline.MentionOptions
	value, min, max string
	flags           []string
	since, until    string
	sort            string
	limit           int
	all             bool
	sum             []string
	summed          bool
}

func (a *app) mentions() *cobra.Command {
	var o mentionsOptions
	c := &cobra.Command{
		Use:   "mentions -c DIR [QUERY...]",
		Short: "List the counts of the articles that a query finds, or add them up",
		Long: `Lists the counts of branches, cadres, checkpoints and the like in the articles that the query finds, or in all, each
with the sentence that it stands in. As JSON lines and CSV a count is a row of the table mentions (docs/schema.md), and
all are written unless -n says otherwise.

With --sum they are added up, without counting anything twice: only counts that count towards a total, and of reprints
only those of the first article. What was left out is said.`,
		Example: `  jianbao mentions -c corpus/ --category checkpoint --sort -value 臨時黨支部
  jianbao mentions -c corpus/ --value '>=100' --place 湖北 --since 2020-01-01 -o csv
  jianbao mentions -c corpus/ --sum place,month 疫情`,
		RunE: func(c *cobra.Command, args []string) error {
			o.Query = strings.Join(args, " ")
			if err := o.parse(c.Flags().Changed); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runMentions(c.Context(), corpus, o) })
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	o.addFlags(c)
	return c
}

// addFlags adds what chooses among the counts.
func (o *mentionsOptions) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringSliceVar(&o.Filter.Categories, "category", nil, "only these categories")
	f.StringVar(&o.value, "value", "", "only such values: '>=100', '<20', 12 or 100..500; a range (3至5) must lie within")
	f.StringVar(&o.min, "min", "", "only this value or more")
	f.StringVar(&o.max, "max", "", "only this value or less")
	f.StringVar(&o.Filter.Place, "place", "", "only counts of this place and what lies in it: a name in either script, or the beginning of a GB/T 2260 code")
	f.StringSliceVar(&o.flags, "flag", nil, "only counts that carry all these flags: joint, subtotal, repeat …")
	f.BoolVar(&o.Filter.Counted, "counted", false, "only counts that count towards a total")
	f.StringVar(&o.Filter.Rule, "rule", "", "only counts that this rule found: branch/pre, or all of a pack: branch")
	f.StringVar(&o.since, "since", "", "only articles published on this day (2020-03-20) or later")
	f.StringVar(&o.until, "until", "", "only articles published on this day or earlier")
	f.StringVar(&o.sort, "sort", "", "order: "+strings.Join(pipeline.MentionOrders(), ", ")+"; with - in front the greatest first")
	f.IntVarP(&o.limit, "limit", "n", 20, "how many to list; by default 20 in a table, else all")
	f.BoolVar(&o.all, "all", false, "list every one")
	f.StringSliceVar(&o.sum, "sum", nil, "add up by these keys: "+strings.Join(pipeline.SumKeys(), ", "))
}

// parse checks the flags; changed says which of them were given.
func (o *mentionsOptions) parse(changed func(flag string) bool) (err error) {
	if o.limit < 0 {
		return fmt.Errorf("--limit must not be negative")
	}
	o.Limit = o.limit
	if o.all || !changed("limit") && o.format != asTable {
		o.Limit = -1
	}
	if o.sort != "" {
		if o.Order, err = pipeline.ParseMentionOrder(o.sort); err != nil {
			return fmt.Errorf("--sort: %w", err)
		}
	}
	if o.summed = changed("sum"); o.summed {
		if err := pipeline.ParseSumKeys(o.sum); err != nil {
			return fmt.Errorf("--sum: %w", err)
		}
	}
	for _, name := range o.flags {
		if !slices.Contains(corpus.Flags(), corpus.Flag(name)) {
			return fmt.Errorf("unknown flag %q (one of %v)", name, corpus.Flags())
		}
		o.Filter.Flags = append(o.Filter.Flags, corpus.Flag(name))
	}
	if o.Since, o.Until, err = parseDays(o.since, o.until); err != nil {
		return err
	}
	return o.parseValues()
}

// valueBounds are the forms of --value.
var valueBounds = regexp.MustCompile(`^\s*(>=|<=|>|<|=|)\s*([0-9]+)(?:\.\.([0-9]+))?\s*$`)

// parseValues reads the three flags that bound the value.
func (o *mentionsOptions) parseValues() error {
	for _, bound := range []struct {
		flag, text string
		to         **int64
	}{{"min", o.min, &o.Filter.Min}, {"max", o.max, &o.Filter.Max}} {
		if bound.text == "" {
			continue
		}
		n, err := strconv.ParseInt(bound.text, 10, 64)
		if err != nil {
			return fmt.Errorf("--%s %q is not a whole number", bound.flag, bound.text)
		}
		*bound.to = &n
	}
	if o.value == "" {
		return nil
	}
	if o.min != "" || o.max != "" {
		return fmt.Errorf("--value says what --min and --max say: use one or the other")
	}
	parts := valueBounds.FindStringSubmatch(o.value)
	if parts == nil || parts[1] != "" && parts[3] != "" {
		return fmt.Errorf("--value %q is not like '>=100', '<20', 12 or 100..500", o.value)
	}
	lo, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return fmt.Errorf("--value %q: %w", o.value, err)
	}
	hi := lo
	if parts[3] != "" {
		if hi, err = strconv.ParseInt(parts[3], 10, 64); err != nil {
			return fmt.Errorf("--value %q: %w", o.value, err)
		}
	}
	o.Filter.Min, o.Filter.Max = between(parts[1], lo, hi)
	return nil
}

// between are the bounds that an operator gives.
func between(operator string, lo, hi int64) (from, to *int64) {
	below, above := lo-1, hi+1
	switch operator {
	case ">=":
		return &lo, nil
	case ">":
		return &above, nil
	case "<=":
		return nil, &hi
	case "<":
		return nil, &below
	}
	return &lo, &hi
}

// checkCategories wants categories that the rules have: of another there is
// nothing to be found.
func checkCategories(c *pipeline.Corpus, wanted []string) error {
	for _, name := range wanted {
		if known := c.Categories(); !slices.Contains(known, name) {
			return usageError{fmt.Errorf("unknown category %q (one of %v; --rules adds those of your own)", name, known)}
		}
	}
	return nil
}

func (a *app) runMentions(ctx context.Context, c *pipeline.Corpus, o mentionsOptions) error {
	if err := checkCategories(c, o.Filter.Categories); err != nil {
		return err
	}
	if err := a.showMentions(ctx, c, o); err != nil {
		return err
	}
	a.noteRules(c)
	return nil
}

// showMentions lists counts or adds them up.
func (a *app) showMentions(ctx context.Context, c *pipeline.Corpus, o mentionsOptions) error {
	if o.summed {
		return a.runSums(ctx, c, o)
	}
	switch o.format {
	case asJSON:
		return a.mentionsJSON(ctx, c, o)
	case asTable:
		return a.mentionsTable(ctx, c, o)
	}
	write, flush := a.mentionWriter(o.format)
	found, err := c.Mentions(ctx, o.MentionOptions, write)
	if err = errors.Join(err, flush()); err != nil {
		return err
	}
	if rest := found.Total - int64(o.Limit); o.Limit >= 0 && rest > 0 {
		fmt.Fprintf(a.Err, "%d more: use --all\n", rest)
	}
	return nil
}

// mentionWriter writes rows of the table mentions, one by one.
func (a *app) mentionWriter(format string) (write func(*table.Mention) error, flush func() error) {
	if format == asJSONL {
		out := bufio.NewWriter(a.Out)
		return func(m *table.Mention) error { return writeJSON(out, m) }, out.Flush
	}
	out := sheet.NewWriter(a.Out)
	header := func() error {
		var names []string
		for _, c := range table.Columns[table.Mention]() {
			names = append(names, c.Name)
		}
		return out.Write(names)
	}
	begun := false
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return header()
	}
	write = func(m *table.Mention) error {
		texts, err := table.Texts(*m)
		if err := errors.Join(err, begin()); err != nil {
			return err
		}
		return out.Write(texts)
	}
	return write, func() error { return errors.Join(begin(), out.Flush()) }
}

// mentionsJSON writes one object with the rows of the table mentions, one by
// one: its total comes last.
func (a *app) mentionsJSON(ctx context.Context, c *pipeline.Corpus, o mentionsOptions) error {
	out := bufio.NewWriter(a.Out)
	fmt.Fprintf(out, `{"query":%s,"mentions":[`, inJSON(o.Query))
	gap := ""
	found, err := c.Mentions(ctx, o.MentionOptions, func(m *table.Mention) error {
		_, err := out.WriteString(gap + inJSON(m))
		gap = ","
		return err
	})
	if err != nil {
		return errors.Join(err, out.Flush())
	}
	fmt.Fprintf(out, `],"parsed":%s,"total":%d}`+"\n", inJSON(found.Parsed), found.Total)
	return out.Flush()
}

// inJSON is v within a line of JSON.
func inJSON(v any) string {
	var b strings.Builder
	if err := writeJSON(&b, v); err != nil {
		return "null" // cannot happen: rows and strings alone
	}
	return strings.TrimSuffix(b.String(), "\n")
}
