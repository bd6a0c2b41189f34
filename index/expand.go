package index

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// MaxExpansion is for how many words of the index one wildcard, fuzzy word or
// regular expression may stand. It bounds the time of a search.
const MaxExpansion = 4096

// pattern is a test of words.
type pattern struct {
	typed  string // for errors
	prefix string // of all words that match
	match  func(word string) bool
	limit  int // how many words may match; 0 for any number
}

// pattern is the test that a node makes of a word; false for a node that makes
// none.
func (l *Language) pattern(n query.Node) (field string, p pattern, ok bool) {
	switch n := n.(type) {
	case query.Wildcard:
		glob := query.NewGlob(l.normalText(n.Pattern))
		return n.Field, pattern{n.String(), glob.Prefix(), glob.Match, MaxExpansion}, true
	case query.Fuzzy:
		word := []rune(l.normalText(n.Text))
		match := func(other string) bool { return similar(word, other, n.Edits) }
		return n.Field, pattern{n.String(), "", match, MaxExpansion}, true
	case query.Regexp:
		expr, err := regexp.Compile("^(?i:" + l.Fold(n.Expr) + ")$")
		if err != nil { // folded to something else than was checked
			return n.Field, pattern{n.String(), "", func(string) bool { return false }, MaxExpansion}, true
		}
		return n.Field, pattern{n.String(), "", expr.MatchString, MaxExpansion}, true
	}
	return "", pattern{}, false
}

// words are the words of a field that p matches; ErrTooBroad when they are more
// than its limit.
func (p pattern) words(ctx context.Context, i bleveindex.IndexReader, field string) (words []string, err error) {
	dict, err := i.FieldDictPrefix(field, []byte(p.prefix))
	if err != nil {
		return nil, fmt.Errorf("list words of %s: %w", field, err)
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	for n := 0; ; n++ {
		entry, err := dict.Next()
		if err != nil {
			return nil, fmt.Errorf("list words of %s: %w", field, err)
		}
		if entry == nil {
			return words, nil
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !p.match(entry.Term) {
			continue
		}
		if words = append(words, strings.Clone(entry.Term)); p.limit > 0 && len(words) > p.limit {
			return nil, fmt.Errorf("%s: %w (%d)", p.typed, ErrTooBroad, p.limit)
		}
	}
}

// similar reports whether at most edits characters must be changed, put in or
// taken out to make one word of the other.
func similar(word []rune, other string, edits int) bool {
	n := utf8.RuneCountInString(other)
	if n > len(word)+edits || n < len(word)-edits {
		return false
	}
	row := make([]int, len(word)+1)
	for i := range row {
		row[i] = i
	}
	j := 0
	for _, r := range other {
		j++
		diagonal, least := row[0], j
		row[0] = j
		for i, w := range word {
			cost := diagonal
			if w != r {
				cost++
			}
			diagonal = row[i+1]
			row[i+1] = min(cost, row[i]+1, row[i+1]+1)
			least = min(least, row[i+1])
		}
		if least > edits {
			return false
		}
	}
	return row[len(word)] <= edits
}
