// Package cli is the command line of jianbao, one file a subcommand. Streams
// and arguments are passed in:
//
//	code := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
//
// Data goes to Out; the log and the progress line go to Err.
package cli
