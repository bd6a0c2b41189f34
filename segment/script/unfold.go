package script

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"jianbao/segment/internal/dat"
)

// Unfold is the traditional form of the simplified text s, for display: the
// longest phrase of the tables at each place, else the single character, as
// OpenCC's s2t does (maximum matching from left to right). It does not tell
// back what was folded: several characters share a simplified form, and the
// phrases are the only witness of which is meant.
//
// Rune i of the result is rune i of s. A byte that is not valid UTF-8 is a
// rune of its own and passes through. When nothing changes, the result is s.
func Unfold(s string) string { return tables.apply(stepHant, s) }

//go:embed unfold.bin
var unfoldImage string

// tables are read in place.
var tables = openTables(unfoldImage)

// unfolding is the tables of several steps, each of which writes some phrases
// and characters in another way.
//
// A key of the trie is the symbol of the step and then those of the runes. Its
// value is the length of the text in bytes (bits 0-7) and where it begins in
// texts (bits 8-31); length 0 stands for a phrase whose characters are written
// as they are alone.
type unfolding struct {
	trie  dat.Trie
	texts string
}

// The symbols of the steps. Those of runes come after.
const (
	stepHant uint16 = 1 + iota // simplified to traditional
	stepTW                     // from there to Taiwan's standard
	stepHK                     // or to Hong Kong's
)

// openTables splits the image: the size of the trie (uint32, little-endian),
// the trie, the texts. Of what is no image it makes tables that change
// nothing; the tests hold that ours is one.
func openTables(image string) unfolding {
	const header = 4
	if len(image) < header {
		return unfolding{}
	}
	size := int(binary.LittleEndian.Uint32([]byte(image[:header])))
	if size > len(image)-header {
		return unfolding{}
	}
	trie, err := dat.Open(image[header : header+size])
	if err != nil {
		return unfolding{}
	}
	return unfolding{trie, image[header+size:]}
}

// symbol is the number of r in the trie, 0 when no key holds it.
func symbol(r rune) uint16 {
	page := uint32(r) >> 6
	if page >= uint32(len(symbolPageOf)) {
		return 0
	}
	return symbolPages[uint32(symbolPageOf[page])<<6|uint32(r)&63]
}

// apply takes s through one step.
func (u unfolding) apply(step uint16, s string) string {
	root, ok := u.trie.Step(u.trie.Root(), step)
	if !ok {
		return s
	}
	w := writer{src: s}
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		end, text := u.longest(root, s, i)
		switch {
		case end == i:
			_, size := decode(s, i)
			i += size
		case text == "":
			i = u.applyAlone(&w, root, i, end)
		default:
			w.write(i, end, text)
			i = end
		}
	}
	return w.text()
}

// applyAlone writes each character of src[i:end] as it is alone.
func (u unfolding) applyAlone(w *writer, root dat.Node, i, end int) int {
	for i < end {
		_, size := decode(w.src, i)
		if _, text := u.longest(root, w.src[:i+size], i); text != "" {
			w.write(i, i+size, text)
		}
		i += size
	}
	return end
}

// longest is the end of the longest key that s[i:] begins with, i when it
// begins with none, and how the key is written: "" when each of its characters
// is written as it is alone.
func (u unfolding) longest(root dat.Node, s string, i int) (end int, text string) {
	end, node := i, root
	for at := i; at < len(s); {
		r, size := decode(s, at)
		next, ok := u.trie.Step(node, symbol(r))
		if !ok {
			break
		}
		node, at = next, at+size
		if value, ok := u.trie.Word(node); ok {
			end, text = at, u.text(value)
		}
	}
	return end, text
}

func (u unfolding) text(value uint32) string {
	from, size := int(value>>8), int(value&0xFF)
	if from+size > len(u.texts) {
		return ""
	}
	return u.texts[from : from+size]
}

// writer writes a text with some pieces replaced, from the first change on.
type writer struct {
	src    string
	out    strings.Builder
	copied int // src[:copied] is in out
}

// write puts text in the place of src[from:to].
func (w *writer) write(from, to int, text string) {
	if w.src[from:to] == text {
		return
	}
	w.skip(from, to)
	w.out.WriteString(text)
}

// skip copies what stands before from, and leaves src[from:to] out.
func (w *writer) skip(from, to int) {
	if w.out.Len() == 0 {
		w.out.Grow(len(w.src))
	}
	w.out.WriteString(w.src[w.copied:from])
	w.copied = to
}

// text is the result; src itself when nothing was replaced.
func (w *writer) text() string {
	if w.copied == 0 {
		return w.src
	}
	w.out.WriteString(w.src[w.copied:])
	return w.out.String()
}
