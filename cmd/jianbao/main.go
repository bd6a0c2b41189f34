// Command jianbao turns crawled Chinese articles into a corpus, tables and
// counts. See README.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"jianbao/cmd/internal/cli"
)

func main() {
	cli.LimitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
