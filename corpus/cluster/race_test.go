//go:build race

package cluster

// scale is the size of [TestScale]: the race detector makes it ten times as slow.
const scale = 10_000
