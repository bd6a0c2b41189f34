package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is a field that a credit line names.
type label uint8

const (
	otherLabel label = iota // ends the value before it
	sourceLabel
	authorLabel
	editorLabel
	dateLabel
)

// labelWords are the names of fields, simplified. Longer ones come first where
// one ends with another.
var labelWords = []struct {
	word  string
	label label
}{
	{"责任编辑", editorLabel}, {"值班编辑", editorLabel}, {"本期编辑", editorLabel}, {"编辑", editorLabel}, {"责编", editorLabel},
	{"本文来源", sourceLabel}, {"文章来源", sourceLabel}, {"信息来源", sourceLabel}, {"稿件来源", sourceLabel}, {"新闻来源", sourceLabel}, {"来源", sourceLabel},
	{"图片来源", otherLabel}, {"稿源", sourceLabel}, {"转自", sourceLabel}, {"出处", sourceLabel}, {"发布机构", sourceLabel}, {"发布单位", sourceLabel}, {"供稿单位", sourceLabel},
	{"文章作者", authorLabel}, {"作者", authorLabel}, {"本报记者", authorLabel}, {"记者", authorLabel}, {"撰稿", authorLabel}, {"文/图", authorLabel}, {"图/文", authorLabel}, {"文字", authorLabel}, {"文", authorLabel}, {"播音", otherLabel}, {"标签", otherLabel}, {"原标题", otherLabel},
	{"发布时间", dateLabel}, {"发布日期", dateLabel}, {"发表时间", dateLabel}, {"发表日期", dateLabel}, {"更新时间", otherLabel}, {"时间", dateLabel}, {"日期", dateLabel},
	{"发布者", otherLabel}, {"发布人", otherLabel}, {"通讯员", authorLabel}, {"供稿", otherLabel}, {"审核", otherLabel}, {"审校", otherLabel}, {"校对", otherLabel},
	{"初审", otherLabel}, {"复审", otherLabel}, {"终审", otherLabel}, {"一审", otherLabel}, {"二审", otherLabel}, {"三审", otherLabel}, {"初核", otherLabel}, {"主编", otherLabel}, {"监制", otherLabel}, {"签发", otherLabel},
	{"分享到", otherLabel}, {"分享", otherLabel}, {"字号", otherLabel}, {"字体", otherLabel}, {"文号", otherLabel}, {"浏览次数", otherLabel}, {"浏览量", otherLabel}, {"浏览", otherLabel},
	{"点击数", otherLabel}, {"点击量", otherLabel}, {"点击", otherLabel}, {"阅读", otherLabel}, {"阅读量", otherLabel}, {"索引号", otherLabel}, {"公开目录", otherLabel}, {"摄影", otherLabel},
}

// labelled is one field of a credit line.
type labelled struct {
	label label
	start int // of the name
	value int // where the value begins
}

// nextLabel finds the first name of a field that ends at or after offset at
// with a colon or a bar behind it.
func nextLabel(s string, at int) (labelled, bool) {
	for i := at; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == ':' || r == '：' || r == '|' || r == '｜' {
			if l, start, ok := labelBefore(s[at:i]); ok {
				return labelled{l, at + start, i + n}, true
			}
		}
		i += n
	}
	return labelled{}, false
}

// labelBefore is the longest name of a field at the end of s; white space
// within a name (来 源) and behind it does not matter.
func labelBefore(s string) (found label, start int, ok bool) {
	longest := 0
	for _, w := range labelWords {
		if len(w.word) <= longest {
			continue
		}
		if at, same := endsWith(s, w.word); same {
			found, start, ok, longest = w.label, at, true, len(w.word)
		}
	}
	return found, start, ok
}

// endsWith reports whether s ends with word, in either script and with any
// white space between, and where.
func endsWith(s, word string) (int, bool) {
	for word != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if n == 0 {
			return 0, false
		}
		s = s[:len(s)-n]
		if unicode.IsSpace(r) {
			continue
		}
		want, k := utf8.DecodeLastRuneInString(word)
		if r != want && simplified(r) != want {
			return 0, false
		}
		word = word[:len(word)-k]
	}
	return len(s), true
}

// extras are words of a page's tools that follow a value.
var extras = []string{" 打印", " 举报", " 分享", " 收藏", " 字体", " 我要评论", " 浏览", " 大 中 小"}

// valueOf is the value at the start of s: up to a wide gap, a bar, a closing
// bracket, a year, or a word of the page's tools.
func valueOf(s string) string {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	for _, x := range extras {
		s, _, _ = strings.Cut(s, x)
	}
	s, _, _ = strings.Cut(s, "_")
	spaces := 0
	for i, r := range s {
		switch {
		case r == '|' || r == '｜' || r == '】' || r == ']' || r == ')' || r == '）' || r == '］' || r == '\t' || r == 0x3000:
			return strings.TrimSpace(s[:i])
		case r >= '0' && r <= '9' && i > 0 && hasDate(s[i:min(len(s), i+16)]):
			return strings.TrimSpace(s[:i])
		case unicode.IsSpace(r):
			spaces++
			if spaces > 1 || i+1 < len(s) && isDigit(s[i+1]) {
				return strings.TrimSpace(s[:i])
			}
		default:
			spaces = 0
		}
	}
	return strings.TrimSpace(s)
}

// peopleOf is the value of a label that names people: they may stand wide
// apart.
func peopleOf(s string) string {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	if i := strings.IndexAny(s, "|_[]0123456789\t"); i >= 0 {
		s = s[:i]
	}
	for _, closing := range []string{"】", "）", "］", "｜", ")", "＿"} {
		s, _, _ = strings.Cut(s, closing)
	}
	return strings.TrimSpace(s)
}
