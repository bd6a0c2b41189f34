package recode

import (
	"math"
	"strings"
)

const (
	habitReach  = 32 << 10 // bytes of a document that are read to each side
	habitShare  = 0.25     // weight of the document against the dictionary
	suspectSkip = 720      // bytes of a line that are not learnt from behind such a mark
)

// habits counts which characters follow which in one document.
type habits struct {
	m      *Model
	firsts map[int]int // by number
	pairs  map[int]int // by both numbers
}

// learn reads the text around the byte offset at, and leaves out what stands
// behind any mark of a lost byte: what may be damaged must not speak for itself.
func learn(text string, at int, m *Model) *habits {
	h := &habits{m: m, firsts: map[int]int{}, pairs: map[int]int{}}
	for line := range strings.Lines(text[max(0, at-habitReach):min(len(text), at+habitReach)]) {
		h.readLine(line)
	}
	return h
}

func (h *habits) readLine(line string) {
	for line != "" {
		mark := strings.IndexAny(line, "?\uFFFD")
		if mark < 0 {
			h.read(line)
			return
		}
		h.read(line[:mark])
		line = line[min(len(line), mark+suspectSkip):]
	}
}

func (h *habits) read(s string) {
	prev := 0
	for _, r := range s {
		id := h.m.id(r)
		if prev > 0 && id > 0 {
			h.firsts[prev]++
			h.pairs[prev<<16|id]++
		}
		prev = id
	}
}

// follow is cost, or less when the document has r after prev elsewhere.
func (h *habits) follow(prev, r rune, cost float64) float64 {
	if h == nil {
		return cost
	}
	a, b := h.m.id(prev), h.m.id(r)
	if n := h.pairs[a<<16|b]; n > 0 {
		share := (float64(n) - 0.5) / float64(h.firsts[a])
		return min(cost, -math.Log(habitShare*share))
	}
	return cost
}
