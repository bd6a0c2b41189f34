package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
	"jianbao/extract"
	"jianbao/index/query"
)

// The exit codes, on which a scheduler can branch.
const (
	ExitDone        = 0
	ExitFailed      = 1
	ExitQuarantined = 3 // done, but some documents were newly quarantined
	ExitLocked      = 11
	ExitUsage       = 64
	ExitInterrupted = 130
)

// Streams are the standard streams of a command.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// errQuarantined ends a run that did its work but left documents out.
var errQuarantined = errors.New("some documents were newly quarantined")

// usageError is a wrong command line or query.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// app is what the subcommands share.
type app struct {
	Streams
	terminal bool // Out is one
	color    string
	corpus   string
	rules    string
	dicts    []string
	verbose  bool
}

// LimitMemory sets the soft limit of the process, for main to call first.
func LimitMemory() { pipeline.LimitMemory() }

// Run runs one command line and returns its exit code.
func Run(ctx context.Context, args []string, streams Streams) int {
	a := &app{Streams: streams, terminal: isTerminal(streams.Out)}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code := exitCode(err)
	if err != nil && !errors.Is(err, errQuarantined) {
		fmt.Fprintf(a.Err, "jianbao: %s\n", printable(message(err)))
	}
	return code
}

func exitCode(err error) int {
	var usage usageError
	var syntax *query.SyntaxError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, context.Canceled):
		return ExitInterrupted
	case errors.Is(err, errQuarantined):
		return ExitQuarantined
	case errors.Is(err, store.ErrLocked):
		return ExitLocked
	case errors.As(err, &usage), errors.As(err, &syntax):
		return ExitUsage
	}
	return ExitFailed
}

// message is an error in one line; a wrong query gets a caret under the place,
// a damaged corpus the command that tells more.
func message(err error) string {
	var syntax *query.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Error() + "\n" + syntax.Caret()
	}
	if errors.Is(err, store.ErrDamaged) {
		return strings.TrimSpace(err.Error()) + " (jianbao verify lists all that is wrong)"
	}
	return strings.TrimSpace(err.Error())
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "jianbao",
		Short:         "Counts of party branches, cadres and checkpoints in crawled Chinese articles",
		Long:          "jianbao turns crawled Chinese articles, in any script, into a corpus that can be searched,\nParquet tables and counts that lead back to the printed byte.",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w (see %s --help)", err, c.CommandPath())}
	})
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if !slices.Contains([]string{"auto", "always", "never"}, a.color) {
			return usageError{fmt.Errorf("unknown --color %q (auto, always or never)", a.color)}
		}
		return nil
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.color, "color", "auto", "highlight hits with colour: auto, always or never")
	flags.StringVar(&a.rules, "rules", "", "folder with rule packs of your own: over the bundled ones of the same category, beside the others")
	flags.StringSliceVar(&a.dicts, "dict", nil, "file with words of your own, in gse's format: word, frequency, part of speech")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "log what is done")
	root.AddCommand(a.demo(), a.ingest(), a.compact(), a.reprocess(), a.forget(), a.index(), a.extract(), a.search(), a.serve(), a.mentions(), a.show(), a.similar(), a.saved(), a.watch(), a.kwic(), a.terms(), a.files(), a.export(), a.stats(), a.verify(), a.segment(), a.convert(), a.rulesCommand(), a.version())
	usageArgs(root)
	return root
}

// usageArgs makes every complaint about arguments one of usage.
func usageArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usageError{fmt.Errorf("%w (see %s --help)", err, c.CommandPath())}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		usageArgs(sub)
	}
}

// corpusVar is the environment variable that names the corpus.
const corpusVar = "JIANBAO_CORPUS"

// corpusFlag adds -c to a command.
func (a *app) corpusFlag(c *cobra.Command) {
	c.Flags().StringVarP(&a.corpus, "corpus", "c", "", "directory of the corpus (default $"+corpusVar+")")
}

// corpusDir is the corpus that the user named; there is no default.
func (a *app) corpusDir() (string, error) {
	if a.corpus == "" {
		a.corpus = os.Getenv(corpusVar)
	}
	if a.corpus == "" {
		return "", usageError{fmt.Errorf("no corpus named: use -c DIR or %s", corpusVar)}
	}
	return a.corpus, nil
}

// packs are the bundled rules with the user's.
func (a *app) packs() (extract.Rules, error) { return pipeline.Rules(a.rules) }

// pipeline prepares the stages with the rules and the user's words.
func (a *app) pipeline() (*pipeline.Pipeline, error) {
	rules, err := a.packs()
	if err != nil {
		return nil, err
	}
	return pipeline.Load(rules, a.dicts...)
}

// corpusAndStages are what most commands begin with.
func (a *app) corpusAndStages() (dir string, p *pipeline.Pipeline, err error) {
	if dir, err = a.corpusDir(); err == nil {
		p, err = a.pipeline()
	}
	return dir, p, err
}

// withCorpus opens the corpus for reading and calls f with it.
func (a *app) withCorpus(f func(*pipeline.Corpus) error) (err error) {
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	c, err := p.OpenCorpus(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return f(c)
}

// log writes text on a terminal, JSON elsewhere.
func (a *app) log() *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelWarn}
	if a.verbose {
		options.Level = slog.LevelInfo
	}
	if isTerminal(a.Err) {
		return slog.New(slog.NewTextHandler(printableWriter{a.Err}, options))
	}
	return slog.New(slog.NewJSONHandler(a.Err, options))
}
