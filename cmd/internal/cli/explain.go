package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

var explainColumns = []column[pipeline.Explanation]{
	{name: "number", value: func(e pipeline.Explanation) string { return e.Number + e.Unit }},
	{name: "counts", value: func(e pipeline.Explanation) string { return e.Head }},
	{name: "rule", value: func(e pipeline.Explanation) string { return e.RuleID }},
	{name: "why", value: pipeline.Explanation.Reason},
}

func (a *app) rulesExplain() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "explain TEXT | -",
		Short: "Say of each number of a text which rule took it, or what stopped the nearest candidates",
		Example: "  jianbao rules explain '全县145个村成立临时党支部96个'\n" +
			"  jianbao rules explain - < article.txt",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text := args[0]
			if text == "-" {
				all, err := io.ReadAll(a.In)
				if err != nil {
					return fmt.Errorf("read text: %w", err)
				}
				text = string(all)
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			return list(a.Out, o.format, explainColumns, p.Explanations(text))
		},
	}
	o.addFlag(a, c)
	return c
}
