package cluster

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// ErrPairs is a file that holds no [Pairs] of this version, or a damaged one.
var ErrPairs = errors.New("not a file of verified pairs")

// Pairs are the exact similarities that a grouping went by, named for the hashes
// of both texts. They spare the next grouping the texts. They change no result: a
// pair that is missing is computed again. Nil is none.
type Pairs struct {
	sorted []verified
}

type verified struct {
	key        id // of both texts
	similarity float64
}

const (
	pairsMagic = "jbpairs"
	pairBytes  = 16 + 8
)

func (v verified) compare(o verified) int {
	return cmp.Or(v.key.compare(o.key), cmp.Compare(v.similarity, o.similarity))
}

// keyOf names a pair of texts in either order: half of the SHA-256 of both.
func keyOf(a, b id) id {
	if a.compare(b) > 0 {
		a, b = b, a
	}
	var both [32]byte
	copy(both[:], a[:])
	copy(both[16:], b[:])
	sum := sha256.Sum256(both[:])
	return id(sum[:16])
}

// newPairs sorts v and takes it over.
func newPairs(v []verified) *Pairs {
	slices.SortFunc(v, verified.compare)
	return &Pairs{slices.CompactFunc(v, func(a, b verified) bool { return a.key == b.key })}
}

// Len is the number of pairs.
func (p *Pairs) Len() int {
	if p == nil {
		return 0
	}
	return len(p.sorted)
}

func (p *Pairs) find(key id) (float64, bool) {
	if p == nil {
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(p.sorted, key, func(v verified, key id) int { return v.key.compare(key) })
	if !ok {
		return 0, false
	}
	return p.sorted[i].similarity, true
}

// WriteTo writes p: 24 bytes a pair, with a checksum. It returns the number of
// bytes written.
func (p *Pairs) WriteTo(w io.Writer) (int64, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	count := &counter{w: w}
	out := bufio.NewWriterSize(io.MultiWriter(count, sum), bufferBytes)
	out.Write(append([]byte(pairsMagic), SignatureVersion))
	out.Write(binary.LittleEndian.AppendUint64(nil, uint64(p.Len())))
	var b [pairBytes]byte
	for i := range p.Len() {
		v := p.sorted[i]
		copy(b[:], v.key[:])
		binary.LittleEndian.PutUint64(b[16:], math.Float64bits(v.similarity))
		out.Write(b[:])
	}
	err := out.Flush()
	if err == nil {
		_, err = count.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	}
	if err != nil {
		err = fmt.Errorf("write verified pairs: %w", err)
	}
	return count.n, err
}

// counter counts what it writes.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// ReadPairs reads what [Pairs.WriteTo] wrote. It fails with [ErrPairs] for what
// is cut off, damaged or of another version.
func ReadPairs(r io.Reader) (*Pairs, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	buffered := bufio.NewReaderSize(r, bufferBytes)
	in := io.TeeReader(buffered, sum)
	var b [pairBytes]byte
	if _, err := io.ReadFull(in, b[:16]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPairs, err)
	}
	if string(b[:7]) != pairsMagic || b[7] != SignatureVersion {
		return nil, fmt.Errorf("%w: begins with %q", ErrPairs, b[:8])
	}
	p := new(Pairs)
	for range binary.LittleEndian.Uint64(b[8:]) {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPairs, err)
		}
		p.sorted = append(p.sorted, verified{id(b[:16]), math.Float64frombits(binary.LittleEndian.Uint64(b[16:]))})
	}
	if _, err := io.ReadFull(buffered, b[:4]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPairs, err)
	}
	if binary.LittleEndian.Uint32(b[:]) != sum.Sum32() {
		return nil, fmt.Errorf("%w: checksum", ErrPairs)
	}
	return p, nil
}
