package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
	"jianbao/corpus/frequency"
)

type termsOptions struct {
	output
	pipeline.TermOptions
	fresh bool

	collocates, window, rank  string
	keyness, against          string
	dispersion                string
	script                    string
	convert                   func(string) string // of printed words
	near                      pipeline.Span
	minGiven, keynessGiven    bool
	collocating, distributing bool
}

func (a *app) terms() *cobra.Command {
	var o termsOptions
	c := &cobra.Command{
		Use:   "terms -c DIR",
		Short: "Count words: frequency lists, collocates, keywords, dispersion, new words",
		Long: `Counts the words of the articles, or of those that --query finds, and lists the most frequent, or n-grams with --ngram.
--collocates lists what stands near a word, --keyness the words that tell one sub-corpus from another, --dispersion
how evenly a word is spread over articles and months. --new lists words that neither the dictionary nor the rules know,
as candidates for a rule file or the lexicon.
Words are those of the dictionary and the rules, in either script, shown in simplified form. Stop words and marks are left out
and reprints count once unless flags say otherwise. docs/corpus-linguistics.md has the formulas.`,
		Example: "  jianbao terms -c corpus/ --query 防汛 --ngram 2\n  jianbao terms -c corpus/ --collocates 党员 --window 3\n" +
			"  jianbao terms -c corpus/ --keyness 防汛 --against 扶贫\n  jianbao terms -c corpus/ --dispersion 卡口\n  jianbao terms --new -c corpus/ -n 50",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			given := c.Flags().Changed
			o.minGiven, o.keynessGiven, o.collocating, o.distributing = given("min"), given("keyness"), given("collocates"), given("dispersion")
			if err := o.parse(given); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runTerms(c.Context(), corpus, &o) })
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	f := c.Flags()
	f.BoolVar(&o.fresh, "new", false, "words that no dictionary holds")
	f.StringVar(&o.Query, "query", "", "only articles that this query finds, as search does")
	f.IntVar(&o.N, "ngram", 1, fmt.Sprintf("runs of so many words, 1 to %d", frequency.MaxN))
	f.StringVar(&o.collocates, "collocates", "", "words that stand near this one, in its sentence")
	f.StringVar(&o.window, "window", "5", "with --collocates: so many words to either side; 2,0 is two to the left")
	f.StringVar(&o.rank, "by", "logdice", "with --collocates: order by logdice or g2")
	f.StringVar(&o.keyness, "keyness", "", "words that tell the articles of this query from others")
	f.StringVar(&o.against, "against", "", "with --keyness: from those of this query (default from all others)")
	f.StringVar(&o.dispersion, "dispersion", "", "how evenly this word is spread")
	f.Int64Var(&o.Least, "min", 1, "least frequency of what is listed (default 5 with --collocates and --keyness)")
	f.BoolVar(&o.StopWords, "stop-words", false, "list stop words too")
	f.BoolVar(&o.Marks, "punctuation", false, "count and list marks as words")
	f.BoolVar(&o.Reprints, "reprints", false, "count every reprint, not one article a cluster")
	f.StringVar(&o.script, "script", "hans", "show words in hans, hant, tw or hk")
	f.IntVarP(&o.Limit, "limit", "n", 100, "how many to list")
	return c
}

// Bounds of the flags: a list is kept in memory.
const (
	maxTerms  = 1_000_000
	weakFloor = 5 // statistics of what is rarer say little
)

// modes are the flags of which one says what is listed, and what goes with each
// beside what goes with all.
var modes = []struct {
	flag string
	with []string
}{
	{"new", nil},
	{"collocates", []string{"window", "by", "min", "stop-words", "punctuation", "query", "reprints", "script"}},
	{"keyness", []string{"against", "ngram", "min", "stop-words", "punctuation", "reprints", "script"}},
	{"dispersion", []string{"query", "reprints", "script"}},
}

// listing is what goes with none of the modes.
var listing = []string{"ngram", "min", "stop-words", "punctuation", "query", "reprints", "script"}

// parse checks the flags.
func (o *termsOptions) parse(given func(string) bool) (err error) {
	if err := checkMode(given); err != nil {
		return err
	}
	switch {
	case o.Limit < 1 || o.Limit > maxTerms:
		return fmt.Errorf("--limit is from 1 to %d", maxTerms)
	case o.N < 1 || o.N > frequency.MaxN:
		return fmt.Errorf("--ngram is from 1 to %d", frequency.MaxN)
	case o.Least < 1:
		return errors.New("--min must be positive")
	case o.rank != "logdice" && o.rank != "g2":
		return fmt.Errorf("unknown --by %q (logdice or g2)", o.rank)
	case o.keynessGiven && o.keyness == "":
		return errors.New("--keyness needs a query")
	}
	if !o.minGiven && (o.collocating || o.keynessGiven) {
		o.Least = weakFloor
	}
	if o.near, err = parseNear(o.window); err != nil {
		return err
	}
	o.convert, err = pipeline.Converter(o.script)
	return err
}

// checkMode wants at most one mode, and no flag that says nothing in it.
func checkMode(given func(string) bool) error {
	mode, with := "", listing
	for _, m := range modes {
		switch {
		case !given(m.flag):
		case mode != "":
			return fmt.Errorf("--%s and --%s exclude each other", mode, m.flag)
		default:
			mode, with = m.flag, m.with
		}
	}
	for _, m := range modes {
		for _, flag := range slices.Concat(m.with, listing) {
			if given(flag) && !slices.Contains(with, flag) {
				if mode == "" {
					return fmt.Errorf("--%s needs --%s", flag, m.flag)
				}
				return fmt.Errorf("--%s does not go with --%s", flag, mode)
			}
		}
	}
	return nil
}

// parseNear reads 5 or 2,0.
func parseNear(s string) (pipeline.Span, error) {
	left, right, two := strings.Cut(s, ",")
	if !two {
		right = left
	}
	l, errLeft := strconv.Atoi(left)
	r, errRight := strconv.Atoi(right)
	if errLeft != nil || errRight != nil || l < 0 || r < 0 || l+r == 0 || l > concordance.MaxWindow || r > concordance.MaxWindow {
		return pipeline.Span{}, fmt.Errorf("--window %q is not a number of words (5) or two (2,0)", s)
	}
	return pipeline.Span{Left: l, Right: r}, nil
}

func (a *app) runTerms(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	if err := a.showTerms(ctx, c, o); err != nil {
		return err
	}
	if o.Query != "" || o.keyness != "" { // texts are cut now, but rules decide what a query finds
		a.noteRules(c)
	}
	return nil
}

// showTerms lists what the mode asks for.
func (a *app) showTerms(ctx context.Context, c *pipeline.Corpus, o *termsOptions) error {
	switch {
	case o.fresh:
		return a.newWords(ctx, c, o)
	case o.collocating:
		return a.listCollocates(ctx, c, o)
	case o.keynessGiven:
		return a.listKeywords(ctx, c, o)
	case o.distributing:
		return a.showDispersion(ctx, c, o)
	}
	return a.listWords(ctx, c, o)
}
