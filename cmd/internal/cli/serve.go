package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/web"
)

type serveOptions struct{ listen, tokenFile string }

func (a *app) serve() *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve -c DIR",
		Short: "Show the corpus in a browser, and as a JSON API",
		Long: `Serves pages to search, read and explain, and the JSON API that /api/v1/openapi.json describes. Readers see what is
committed meanwhile. It listens to this machine alone; to listen beyond it needs a token, and a proxy in front that
speaks TLS. SIGTERM or Ctrl-C ends it when what runs is done. docs/web.md tells more.`,
		Example: `  jianbao serve -c corpus/
  jianbao serve -c corpus/ --listen :8080 --token-file token`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runServe(c.Context(), o) },
	}
	a.corpusFlag(c)
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8080", "address and port; port 0 takes a free one")
	c.Flags().StringVar(&o.tokenFile, "token-file", "", "file with the token that readers must have, 16 bytes or more")
	return c
}

func (a *app) runServe(ctx context.Context, o serveOptions) (err error) {
	token, err := readToken(o.tokenFile)
	if err != nil {
		return err
	}
	if err := web.CheckAddress(o.listen, token); err != nil {
		return usageError{fmt.Errorf("%w: give --token-file", err)}
	}
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	s, err := web.New(web.Options{Pipeline: p, Dir: dir, Token: token, Log: a.log()})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", o.listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen: %w", err), s.Close())
	}
	fmt.Fprintf(a.Err, "listening on http://%s\n", l.Addr())
	return s.Serve(ctx, l)
}

// readToken is the first line of a file; without a file there is no token.
func readToken(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read token: %w", err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	token := strings.TrimSpace(line)
	if len(token) < web.MinToken {
		return "", usageError{fmt.Errorf("%s: the token has %d bytes: at least %d are needed", path, len(token), web.MinToken)}
	}
	return token, nil
}
