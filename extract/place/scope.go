package place

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// Resolve says which place 全市, 全县, 全区 and the like mean in an article
// about doc: doc or the nearest division above it whose name ends so. scope is
// the character behind 全: 省, 市, 州, 盟, 县, 区, 旗, 镇, 乡, 村, 街 (街道) or
// 社 (社区). 区 is a county-level district first, then an autonomous region.
// It returns false when doc has no such division.
func (g *Gazetteer) Resolve(scope rune, doc Match) (Match, bool) {
	if doc.Name != "" && fits(scope, doc.Name, doc.Level) {
		return doc, true
	}
	code := doc.Within
	if doc.Code != "" {
		code = doc.Code
	}
	for code != "" {
		i, ok := g.index(code)
		if !ok {
			return Match{}, false
		}
		d := &g.divisions[i]
		if fits(scope, d.Name, d.Level) {
			return Match{Name: d.Name, Code: d.Code, Level: d.Level, Within: d.Parent, division: i + 1}, true
		}
		code = d.Parent
	}
	return Match{}, false
}

// fits reports whether a place can be called by a scope.
func fits(scope rune, name string, level Level) bool {
	switch scope {
	case '街':
		return level == Town && strings.HasSuffix(name, "街道")
	case '社':
		return level == Village && strings.HasSuffix(name, "社区")
	case '村':
		return level == Village && strings.HasSuffix(name, "村")
	case '区':
		return level < Town && strings.HasSuffix(name, "区")
	case '省', '市', '州', '盟', '县', '旗', '镇', '乡':
		last, _ := utf8.DecodeLastRuneInString(name)
		return last == scope
	}
	return false
}

// scopeHeads stand before the kind of place in a scope word.
const scopeHeads = "全我本该"

// scopeAt reads a scope word at the start of s: the character that Resolve
// takes and the length of the word; a length of 0 when there is none.
func scopeAt(s string) (scope rune, length int) {
	head, n := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(scopeHeads, head) {
		return 0, 0
	}
	for _, long := range [...]struct {
		word  string
		scope rune
	}{{"街道", '街'}, {"社区", '社'}, {"自治区", '区'}, {"自治州", '州'}, {"自治县", '县'}} {
		if strings.HasPrefix(s[n:], long.word) {
			return long.scope, n + len(long.word)
		}
	}
	kind, m := utf8.DecodeRuneInString(s[n:])
	if !strings.ContainsRune("省市州盟县区旗镇乡村", kind) {
		return 0, 0
	}
	next, _ := utf8.DecodeRuneInString(s[n+m:])
	if strings.ContainsRune(wrongBehind[string(kind)], next) && !strings.ContainsRune("民城区", next) {
		return 0, 0
	}
	return kind, n + m
}

// lastScope is the last scope word of text[span] that doc resolves, and where
// it ends.
func (g *Gazetteer) lastScope(text string, span corpus.Span, doc Match) (m Match, end int, ok bool) {
	for at := span.Start; at < span.End; {
		scope, n := scopeAt(text[at:span.End])
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text[at:span.End])
		} else if found, resolved := g.Resolve(scope, doc); resolved {
			m, end, ok = found, at+n, true
		}
		at += n
	}
	return m, end, ok
}
