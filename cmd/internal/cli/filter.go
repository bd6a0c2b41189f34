package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/ingest"
)

// filterArgs is at most one path; none and - are standard input.
var filterArgs = cobra.MaximumNArgs(1)

// filter hands the lines of a file or of standard input to f, each with its
// line end, and writes what f writes. Lines are whole: a phrase is never cut.
func (a *app) filter(args []string, f func(w io.Writer, line string) error) (err error) {
	in := a.In
	if len(args) == 1 && args[0] != ingest.Stdin {
		file, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	for r := bufio.NewReader(in); ; {
		line, err := r.ReadString('\n')
		if line != "" {
			if err := f(out, line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read text: %w", err)
		}
	}
}

func (a *app) convert() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use:     "convert --to VARIANT [FILE | -]",
		Short:   "Convert text between scripts, character for character",
		Long:    "Converts text in any script to simplified (hans), traditional (hant), or the forms of Taiwan (tw) or Hong Kong (hk).\nOnly characters change, never words; a character stays one character.",
		Example: "  jianbao convert --to hant < article.txt",
		Args:    filterArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			convert, err := pipeline.Converter(to)
			if err != nil {
				return usageError{err}
			}
			return a.filter(args, func(w io.Writer, line string) error {
				_, err := io.WriteString(w, convert(line))
				return err
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "hans, hant, tw or hk")
	return c
}

func (a *app) segment() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "segment [FILE | -]",
		Short:   "Cut text into words",
		Long:    "Cuts each line into words and prints them with a space between, in the script in which they stand. With -o jsonl each\nline becomes an object with the text and its words as [start, end) in code points.",
		Example: "  echo 成立臨時黨支部12個 | jianbao segment",
		Args:    filterArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "" && format != asJSONL && format != "text" {
				return usageError{fmt.Errorf("unknown output format %q (text or jsonl)", format)}
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			return a.filter(args, func(w io.Writer, line string) error {
				text := strings.TrimRight(line, "\r\n")
				if format == asJSONL {
					return writeJSON(w, p.Segment(text))
				}
				_, err := fmt.Fprintln(w, strings.Join(p.Segment(text).Words(), " "))
				return err
			})
		},
	}
	c.Flags().StringVarP(&format, "output", "o", "", "text or jsonl (default text)")
	return c
}
