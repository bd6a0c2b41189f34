package place

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// Match is a place in a text.
type Match struct {
	Span corpus.Span // bytes; of the whole chain in 陕西省渭南市临渭区
	Name string      // of the lowest division: in full when it has a code, else as printed
	// Code is that division's six digits of GB/T 2260; empty for a place that
	// is known by its form only, and for a name that several divisions bear
	// when nothing in the text says which.
	Code   string
	Level  Level
	Within string // code of the nearest known division above; empty when unknown

	name     int32 // index of the entry plus one; 0 for a form
	division int32 // index plus one; 0 when unknown
}

// divisionSet is a set of divisions by index.
type divisionSet [maxDivisions / 64]uint64

func (s *divisionSet) add(d int32)      { s[d/64] |= 1 << (d % 64) }
func (s *divisionSet) has(d int32) bool { return s[d/64]&(1<<(d%64)) != 0 }

// finder is one run of Find.
type finder struct {
	g    *Gazetteer
	text string
	kind int // where the next kind of place stands, from the current offset on
	end  int // of the last match; a name can begin there
	seen divisionSet
}

// Find appends the places of a folded text to dst, in order; they do not
// overlap. Of names that begin at one place the longest is taken. Divisions
// that touch and lie in each other are one match. A short name is taken when
// it is a province's or a city's; a county's when the county or its city is
// named as well; one that is an ordinary word (通道, 安康) only behind the
// division above it. The time is linear in the length of the text, and nothing
// is allocated when dst has room.
func (g *Gazetteer) Find(dst []Match, hans string) []Match {
	f := finder{g: g, text: hans, kind: -1}
	from := len(dst)
	for at := 0; at < len(hans); {
		m, n := f.next(at)
		if m.Span.Empty() {
			at += n
			continue
		}
		dst = append(dst, m)
		if m.name > 0 {
			f.chain(dst[from:])
		}
		at = m.Span.End
		f.end = at
	}
	return dst[:from+f.settle(dst[from:])]
}

// next reads the match that begins at offset at; without one it says how many
// bytes to go on.
func (f *finder) next(at int) (Match, int) {
	rest := f.text[at:]
	if rest[0] < utf8.RuneSelf {
		return Match{}, 1
	}
	name, n := f.g.names.longest(rest)
	if n > 0 && strings.HasPrefix(rest[n:], "场") && strings.HasSuffix(rest[:n], "市") {
		name, n = f.g.names.longest(rest[:n-len("市")])
	}
	if n == 0 {
		if m, ok := f.form(at); ok {
			return m, 0
		}
		_, n = utf8.DecodeRuneInString(rest)
		return Match{}, n
	}
	if !f.g.entries[name].full {
		if m, ok := f.form(at); ok && continues(f.text[at+n:m.Span.End]) {
			return m, 0
		}
		if next, _ := utf8.DecodeRuneInString(rest[n:]); strings.ContainsRune("路街族道巷", next) {
			return Match{}, n
		}
	}
	return Match{Span: corpus.Span{Start: at, End: at + n}, name: int32(name) + 1}, 0
}

// continues reports whether what stands behind a short name makes a longer
// name of it: 长安|镇, 中山|路社区.
func continues(behind string) bool {
	if kind, level := kindAt(behind); kind != "" {
		return level >= County
	}
	r, n := utf8.DecodeRuneInString(behind)
	kind, _ := kindAt(behind[n:])
	return kind != "" && strings.ContainsRune("路街桥湖河门园里花巷新南北东西", r)
}

// longestForm is the length in bytes of the longest stem.
const longestForm = maxStem * utf8.UTFMax

// form reads a name by its form at offset at, where one can begin.
func (f *finder) form(at int) (Match, bool) {
	if f.kind < at {
		f.kind = nextKind(f.text, at)
	}
	if f.kind-at > longestForm || f.end != at && !f.g.mayBegin(f.text, at) {
		return Match{}, false
	}
	n, level := f.g.form(f.text[at:])
	if n == 0 {
		return Match{}, false
	}
	return Match{Span: corpus.Span{Start: at, End: at + n}, Name: f.text[at : at+n], Level: level}, true
}

// nextKind is where the next kind of place may stand, from offset at on.
func nextKind(text string, at int) int {
	for i, r := range text[at:] {
		switch r {
		case '街', '社', '小', '省', '市', '县', '区', '旗', '乡', '镇', '村':
			return at + i
		}
	}
	return len(text)
}

// chain finds the division of the last match where it needs no more of the
// text than what stands before it, and notes it as seen.
func (f *finder) chain(all []Match) {
	m := &all[len(all)-1]
	e := &f.g.entries[m.name-1]
	if len(all) > 1 {
		if up := &all[len(all)-2]; up.division > 0 && up.Span.End == m.Span.Start {
			m.division = f.g.below(e, up.division-1) + 1
		}
	}
	if m.division == 0 && !e.ordinary {
		if top := f.g.top(e); top >= 0 && (e.full || f.g.divisions[top].Level < County) {
			m.division = top + 1
		}
	}
	for d := m.division - 1; d >= 0; d = f.g.parents[d] {
		f.seen.add(d)
	}
}

// below is the highest division of an entry that lies below division up, the
// first of several; -1 without one.
func (g *Gazetteer) below(e *entry, up int32) int32 {
	found := int32(-1)
	for _, d := range e.divisions {
		if d != up && g.within(d, up) && (found < 0 || g.divisions[d].Level < g.divisions[found].Level) {
			found = d
		}
	}
	return found
}

// top is the one highest division of an entry; -1 when several are as high.
func (g *Gazetteer) top(e *entry) int32 {
	found, alone := e.divisions[0], true
	for _, d := range e.divisions[1:] {
		switch l, have := g.divisions[d].Level, g.divisions[found].Level; {
		case l < have:
			found, alone = d, true
		case l == have:
			alone = false
		}
	}
	if !alone {
		return -1
	}
	return found
}
