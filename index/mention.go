package index

import (
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
//	u HEAD                    every mention
//	k HEAD KIND               its words, and all else of which there are few
//	n HEAD NUMBER MARK        its value, and what that begins with
//	b HEAD VALUED LO HI       its bounds, where the value does not say them
//	p ADCODE PLACE            where it is
//	s TEXT                    what begins somewhere in the name of a place
//	d DAY                     as of when
//
// Before all that stands the block of the mention. HEAD is the category and
// whether the mention counts.
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
	placeKeys  = "p"
	suffixKeys = "s"
	dayKeys    = "d"
)

// maxSuffix is how many characters of a place are found without reading all
// places.
const maxSuffix = 32

// blockKey is what the keys of a block begin with.
func blockKey(block int) string { return strconv.Itoa(block) + keySeparator }

// mentions is the field of an article's mentions.
func (l *Language) mentions(mentions []query.Mention) *field {
	return &field{name: mentionField, options: keyOptions, place: placeMentions, terms: func() []term {
		var terms []term
		for i := range mentions {
			block := blockKey(i / blockMentions)
			for _, key := range mentionKeys(l.foldMention(&mentions[i])) {
				terms = append(terms, term{text: block + key, pos: i % blockMentions})
			}
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

// foldMention brings the texts of a mention into the form of keys.
func (l *Language) foldMention(m *query.Mention) query.Mention {
	out := *m
	for _, text := range []*string{
		&out.Category, &out.Term, &out.Subtype, &out.Unit, &out.Modifier, &out.Rule, &out.Place, &out.Adcode,
	} {
		*text = normal(l.Fold(*text))
	}
	out.Flags = make([]string, len(m.Flags))
	for i, f := range m.Flags {
		out.Flags[i] = normal(l.Fold(f))
	}
	return out
}

// mentionKeys are the keys of a mention that was folded.
func mentionKeys(m query.Mention) []string {
	h := head{m.Category, m.Counted}.key()
	keys := append([]string{headKeys + h, kindKeys + h + kindKey(&m)}, numbersOf(&m, h)...)
	if m.Place != "" || m.Adcode != "" {
		keys = append(keys, placeKeys+m.Adcode+keySeparator+m.Place)
	}
	for _, s := range suffixes(m.Place) {
		keys = append(keys, suffixKeys+s)
	}
	if m.AsOf != "" {
		keys = append(keys, dayKeys+m.AsOf)
	}
	return keys
}

// head is what the keys of most questions share.
type head struct {
	category string
	counted  bool
}

func (h head) key() string {
	counted := "0"
	if h.counted {
		counted = "1"
	}
	return h.category + keySeparator + counted + keySeparator
}

// cutHead reads a head before the rest of a key.
func cutHead(key string) (h head, rest string) {
	category, rest, _ := strings.Cut(key, keySeparator)
	counted, rest, _ := strings.Cut(rest, keySeparator)
	return head{category, counted == "1"}, rest
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

// numbersOf are the keys of the numbers of a mention with the head h. Numbers
// of things are never negative; one that is has no key.
func numbersOf(m *query.Mention, h string) []string {
	var keys []string
	same, mark := m.Value.Valid && m.Lo == m.Value && m.Hi == m.Value, unlike
	if same {
		mark = alike
	}
	if m.Value.Valid && m.Value.N >= 0 {
		for _, n := range numberLevels(uint64(m.Value.N)) {
			keys = append(keys, numberKeys+h+n+mark)
		}
	}
	if !same && (m.Lo.Valid || m.Hi.Valid) {
		valued := withoutValue
		if m.Value.Valid {
			valued = withValue
		}
		keys = append(keys, boundsKeys+h+valued+sortable(m.Lo)+keySeparator+sortable(m.Hi))
	}
	return keys
}

// Whether both bounds of a mention are its value, at the end of its numbers.
const (
	alike  = "="
	unlike = "~"
)

// Whether a mention has a value, before its bounds.
const (
	withoutValue = "0"
	withValue    = "1"
)

// readBounds reads the bounds in a key behind withValue or withoutValue.
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

// suffixes are what begins with each character of the words of a place: a place
// holds a text when one of them begins with it.
func suffixes(place string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(place, unicode.IsSpace) {
		for len(word) > 0 {
			out = append(out, firstRunes(word, maxSuffix))
			_, size := utf8.DecodeRuneInString(word)
			word = word[size:]
		}
	}
	return out
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
