package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// credits is what the lines around a body say of the article.
type credits struct {
	source    string
	authors   []string
	editors   []string
	published corpus.Moment
	dated     bool   // published was labelled as such
	place     string // of the dateline
}

// read takes the labelled values of one line. What is known already stays: the
// line nearest to the title is read first.
func (c *credits) read(s string) {
	dated := false
	for at := 0; ; {
		l, ok := nextLabel(s, at)
		if !ok {
			break
		}
		end := len(s)
		if next, ok := nextLabel(s, l.value); ok {
			end = next.start
		}
		dated = dated || l.label == dateLabel
		c.set(l.label, s[l.value:end])
		at = l.value
	}
	if c.published.Precision == corpus.Unknown && !dated {
		if at, ok := ReadDate(s); ok {
			c.published = at
		}
	}
	if c.authors == nil && strings.Contains(s, "者") {
		if m := byLine.FindStringIndex(s); m != nil {
			c.authors = names(strings.TrimSpace(s[m[0]:]))
		}
	}
}

func (c *credits) set(l label, value string) {
	if l == dateLabel {
		if at, ok := ReadDate(value); ok && (c.published.Precision == corpus.Unknown || !c.dated) {
			c.published, c.dated = at, true
		}
		return
	}
	if value = valueOf(value); value == "" {
		return
	}
	switch {
	case l == sourceLabel && c.source == "":
		c.source, value = splitReporter(value)
		if value != "" && c.authors == nil {
			c.authors = names(value)
		}
	case l == authorLabel && c.authors == nil:
		c.authors = names(value)
	case l == editorLabel && c.editors == nil:
		c.editors = names(value)
	}
}

var reporter = regexp.MustCompile(`[\s\x{3000}]+(?:本[报報][记記]者|[记記]者|通[讯訊][员員]|作者)`)

// splitReporter parts 江城日报 记者某某 into the paper and the people.
func splitReporter(s string) (source, people string) {
	if m := reporter.FindStringIndex(s); m != nil {
		return s[:m[0]], strings.TrimSpace(s[m[0]:])
	}
	return s, ""
}

// roles are what a name is introduced by.
var roles = []string{
	"全媒体记者", "本报特约记者", "本报记者", "本网记者", "本台记者", "本刊记者", "特约记者", "记者", "通讯员", "通讯员：", "作者", "文", "编辑", "报道", "责任编辑", "责编", "撰稿", "撰文", "文字",
	"本報記者", "本網記者", "記者", "通訊員", "編輯", "報導", "報道", "責任編輯", "責編", "綜合報導", "电", "攝影報導",
}

// pictures begins the names of those who took the pictures, not wrote.
var pictures = []string{"摄影", "攝影", "图片", "圖片", "图", "圖", "视频", "視頻", "摄", "攝"}

// names parts a list of people. A name of two characters that was set apart
// for alignment (藍 鋒) is joined again.
func names(s string) []string {
	var out []string
	half := ""
	for part := range strings.FieldsFuncSeq(s, betweenNames) {
		part = withoutRole(part)
		if hasPrefix(part, pictures) && len(out) > 0 {
			break
		}
		switch n := utf8.RuneCountInString(part); {
		case n == 0:
		case n == 1 && half == "":
			half = part
		case n == 1:
			out, half = append(out, half+part), ""
		default:
			out = append(out, part)
		}
	}
	return out
}

func betweenNames(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("、，,;；/／:：()（）【】［］[]□■◎●", r)
}

// withoutRole takes the words before a name away.
func withoutRole(part string) string {
	for _, r := range roles {
		if rest, ok := strings.CutPrefix(part, r); ok && (rest == "" || utf8.RuneCountInString(rest) > 1) {
			return rest
		}
	}
	return part
}

func hasPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
