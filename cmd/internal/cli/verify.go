package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/verify"
)

type verifyOptions struct {
	output
	quick bool
	limit int64
}

func (a *app) verify() *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:   "verify -c DIR",
		Short: "Check everything in a corpus and say how to mend it",
		Long: `Reads the whole corpus and lists what is wrong with it: files that are missing or changed, rows that contradict their
document, edits that do not lead from the source to the text, an index or clusters that do not hold what the tables do.
It changes nothing, and may run beside an ingest. Exit code 1 says that something is damaged; warnings (an index that is
behind) and notes (what an interrupted run left) are no damage.`,
		Example: "  jianbao verify -c corpus/\n  jianbao verify -c corpus/ --quick -o jsonl",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.runVerify(c.Context(), o) },
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	c.Flags().BoolVar(&o.quick, "quick", false, "check the manifest, sizes and footers only")
	c.Flags().Int64Var(&o.limit, "limit", 10, "how many problems of one kind in one file to list")
	return c
}

var problemColumns = []column[verify.Problem]{
	{name: "severity", value: func(p verify.Problem) string { return string(p.Severity) }},
	{name: "check", value: func(p verify.Problem) string { return string(p.Check) }},
	{name: "file", value: func(p verify.Problem) string { return p.File }},
	{name: "row", right: true, value: func(p verify.Problem) string {
		if p.Row == nil {
			return ""
		}
		return strconv.FormatInt(*p.Row, 10)
	}},
	{name: "doc_id", value: func(p verify.Problem) string { return p.DocID }},
	{name: "problem", value: func(p verify.Problem) string { return p.Message }},
	{name: "mend", value: func(p verify.Problem) string { return p.Mend }},
}

func (a *app) runVerify(ctx context.Context, o verifyOptions) error {
	if o.limit <= 0 {
		return usageError{errors.New("--limit must be positive")}
	}
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	var problems []verify.Problem
	sum, err := p.Verify(ctx, dir, pipeline.VerifyOptions{
		Quick: o.quick, Limit: o.limit, Report: func(p verify.Problem) { problems = append(problems, p) },
	})
	if err != nil {
		return err
	}
	if len(problems) > 0 || o.format != asTable {
		if err := list(a.Out, o.format, problemColumns, problems); err != nil {
			return err
		}
	}
	verdict := found(sum)
	if sum.Errors > 0 {
		return errors.New(verdict)
	}
	_, err = fmt.Fprintln(a.Err, verdict)
	return err
}

// found is the last line of a check.
func found(s verify.Summary) string {
	return fmt.Sprintf("%s, %s, %s in %d documents, %d files, manifest %d",
		counted(s.Errors, "error"), counted(s.Warnings, "warning"), counted(s.Notes, "note"), s.Documents, s.Files, s.Manifest)
}

func counted(n int64, noun string) string {
	return fmt.Sprintf("%d %s", n, plural(int(n), noun, noun+"s"))
}
