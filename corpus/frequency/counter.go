package frequency

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
)

const (
	defaultMemory = 256 << 20
	// entryBytes is what a word takes beside its letters: its place in the map and
	// its counts.
	entryBytes = 128
	// blockEntries are allocated at once and never moved: a growing slice would
	// take twice its memory for a while.
	blockEntries = 4096
)

// Entry is a word with its counts on both sides.
type Entry struct {
	Word      string
	Frequency [2]int64
	Texts     [2]int64 // that have it
}

// counter counts words, in memory and beyond it in sorted files.
type counter struct {
	memory int64
	dir    string

	index  map[string]*counted
	blocks [][]counted // all full but the last
	bytes  int64
	text   uint32 // number of the text, from 1
	runs   []*os.File
}

// counted is an entry in memory.
type counted struct {
	Entry
	last [2]uint32 // the last text that had it
}

func newCounter(memory int64, dir string) *counter {
	return &counter{memory: cmp.Or(memory, defaultMemory), dir: dir, index: map[string]*counted{}, text: 1}
}

// add counts a word, whose letters it copies.
func (c *counter) add(word []byte, side int) {
	e, ok := c.index[string(word)]
	if !ok {
		e = c.insert(string(word))
	}
	e.count(c.text, side)
}

func (c *counter) addString(word string, side int) {
	e, ok := c.index[word]
	if !ok {
		e = c.insert(strings.Clone(word))
	}
	e.count(c.text, side)
}

func (c *counter) insert(word string) *counted {
	last := len(c.blocks) - 1
	if last < 0 || len(c.blocks[last]) == blockEntries {
		c.blocks = append(c.blocks, make([]counted, 0, blockEntries))
		last++
	}
	c.blocks[last] = append(c.blocks[last], counted{Entry: Entry{Word: word}})
	e := &c.blocks[last][len(c.blocks[last])-1]
	c.index[word] = e
	c.bytes += int64(len(word)) + entryBytes
	return e
}

func (e *counted) count(text uint32, side int) {
	e.Frequency[side]++
	if e.last[side] != text {
		e.last[side] = text
		e.Texts[side]++
	}
}

// endText ends a text: its words are all in memory or all in one file, so that it
// is counted once among the texts of each.
func (c *counter) endText() error {
	c.text++
	if c.bytes < c.memory {
		return nil
	}
	return c.spill()
}

// all yields every word once: in order when there are files, else in any order.
func (c *counter) all() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if len(c.runs) == 0 {
			for _, e := range c.index {
				if !yield(e.Entry, nil) {
					return
				}
			}
			return
		}
		if err := c.spill(); err != nil {
			yield(Entry{}, err)
			return
		}
		c.merge(yield)
	}
}

// close removes the files.
func (c *counter) close() error {
	var all []error
	for _, f := range c.runs {
		all = append(all, f.Close(), os.Remove(f.Name()))
	}
	c.runs = nil
	if err := errors.Join(all...); err != nil {
		return fmt.Errorf("remove counts: %w", err)
	}
	return nil
}
