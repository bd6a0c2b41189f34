package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

// mentionPage is for how many counts titles are fetched at once.
const mentionPage = 2000

// mentionsTable prints counts for reading, each with its sentence.
func (a *app) mentionsTable(ctx context.Context, c *pipeline.Corpus, o mentionsOptions) (err error) {
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	l := a.mentionLister(out)
	var page []table.Mention
	flush := func() error {
		articles, err := c.Articles(ctx, docIDsOf(page))
		if err != nil {
			return err
		}
		for i := range page {
			l.write(&page[i], titleOf(articles[page[i].DocID]))
		}
		page = page[:0]
		return nil
	}
	found, err := c.Mentions(ctx, o.MentionOptions, func(m *table.Mention) error {
		if page = append(page, *m); len(page) < mentionPage {
			return nil
		}
		return flush()
	})
	if err = errors.Join(err, flush()); err != nil {
		return err
	}
	heading := strconv.FormatInt(found.Total, 10) + " " + plural(int(found.Total), "count", "counts")
	if found.Parsed != "" {
		heading = printable(found.Parsed) + ": " + heading
	}
	fmt.Fprintf(out, "\n%s", heading)
	if rest := found.Total - int64(o.Limit); o.Limit >= 0 && rest > 0 {
		fmt.Fprintf(out, "; %d more: use -n or --all", rest)
	}
	fmt.Fprintln(out)
	return nil
}

func docIDsOf(page []table.Mention) []string {
	var ids []string
	seen := map[string]bool{}
	for i := range page {
		if id := page[i].DocID; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// mentionColumn is a column of fixed width: lists are printed as they come.
type mentionColumn struct {
	name  string
	width int
	right bool
	value func(*table.Mention) string
}

var mentionColumns = []mentionColumn{
	{"value", 7, true, func(m *table.Mention) string { return valueText(m.Value) }},
	{"bounds", 11, false, boundsOf},
	{"modifier", 8, false, func(m *table.Mention) string { return m.Modifier }},
	{"unit", 4, false, func(m *table.Mention) string { return m.Unit }},
	{"head", 14, false, func(m *table.Mention) string { return m.Head }},
	{"place", 10, false, func(m *table.Mention) string { return m.Place }},
	{"day", 11, false, printedDay},
}

// boundsOf is what is known besides the value.
func boundsOf(m *table.Mention) string {
	switch {
	case m.Lo == nil && m.Hi == nil && m.Magnitude != nil && m.Value == nil:
		return fmt.Sprintf("x%d", *m.Magnitude)
	case m.Lo == nil && m.Hi == nil:
		return ""
	case m.Hi == nil:
		return fmt.Sprintf(">=%d", *m.Lo)
	case m.Lo == nil:
		return fmt.Sprintf("<=%d", *m.Hi)
	case m.Value != nil && *m.Lo == *m.Value && *m.Hi == *m.Value:
		return ""
	}
	return fmt.Sprintf("%d-%d", *m.Lo, *m.Hi)
}

// printedDay is the day of which the text counts; else that of the article,
// with a tilde, since the text does not say so.
func printedDay(m *table.Mention) string {
	switch {
	case m.AsOf != nil:
		return m.AsOf.String()
	case m.Published != nil:
		return "~" + m.Published.String()
	}
	return ""
}

// mentionLister prints counts: a line of columns, the title behind it or where
// the terminal is narrow on a line of its own, and the sentence.
type mentionLister struct {
	w             io.Writer
	columns       int
	title         int // cells that are left for it behind the columns; 0 for a line of its own
	open, closing string
	begun         bool
}

// leastTitle is how many cells of a title are worth printing.
const leastTitle = 16

func (a *app) mentionLister(w io.Writer) *mentionLister {
	l := &mentionLister{w: w, columns: a.columns()}
	if l.columns == 0 {
		l.columns = assumedColumns
	}
	l.open, l.closing = a.marks()
	used := 0
	for _, c := range mentionColumns {
		used += c.width + len(gap)
	}
	if rest := l.columns - used; rest >= leastTitle {
		l.title = rest
	}
	return l
}

const gap = "  "

// write prints a count. The first one has the names of the columns above it.
func (l *mentionLister) write(m *table.Mention, title string) {
	if !l.begun {
		l.begun = true
		l.line(func(c mentionColumn) string { return c.name }, "title")
	}
	l.line(func(c mentionColumn) string { return oneLine(c.value(m)) }, oneLine(title))
	if l.title == 0 && title != "" {
		fmt.Fprintf(l.w, "    %s\n", strings.TrimRight(fit(oneLine(title), l.columns-4, false), " "))
	}
	l.evidence(m)
}

// oneLine makes what strangers wrote fit to be printed in a line.
func oneLine(s string) string {
	return printable(strings.NewReplacer("\n", " ", "\t", " ").Replace(s))
}

func (l *mentionLister) line(value func(mentionColumn) string, title string) {
	var b strings.Builder
	for _, c := range mentionColumns {
		b.WriteString(fit(value(c), c.width, c.right) + gap)
	}
	if l.title > 0 {
		b.WriteString(fit(title, l.title, false))
	}
	fmt.Fprintln(l.w, strings.TrimRight(b.String(), " "))
}

// evidence is the sentence, or as much of it around the count as fits. What
// keeps the count out of a total stands in front.
func (l *mentionLister) evidence(m *table.Mention) {
	const indent, ellipsis, marks = 4, "…", 2
	prefix := ""
	if m.ExcludedBy != "" {
		prefix = "(" + printable(m.ExcludedBy) + ") "
	}
	text := []rune(oneLineRunes(m.Sentence))
	start := min(max(0, int(m.Start-m.SentenceStart)), len(text))
	end := min(max(start, int(m.End-m.SentenceStart)), len(text))
	room := l.columns - indent - marks - cells(prefix)
	if cells(string(text)) > room {
		room -= 2 * cells(ellipsis)
	}
	from, to := window(text, start, end, room)
	s := pipeline.Snippet{Text: string(text[from:to]), Highlights: [][2]int{{start - from, min(end, to) - from}}}
	before, after := "", ""
	if from > 0 {
		before = ellipsis
	}
	if to < len(text) {
		after = ellipsis
	}
	fmt.Fprintf(l.w, "    %s%s%s%s\n", prefix, before, mark(s, l.open, l.closing), after)
}

// oneLineRunes is s without line ends, character for character.
func oneLineRunes(s string) string {
	return strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(s)
}

func valueText(n *int64) string {
	if n == nil {
		return "?"
	}
	return strconv.FormatInt(*n, 10)
}
