package pipeline

import (
	"os"
	"runtime/debug"
)

// memoryLimit is what the stages need at once, with room: buffered documents, a merge
// of batches, the index. Beyond it the collector works harder instead of taking more.
const memoryLimit = 400 << 20

// LimitMemory sets the soft limit of the process, unless the environment has GOMEMLIMIT.
// Files that are mapped do not count.
func LimitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
