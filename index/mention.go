package index

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/corpus"
	"jianbao/index/query"
)

// mentionField holds keys of mentions, each with a set of the mentions that have
// it instead of a frequency: see [placeMentions]. What is asked for together is
// one key, so that most questions are answered without the sets:
//
//	u BLOCK CATEGORY COUNTED       every mention
//	k BLOCK CATEGORY COUNTED KIND  its words, and all else of which there are few
//	n BLOCK CATEGORY NUMBER MARK   its value, and what that begins with
//	b BLOCK CATEGORY MARK LO HI    its bounds, where the value does not say them
//	w BLOCK PLACE                  where it is, in one word
//	p BLOCK PLACE                  where it is, in several
//	s BLOCK TEXT                   the end of a word of its place, from any character on
//	a BLOCK ADCODE
//	d BLOCK DAY                    as of when
//
// A block is mentions of an article that stand together.
const mentionField = "_mention"

// blockMentions is how many mentions of an article are in a block. More bits than
// that are no frequency where an int has 32 of them.
const blockMentions = 31

const keySeparator = "\x1f"

// The first letters of keys.
const (
	headKeys   = "u"
	kindKeys   = "k"
	numberKeys = "n"
	boundsKeys = "b"
	wordKeys   = "w"
	placeKeys  = "p"
	suffixKeys = "s"
	adcodeKeys = "a"
	dayKeys    = "d"
)

// maxSuffix is how many characters of a place are found without reading all
// places.
const maxSuffix = 32

// mentionKey is a key in a block, or what several of them begin with.
func mentionKey(letter string, block int, rest string) string {
	return letter + strconv.Itoa(block) + keySeparator + rest
}

// mentions is the field of an article's mentions, which folded returns.
func (l *Language) mentions(folded func() []Mention) *field {
	return &field{name: mentionField, options: keyOptions, place: placeMentions, terms: func() []term {
		var terms []term
		for i, m := range folded() {
			eachMentionKey(&m.Mention, func(letter, rest string) {
				terms = append(terms, term{text: mentionKey(letter, i/blockMentions, rest), pos: i % blockMentions})
			})
		}
		return terms
	}}
}

// placeMentions writes the positions of each term as the bits of its frequency:
// articles have few mentions, and a location takes six bytes. It is a placer.
func placeMentions(entries []bleveindex.TokenFreq, terms []term, of, counts []int) {
	for id := range counts {
		entries[id].SetFrequency(0)
	}
	for i, t := range terms {
		e := &entries[of[i]]
		e.SetFrequency(e.Frequency() | 1<<t.pos)
	}
}

// foldMentions brings the texts of mentions into the form of keys.
func (l *Language) foldMentions(mentions []Mention) []Mention {
	out := slices.Clone(mentions)
	for i := range out {
		m := &out[i]
		for _, text := range textsOf(&m.Mention) {
			*text = normal(l.Fold(*text))
		}
		m.Flags = slices.Clone(m.Flags)
		for j, flag := range m.Flags {
			m.Flags[j] = normal(l.Fold(flag))
		}
	}
	return out
}

// eachMentionKey calls f with the keys of a mention that was folded.
func eachMentionKey(m *query.Mention, f func(letter, rest string)) {
	h := head{m.Category, m.Counted}.key()
	f(headKeys, h)
	f(kindKeys, h+kindKey(m))
	eachNumberKey(m, f)
	eachPlaceKey(m.Place, f)
	if m.Adcode != "" {
		f(adcodeKeys, m.Adcode)
	}
	if m.AsOf != "" {
		f(dayKeys, m.AsOf)
	}
}

// head is what most questions ask for.
type head struct {
	category string
	counted  bool
}

func (h head) key() string { return h.category + keySeparator + yesNo(h.counted) }

// readHead reads what key wrote before the rest of a key.
func readHead(key string) (h head, rest string) {
	category, rest, _ := strings.Cut(key, keySeparator)
	if rest == "" {
		return head{category: category}, ""
	}
	return head{category, rest[:1] == yesNo(true)}, rest[1:]
}

func yesNo(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// kindKey is the rest of a key of a kind. It has no numbers, places and days:
// there are hundreds of kinds, not millions.
func kindKey(m *query.Mention) string {
	return strings.Join([]string{m.Term, m.Subtype, m.Unit, m.Modifier, m.Rule, strings.Join(m.Flags, ",")}, keySeparator)
}

// readKind reads a kindKey into m.
func readKind(key string, m *query.Mention) {
	for _, f := range []*string{&m.Term, &m.Subtype, &m.Unit, &m.Modifier, &m.Rule} {
		*f, key, _ = strings.Cut(key, keySeparator)
	}
	m.Flags = m.Flags[:0]
	for key != "" {
		var flag string
		flag, key, _ = strings.Cut(key, ",")
		m.Flags = append(m.Flags, flag)
	}
}

// numberMark is what is asked beside a number.
type numberMark struct {
	counted bool
	valued  bool // the mention has a value
	alike   bool // and both bounds are the same
}

func (m numberMark) key() string { return yesNo(m.valued) + yesNo(m.alike) + yesNo(m.counted) }

// readMark reads what key wrote.
func readMark(s string) numberMark {
	yes := func(i int) bool { return i < len(s) && s[i:i+1] == yesNo(true) }
	return numberMark{valued: yes(0), alike: yes(1), counted: yes(2)}
}

const markLength = 3

// eachNumberKey calls f with the keys of the numbers of a mention. Counts are
// never negative; one that is has no key.
func eachNumberKey(m *query.Mention, f func(letter, rest string)) {
	mark := numberMark{m.Counted, m.Value.Valid, m.Value.Valid && m.Lo == m.Value && m.Hi == m.Value}
	before := m.Category + keySeparator
	if m.Value.Valid && m.Value.N >= 0 {
		for _, n := range numberLevels(uint64(m.Value.N)) {
			f(numberKeys, before+n+mark.key())
		}
	}
	if !mark.alike && (m.Lo.Valid || m.Hi.Valid) {
		f(boundsKeys, before+mark.key()+sortable(m.Lo)+keySeparator+sortable(m.Hi))
	}
}

// readBounds reads the bounds behind the mark in a key.
func readBounds(key string, m *query.Mention) {
	lo, hi, _ := strings.Cut(key, keySeparator)
	m.Lo, m.Hi = readSortable(lo), readSortable(hi)
}

// sortable writes a number so that texts sort as numbers: its length as a
// letter before its digits.
func sortable(n corpus.Int64) string {
	if !n.Valid {
		return ""
	}
	digits := strconv.FormatInt(n.N, 10)
	return lengthLetter(len(digits)) + digits
}

func lengthLetter(n int) string { return string(rune('a' + n)) }

func readSortable(s string) corpus.Int64 {
	if len(s) < 2 {
		return corpus.Int64{}
	}
	n, err := strconv.ParseInt(s[1:], 10, 64)
	return corpus.Int64{N: n, Valid: err == nil}
}

// eachPlaceKey calls f with the keys of a place. It holds a text without white
// space when the word that it is, or one of the ends of its words, begins so.
func eachPlaceKey(place string, f func(letter, rest string)) {
	whole := isSuffix(place)
	switch {
	case whole:
		f(wordKeys, place)
	case place != "":
		f(placeKeys, place)
	}
	for _, word := range strings.FieldsFunc(place, unicode.IsSpace) {
		for i := range word {
			if i > 0 || !whole {
				f(suffixKeys, firstRunes(word[i:], maxSuffix))
			}
		}
	}
}

// isSuffix reports whether a text can be all of an end of a word.
func isSuffix(text string) bool {
	return text != "" && !strings.ContainsFunc(text, unicode.IsSpace) && utf8.RuneCountInString(text) <= maxSuffix
}

// firstRunes is the beginning of a text, of n characters at most.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
