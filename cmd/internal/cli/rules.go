package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/extract"
)

// errRules ends a check of rules that found something.
var errRules = errors.New("the rules need mending")

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "Check, test and explain the rule packs",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.rulesCheck(), a.rulesTest(), a.rulesExplain(), a.rulesSchema())
	return c
}

func (a *app) rulesCheck() *cobra.Command {
	return &cobra.Command{
		Use:     "check",
		Short:   "Refuse packs with heads or words that cannot match, ties, and examples that prove nothing",
		Example: "  jianbao rules check --rules my-rules/",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			rules, err := a.packs()
			if err != nil {
				return err
			}
			return a.report(pipeline.CheckRules(rules), fmt.Sprintf("%d packs", len(rules.Packs)))
		},
	}
}

func (a *app) rulesTest() *cobra.Command {
	return &cobra.Command{
		Use:     "test",
		Short:   "Run the examples of all packs in both scripts",
		Example: "  jianbao rules test --rules my-rules/",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			rules, err := a.packs()
			if err != nil {
				return err
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			got := p.TestRules(rules)
			for _, n := range got.Notes {
				if _, err := fmt.Fprintln(a.Out, printable("note: "+n.Error())); err != nil {
					return err
				}
			}
			what := fmt.Sprintf("%d examples of %d packs, in both scripts", got.Examples, len(rules.Packs))
			if got.Todo > 0 {
				what += fmt.Sprintf(", %d of %d under todo still to do", got.Todo-len(got.Notes), got.Todo)
			}
			return a.report(got.Problems, what)
		},
	}
}

func (a *app) rulesSchema() *cobra.Command {
	return &cobra.Command{
		Use:     "schema [pack|common]",
		Short:   "Print the JSON Schema of rule packs, or of common.yaml, for an editor",
		Example: "  jianbao rules schema > my-rules/pack.schema.json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			name := extract.Schemas()[0]
			if len(args) == 1 {
				name = args[0]
			}
			schema, err := extract.Schema(name)
			if err != nil {
				return usageError{err}
			}
			_, err = io.WriteString(a.Out, schema)
			return err
		},
	}
}

// report prints problems, and how many there are of what.
func (a *app) report(problems []extract.Problem, what string) error {
	for _, p := range problems {
		if _, err := fmt.Fprintln(a.Out, printable(p.Error())); err != nil {
			return err
		}
	}
	end := "all good"
	if len(problems) > 0 {
		end = fmt.Sprintf("%d to mend", len(problems))
	}
	if _, err := fmt.Fprintf(a.Out, "%s: %s\n", what, end); err != nil {
		return err
	}
	if len(problems) > 0 {
		return errRules
	}
	return nil
}
