package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// lineKind is what a printed line is for.
type lineKind uint8

const (
	blank      lineKind = iota
	short               // a heading, a caption, a name: not told apart by itself
	paragraph           // running text
	credit              // source, author, editor, date
	navigation          // menus, bread crumbs
	preamble            // abstract, editor's note, original title
	section             // what begins here is no longer the article
	ending              // the article ends here; credits may follow
)

// line is one line of the printed text without the white space around it.
type line struct {
	span     corpus.Span
	kind     lineKind
	question bool // one short question or cry: running text, or a title
}

var byLine = regexp.MustCompile(`(?:^|[□■（(\s\x{3000}])(?:本[报報網网台刊])?(?:[记記]者|通[讯訊][员員])[\s:：/\x{3000}]*(\p{Han}.*)`)

// lines splits the printed text and says what each line is.
func lines(text string) []line {
	out := make([]line, 0, strings.Count(text, "\n")+1)
	for at := 0; at <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		span := trimmed(text, corpus.Span{Start: at, End: end})
		s := span.Of(text)
		out = append(out, line{span, kindOf(s), isQuestion(s)})
		at = end + 1
	}
	return out
}

// trimmed is span without the white space at its ends.
func trimmed(text string, span corpus.Span) corpus.Span {
	s := span.Of(text)
	if len(s) > 0 && s[0] >= 0xE4 { // most lines begin with a character and end with a mark
		if last, _ := utf8.DecodeLastRuneInString(s); !unicode.IsSpace(last) {
			return span
		}
	}
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	right := len(strings.TrimRightFunc(s[left:], unicode.IsSpace))
	return corpus.Span{Start: span.Start + left, End: span.Start + left + right}
}

// isQuestion reports whether a line is one short question or cry.
func isQuestion(s string) bool {
	return len(s) < runningBytes && hasSuffix(s, "？", "！", "?", "!") && !strings.Contains(s, "。")
}

// Bytes of a line that is running text whatever it holds, if it ends as a
// sentence does and begins as none of the cues does.
const runningBytes = 150

func kindOf(s string) lineKind {
	if s == "" {
		return blank
	}
	cue := cueOf(s)
	switch {
	case cue != none && cue != creditCue:
		return cue.kind()
	case len(s) > runningBytes && cue == none && endsSentence(s):
		return paragraph
	case cue == creditCue:
		return credit
	case isMenu(s):
		return navigation
	}
	han, marks := measure(s)
	if isByLine(s) || han < 4*minHan && hasDate(s) && !strings.ContainsAny(s, "。！？") {
		return credit
	}
	if han >= minHan && marks > 0 && (han >= 3*minHan || endsSentence(s)) {
		return paragraph
	}
	return short
}

// isByLine reports whether a line begins with reporters' names.
func isByLine(s string) bool {
	if !strings.Contains(cutAt(s, 24), "者") && !strings.Contains(cutAt(s, 24), "员") && !strings.Contains(cutAt(s, 24), "員") {
		return false
	}
	m := byLine.FindStringIndex(strings.TrimLeft(s, bullets))
	return m != nil && m[0] == 0
}

// endsSentence reports whether a line ends as running text does; a title with a
// comma in it does not. A bracket behind the mark, with names in it, is passed
// over.
func endsSentence(s string) bool {
	const longest = 120 // bytes of such a bracket
	for {
		r, n := utf8.DecodeLastRuneInString(s)
		switch r {
		case '。', '！', '？', '!', '?', '…', '；', ';', '：', ':':
			return true
		case '”', '’', '」', '』', '》', ' ', '\u3000', '】':
			s = s[:len(s)-n]
		case ')', '）':
			end := lastBytes(s, longest)
			open := max(strings.LastIndex(end, "("), strings.LastIndex(end, "（"))
			s = s[:len(s)-n]
			if open > 0 {
				s = s[:len(s)+n-len(end)+open]
			}
		default:
			return false
		}
	}
}

// minHan is how many Han characters a line of running text has at least.
const minHan = 12

// measure counts the Han characters of s and the marks that structure a
// sentence.
func measure(s string) (han, marks int) {
	for _, r := range s {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF || r > 0x3000 && unicode.Is(unicode.Han, r):
			han++
		case strings.ContainsRune("。！？；，,;!?…﹔", r):
			marks++
		}
	}
	return han, marks
}

// wideGap parts the words of a menu.
var wideGap = regexp.MustCompile(`\s{2,}|\s*[|｜>»›]+\s*|[\t\x{3000}]+`)

// isMenu reports whether a line is a row of short words with wide gaps.
func isMenu(s string) bool {
	const least, longest = 4, 10
	if !strings.Contains(s, "  ") && !strings.Contains(s, "|") && !strings.Contains(s, "｜") && !strings.Contains(s, ">") &&
		!strings.Contains(s, "»") && !strings.Contains(s, "\t") && !strings.Contains(s, "\u3000") {
		return false
	}
	words := wideGap.Split(s, -1)
	return len(words) >= least && utf8.RuneCountInString(s) <= longest*len(words) && !strings.ContainsAny(s, "。；0123456789")
}
