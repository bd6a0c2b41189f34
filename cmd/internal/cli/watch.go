package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

type watchOptions struct {
	output
	peek bool
}

func (a *app) watch() *cobra.Command {
	var o watchOptions
	c := &cobra.Command{
		Use:   "watch -c DIR [NAME...]",
		Short: "Show what is new to saved queries since the last look",
		Long: `Shows what the saved queries, or those named, find in the articles that were taken in since they were watched last, and
notes that it was shown. When there is nothing new it prints nothing. For cron, which mails what is printed.

An article is new once: reprocessing and compaction do not make it so again. What is printed is noted afterwards, so
that a run that was interrupted shows it again.`,
		Example: "  jianbao watch -c corpus/ -o table\n  jianbao watch -c corpus/ --peek checkpoints",
		RunE: func(c *cobra.Command, args []string) error {
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runWatch(c.Context(), corpus, o, args) })
		},
	}
	a.corpusFlag(c)
	o.addFormats(a, c, asTable, asJSONL)
	c.Flags().BoolVar(&o.peek, "peek", false, "do not note that it was shown")
	return c
}

func (a *app) runWatch(ctx context.Context, c *pipeline.Corpus, o watchOptions, names []string) error {
	queries, err := c.NamedQueries(names)
	if err != nil {
		return err
	}
	var looked []pipeline.Saved
	for _, s := range queries {
		news, err := c.Watch(ctx, s)
		if err != nil {
			return fmt.Errorf("saved query %s: %w", s.Name, err)
		}
		if err := a.showNews(news, o.format); err != nil {
			return err
		}
		looked = append(looked, news.Saved)
	}
	if o.peek {
		return nil
	}
	return c.Seen(ctx, looked)
}

// savedHit is a line of `watch -o jsonl` for a search.
type savedHit struct {
	Saved string `json:"saved"`
	pipeline.Hit
}

// savedMention is one for mentions.
type savedMention struct {
	Saved string `json:"saved"`
	table.Mention
}

func (a *app) showNews(news pipeline.News, format string) (err error) {
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	if format == asTable {
		return a.showNewsTable(out, news)
	}
	for _, h := range news.Hits {
		if err := writeJSON(out, savedHit{news.Name, h}); err != nil {
			return err
		}
	}
	for _, m := range news.Mentions {
		if err := writeJSON(out, savedMention{news.Name, m}); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) showNewsTable(out *bufio.Writer, news pipeline.News) error {
	switch {
	case len(news.Hits) > 0:
		fmt.Fprintf(out, "%s: ", news.Name)
		answer := pipeline.Answer{Parsed: news.Query, Total: len(news.Hits), Hits: news.Hits}
		if err := a.showHits(out, answer, 0); err != nil {
			return err
		}
	case len(news.Mentions) > 0:
		heading := strings.Join(known(news.Name, printable(news.Query)), ": ")
		fmt.Fprintf(out, "%s: %d new %s\n", heading, len(news.Mentions), plural(len(news.Mentions), "count", "counts"))
		l := a.mentionLister(out)
		for i := range news.Mentions {
			l.write(&news.Mentions[i], titleOf(news.Articles[news.Mentions[i].DocID]))
		}
	default:
		return nil
	}
	fmt.Fprintln(out)
	return nil
}
