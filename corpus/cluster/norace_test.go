//go:build !race

package cluster

// scale is the size of [TestScale].
const scale = 200_000
