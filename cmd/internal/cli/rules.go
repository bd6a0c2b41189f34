package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"jianbao/extract"
)

// errRules ends a check of rules that found something.
var errRules = errors.New("the rules need mending")

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "Check and test the rule packs",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:     "check",
		Short:   "Refuse packs without examples of both kinds, heads that cannot match, and ties",
		Example: "  jianbao rules check --rules my-rules/",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			rules, err := a.packs()
			if err != nil {
				return err
			}
			return a.report(rules.Check(), fmt.Sprintf("%d packs", len(rules.Packs)))
		},
	}, &cobra.Command{
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
			n := 0
			for _, pack := range rules.Packs {
				n += len(pack.Examples)
			}
			return a.report(p.TestRules(rules), fmt.Sprintf("%d examples of %d packs, in both scripts", n, len(rules.Packs)))
		},
	})
	return c
}

// report prints problems, or that there are none.
func (a *app) report(problems []extract.Problem, what string) error {
	for _, p := range problems {
		if _, err := fmt.Fprintln(a.Out, printable(p.Error())); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return errRules
	}
	_, err := fmt.Fprintf(a.Out, "%s: all good\n", what)
	return err
}
