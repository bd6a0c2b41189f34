package clean

import (
	"regexp"
	"slices"
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
	outlet    string // named without a label: the source when nothing else is
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
	if c.authors == nil && hasAny(s, "者", "员", "員") {
		if m := byLine.FindStringSubmatchIndex(s); m != nil {
			people, place := strings.TrimSpace(s[m[2]:]), ""
			if hasSuffix(people, "報導", "报道", "報道") {
				people, place = splitPlace(people)
			}
			if c.authors = names(people); c.place == "" {
				c.place = placeOf(place)
			}
		}
	}
}

func (c *credits) set(l label, value string) {
	switch l {
	case dateLabel:
		if at, ok := readLabelledDate(value); ok && (c.published.Precision == corpus.Unknown || !c.dated) {
			c.published, c.dated = at, true
		}
	case sourceLabel:
		if value = valueOf(value); value != "" && c.source == "" {
			c.source, value = splitReporter(value)
			if value != "" && c.authors == nil {
				c.authors = names(value)
			}
		}
	case authorLabel:
		if people := peopleOf(value); people != "" && c.authors == nil {
			c.authors = names(people)
		}
	case editorLabel:
		for _, name := range names(peopleOf(value)) {
			if !slices.Contains(c.editors, name) {
				c.editors = append(c.editors, name)
			}
		}
	}
}

// shortYear is a year of two digits, which only a label makes one. Some sites
// print the time right behind the day.
var shortYear = regexp.MustCompile(`^\s*(\d{2}-\d{2}-\d{2})(\d{2}:\d{2})?`)

func readLabelledDate(s string) (corpus.Moment, bool) {
	if at, ok := ReadDate(s); ok {
		return at, true
	}
	if m := shortYear.FindStringSubmatch(s); m != nil {
		return ReadDate("20" + m[1] + " " + m[2])
	}
	return corpus.Moment{}, false
}

// placeOf is the place in 某地即時報導.
func placeOf(s string) string {
	for _, tail := range []string{"即時報導", "報導", "报道", "報道", "电", "電"} {
		s = strings.TrimSuffix(s, tail)
	}
	return s
}

// outletName is a paper, a site or an account that a line names without a
// label.
var outletName = regexp.MustCompile(`^(?:\p{Han}{2,12}?(?:[日晚晨早时時]?[报報]|电视台|電視台|[广廣]播电台|通[讯訊]社|融媒|[发發]布|在[线線]|客[户戶]端|[频頻]道|学习平台|机关党建|周刊|快[讯訊]|(?:新[闻聞]|[党黨]建|先[锋鋒]|政府|政务|[组組]工|纪检|宣[传傳])[网網])|\p{Han}{1,4}[网網社])$`)

// isOutlet reports whether a line or a word is the name of an outlet.
func isOutlet(s string) bool {
	const longest = 3 * 16
	return len(s) <= longest && outletName.MatchString(s)
}

// readOutlet takes an outlet that stands beside the date: 2020年02月14日 07:45
// 某某日报.
func (c *credits) readOutlet(s string) {
	if c.outlet != "" {
		return
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return unicode.IsSpace(r) || r == '／' || r == '/' || r == '|' }) {
		if isOutlet(word) {
			c.outlet = word
			return
		}
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
		case len(out) > 0 && (n > 4 && !strings.ContainsRune(part, '·') || isTool(part)):
			return out
		default:
			out = append(out, part)
		}
	}
	return out
}

// isTool reports whether a word is one of a page's tools rather than a name.
func isTool(word string) bool {
	switch word {
	case "打印", "分享", "收藏", "举报", "關閉", "关闭", "字号", "来源", "來源", "发布", "阅读", "點閱", "即時", "微信", "微博":
		return true
	}
	return false
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
