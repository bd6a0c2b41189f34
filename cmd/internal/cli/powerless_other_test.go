//go:build !linux

package cli

import "github.com/rogpeppe/go-internal/testscript"

// powerless CODE COMMAND...: exits, for a user who is not root.
func powerless(ts *testscript.TestScript, neg bool, args []string) { exits(ts, neg, args) }
