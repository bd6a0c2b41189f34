package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
)

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program, the stages and the corpus format",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			build := "devel"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
				build = info.Main.Version
			}
			_, err = fmt.Fprintf(a.Out, "jianbao %s, pipeline %s (%s), corpus format %d\n", build, pipeline.Version, p.Fingerprint(), store.Format)
			return err
		},
	}
}
