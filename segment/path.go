package segment

import (
	"math"
	"slices"
	"sync"

	"jianbao/corpus"
	"jianbao/segment/internal/dat"
	"jianbao/segment/internal/dict"
)

const (
	batchSize   = 64      // units that are read at once
	flushSize   = 1024    // cells after which the first good place for a flush is taken
	maxScratch  = 1 << 16 // cells: what a text without such a place took is given back
	unknownCost = 32      // of a unit that is no word, as in gse

	// gse adds up float32 from the start of a text. Beyond this sum they are an
	// eighth of a bit apart and more, and which path is the shortest begins to
	// depend on how much text stood before. So the sum starts again here, some
	// 190 KB into ordinary text: the tokens are gse's up to there.
	restartCost = 1 << 20
)

// cell is a unit of the text and the shortest path to its end.
type cell struct {
	end    int     // byte offset behind the unit
	cost   float32 // of the path
	symbol uint16
	units  uint16 // of the last word of the path; 0 before one is known
}

func newScratch() *sync.Pool {
	return &sync.Pool{New: func() any {
		cells := make([]cell, 0, flushSize+2*batchSize)
		return &cells
	}}
}

// path is the search for the shortest path through a text (Viterbi's
// algorithm over the words that begin at each unit). It keeps the cells from
// the last flush on: up to a place that no word crosses, the path is final
// whatever comes after.
type path struct {
	alphabet *dict.Alphabet
	general  *dat.Trie
	own      *dat.Trie // nil without words of the user or the domain
	text     string

	cells []cell
	start int     // byte offset where cells[0] begins
	read  int     // byte offset behind the last cell
	cost  float32 // of the path up to start

	doubt doubt // whether the text before could matter, if that is asked
}

// run walks through the text and appends the tokens to dst.
func (p *path) run(dst []corpus.Token) []corpus.Token {
	reach := 0 // no word from before ends behind cells[:reach]
	for i := 0; p.has(i); i++ {
		if i >= flushSize && i == reach {
			dst = p.flush(dst, i)
			i, reach = 0, 0
		}
		reach = max(reach, p.relax(i))
	}
	return p.emit(dst, len(p.cells))
}

// has reads on until there is a cell i.
func (p *path) has(i int) bool {
	if i < len(p.cells) {
		return true
	}
	for range batchSize {
		if p.read >= len(p.text) {
			break
		}
		end, symbol := p.alphabet.Next(p.text, p.read)
		p.cells = append(p.cells, cell{end: end, symbol: symbol})
		p.read = end
	}
	return i < len(p.cells)
}

// relax tries every word that begins at cell i and returns the number of
// cells up to the end of the longest.
func (p *path) relax(i int) int {
	base := p.distance(i)
	reach, single := p.try(p.general, i, base)
	if p.own != nil {
		far, alone := p.try(p.own, i, base)
		reach, single = max(reach, far), single || alone
	}
	if !single {
		if p.doubt.step > 0 {
			p.weigh(i, 1, base+unknownCost)
		}
		p.update(i, 1, base+unknownCost)
	}
	return max(reach, i+1)
}

// try takes the words of one trie. It reports whether the unit alone is one.
func (p *path) try(t *dat.Trie, i int, base float32) (reach int, single bool) {
	node, asked := t.Root(), p.doubt.step > 0
	for k := i; p.has(k); k++ {
		next, ok := t.Step(node, p.cells[k].symbol)
		if !ok {
			break
		}
		node = next
		if cost, ok := t.Word(node); ok {
			if asked {
				p.weigh(k, k-i+1, base+math.Float32frombits(cost))
			}
			p.update(k, k-i+1, base+math.Float32frombits(cost))
			reach = k + 1
			single = single || k == i
		}
	}
	return reach, single
}

// update keeps the first of several shortest paths, as gse does.
func (p *path) update(k, units int, cost float32) {
	if c := &p.cells[k]; c.units == 0 || c.cost > cost {
		c.cost, c.units = cost, uint16(units)
	}
}

// distance is the length of the path to the start of cell i.
func (p *path) distance(i int) float32 {
	if i == 0 {
		return p.cost
	}
	return p.cells[i-1].cost
}

// flush emits the first n cells and drops them.
func (p *path) flush(dst []corpus.Token, n int) []corpus.Token {
	dst = p.emit(dst, n)
	p.start, p.cost = p.cells[n-1].end, p.cells[n-1].cost
	if p.cost > restartCost {
		p.cost = 0
	}
	p.cells = append(p.cells[:0], p.cells[n:]...)
	return dst
}

// emit follows the path back from the end of the first n cells.
func (p *path) emit(dst []corpus.Token, n int) []corpus.Token {
	tokens := 0
	for k := n; k > 0; k -= int(p.cells[k-1].units) {
		tokens++
	}
	at := len(dst) + tokens
	dst = slices.Grow(dst, tokens)[:at]
	for k := n; k > 0; {
		end := p.cells[k-1].end
		k -= int(p.cells[k-1].units)
		start := p.start
		if k > 0 {
			start = p.cells[k-1].end
		}
		at--
		dst[at] = corpus.Token{Start: start, End: end}
	}
	return dst
}
