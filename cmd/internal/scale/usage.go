//go:build linux

package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// memory is what the system says of this process, in KB: what is resident of its
// own and of mapped files, and the most that ever was of both together.
type memory struct{ anon, file, peak int64 }

func readMemory() (m memory, err error) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return m, err
	}
	defer f.Close()
	wanted := map[string]*int64{"RssAnon": &m.anon, "RssFile": &m.file, "VmHWM": &m.peak}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		at, ok := wanted[name]
		if !ok {
			continue
		}
		if *at, err = strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64); err != nil {
			return m, err
		}
	}
	return m, lines.Err()
}

// processorTime is what this process has taken on all processors. It hardly
// depends on what else the machine does.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
