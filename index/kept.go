package index

import (
	"encoding/binary"
	"errors"
	"fmt"

	"jianbao/corpus"
	"jianbao/index/query"
)

// Mention is a count in an article: what count( ) asks of it, and where it
// stands.
type Mention struct {
	query.Mention
	Start, End int // code points of the printed body
}

// kept is what the index stores of a body, packed as one: the length of the text
// as it was printed, the text, and the mentions in it. Their places and terms
// stand in the text too, so that they take little room behind it.
//
// A mention is a byte of its numbers, those that this announces, where it begins
// and how long it is, a mask of the texts in which it is not like the mention
// before, and these texts, each behind its length.
func kept(printed string, mentions []Mention) []byte {
	b := make([]byte, 0, len(printed)+binary.MaxVarintLen32+64*len(mentions))
	b = appendText(b, printed)
	before := &query.Mention{}
	for i := range mentions {
		m := &mentions[i]
		b = appendNumbers(b, &m.Mention)
		b = binary.AppendUvarint(b, uint64(m.Start))
		b = binary.AppendUvarint(b, uint64(m.End-m.Start))
		b = appendTexts(b, &m.Mention, before)
		before = &m.Mention
	}
	return b
}

// The bits of the byte of a mention's numbers.
const (
	hasValue = 1 << iota
	hasLo
	hasHi
	hasAlike // both bounds are the value, and not written
	isCounted
)

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendNumbers(b []byte, m *query.Mention) []byte {
	numbers, bits := []corpus.Int64{m.Value, m.Lo, m.Hi}, byte(0)
	if m.Lo == m.Value && m.Hi == m.Value {
		numbers, bits = numbers[:1], hasAlike
	}
	if m.Counted {
		bits |= isCounted
	}
	for i, n := range numbers {
		if n.Valid {
			bits |= hasValue << i
		}
	}
	b = append(b, bits)
	for _, n := range numbers {
		if n.Valid {
			b = binary.AppendVarint(b, n.N)
		}
	}
	return b
}

// appendTexts writes the texts and flags of a mention that the one before it has
// not.
func appendTexts(b []byte, m, before *query.Mention) []byte {
	texts, mask := textsOf(m), uint64(0)
	for i, text := range textsOf(before) {
		if *texts[i] != *text {
			mask |= 1 << i
		}
	}
	b = binary.AppendUvarint(b, mask)
	for i, text := range texts {
		if mask>>i&1 != 0 {
			b = appendText(b, *text)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.Flags)))
	for _, flag := range m.Flags {
		b = appendText(b, flag)
	}
	return b
}

// textsOf are the texts of a mention but its flags.
func textsOf(m *query.Mention) [9]*string {
	return [...]*string{&m.Category, &m.Term, &m.Subtype, &m.Unit, &m.Modifier, &m.Rule, &m.Place, &m.Adcode, &m.AsOf}
}

// keptReader reads what kept wrote. What is read behind its end, or behind the
// first thing that cannot be, is empty.
type keptReader struct {
	rest []byte
	err  error
}

var errKept = errors.New("it is cut off or damaged")

func (r *keptReader) fail() {
	r.rest, r.err = nil, errKept
}

func (r *keptReader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > maxNumber {
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

// maxNumber is more than any length or offset.
const maxNumber = 1 << 30

func (r *keptReader) text() string {
	n := r.number()
	if n > len(r.rest) {
		r.fail()
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *keptReader) int64() corpus.Int64 {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.fail()
		return corpus.Int64{}
	}
	r.rest = r.rest[size:]
	return corpus.Some(n)
}

// mentions reads the mentions up to the end.
func (r *keptReader) mentions() ([]Mention, error) {
	var out []Mention
	m := Mention{}
	for len(r.rest) > 0 {
		r.numbers(&m.Mention)
		m.Start = r.number()
		m.End = m.Start + r.number()
		r.texts(&m.Mention)
		out = append(out, m)
	}
	if r.err != nil {
		return nil, fmt.Errorf("read mentions: %w", r.err)
	}
	return out, nil
}

func (r *keptReader) numbers(m *query.Mention) {
	bits := r.rest[0]
	r.rest = r.rest[1:]
	m.Counted = bits&isCounted != 0
	m.Value, m.Lo, m.Hi = corpus.Int64{}, corpus.Int64{}, corpus.Int64{}
	for i, n := range []*corpus.Int64{&m.Value, &m.Lo, &m.Hi} {
		if bits&(hasValue<<i) != 0 {
			*n = r.int64()
		}
	}
	if bits&hasAlike != 0 {
		m.Lo, m.Hi = m.Value, m.Value
	}
}

// texts reads those texts into m that are others than in there.
func (r *keptReader) texts(m *query.Mention) {
	mask := r.number()
	for i, text := range textsOf(m) {
		if mask>>i&1 != 0 {
			*text = r.text()
		}
	}
	n := r.number()
	m.Flags = nil
	for range min(n, len(r.rest)) { // each takes a byte at least
		m.Flags = append(m.Flags, r.text())
	}
}
