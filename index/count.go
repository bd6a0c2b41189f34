package index

import (
	"strconv"
	"strings"

	"jianbao/corpus"
	"jianbao/index/query"
)

// mentionField holds one key a mention, with all that count( ) can ask of it.
// Fields of their own would forget which value goes with which place. The
// category and the value stand first: what is asked for most is a range of keys.
const mentionField = "_mention"

const keySeparator = "\x1f"

// mentionKey writes m as a key.
func (l *Language) mentionKey(m *query.Mention) string {
	lo, hi := sortable(m.Lo), sortable(m.Hi)
	if m.Lo == m.Value && m.Hi == m.Value {
		lo, hi = "", "="
	}
	counted := "0"
	if m.Counted {
		counted = "1"
	}
	key := strings.Join([]string{
		m.Category, sortable(m.Value), lo, hi, m.Term, m.Subtype, m.Unit, m.Modifier, strings.Join(m.Flags, ","), counted,
		m.Rule, m.AsOf, m.Adcode, m.Place,
	}, keySeparator)
	return l.normalText(key)
}

// readMention reads what mentionKey wrote; false for anything else.
func readMention(key string, m *query.Mention) bool {
	*m = query.Mention{Flags: m.Flags[:0]}
	var value, lo, hi, flags, counted string
	fields := [...]*string{
		&m.Category, &value, &lo, &hi, &m.Term, &m.Subtype, &m.Unit, &m.Modifier, &flags, &counted,
		&m.Rule, &m.AsOf, &m.Adcode, &m.Place,
	}
	for i, f := range fields {
		var more bool
		if *f, key, more = strings.Cut(key, keySeparator); more != (i < len(fields)-1) {
			return false
		}
	}
	m.Value, m.Lo, m.Hi, m.Counted = readSortable(value), readSortable(lo), readSortable(hi), counted == "1"
	if hi == "=" {
		m.Lo, m.Hi = m.Value, m.Value
	}
	for flags != "" {
		var flag string
		flag, flags, _ = strings.Cut(flags, ",")
		m.Flags = append(m.Flags, flag)
	}
	return true
}

// sortable writes a number so that texts sort as numbers: its length as a
// letter before its digits.
func sortable(n corpus.Int64) string {
	if !n.Valid {
		return ""
	}
	digits := strconv.FormatInt(n.N, 10)
	return string(rune('a'+len(digits))) + digits
}

func readSortable(s string) corpus.Int64 {
	if len(s) < 2 {
		return corpus.Int64{}
	}
	n, err := strconv.ParseInt(s[1:], 10, 64)
	return corpus.Int64{N: n, Valid: err == nil}
}

// mentions finds the documents with a mention that a query describes.
func (l *Language) mentions(c query.Count) matcher {
	test := c.Matcher(l.normalText)
	return keysLike(mentionField, pattern{c.String(), mentionPrefix(c.Node), func(key string) bool {
		var m query.Mention
		return readMention(key, &m) && test(&m)
	}, 0})
}

// mentionPrefix is what the keys of all mentions begin with that n asks for: a
// category, if n demands one.
func mentionPrefix(n query.Node) string {
	nodes := []query.Node{n}
	if and, ok := n.(query.And); ok {
		nodes = and.Nodes
	}
	for _, n := range nodes {
		if t, ok := n.(query.Term); ok && t.Field == query.Category {
			return normal(t.Text) + keySeparator
		}
	}
	return ""
}
