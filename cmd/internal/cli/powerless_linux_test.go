package cli

import (
	"os"
	"runtime"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// What lets root pass over the permissions of files (capabilities(7)).
const (
	prCapbsetDrop    = 24
	capDACOverride   = 1
	capDACReadSearch = 2
)

// powerless CODE COMMAND...: exits, but permissions hold for root too.
func powerless(ts *testscript.TestScript, neg bool, args []string) {
	if os.Geteuid() != 0 {
		exits(ts, neg, args)
		return
	}
	code := make(chan int)
	var err error
	go func() {
		defer close(code)
		runtime.LockOSThread() // for good: the thread ends with the goroutine
		for _, c := range []uintptr{capDACOverride, capDACReadSearch} {
			if _, _, no := syscall.RawSyscall(syscall.SYS_PRCTL, prCapbsetDrop, c, 0); no != 0 {
				err = no
				return
			}
		}
		var got int
		if got, err = exitCodeOf(ts, args[1:]); err == nil {
			code <- got
		}
	}()
	got, ok := <-code
	if !ok {
		ts.Fatalf("run without the powers of root: %v", err)
	}
	wantCode(ts, args[0], got)
}
