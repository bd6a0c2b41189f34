package clean

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// credits is what the lines around a body say of the article.
type credits struct {
	source    string
	authors   []string
	editors   []string
	published corpus.Moment
}

// field finds the labels inside a credit line; a value reaches to the next
// label or to a wide gap.
var field = regexp.MustCompile(`(?:文章|信息|稿件|新[闻聞])?(来\s*源|來\s*源|作\s*者|[责責]任[编編][辑輯]|[责責][编編]|[编編]\s*[辑輯]|[记記]者|[发發]布[时時][间間]|[发發]表[时時][间間]|[发發]布日期|日期|[时時][间間]|[发發]布者|[发發]布[机機][构構]|通[讯訊][员員]|[审審]\s*[核校]|[初终終]\s*[审審核]|分享|字[号號]|文[号號]|[浏瀏][览覽]量?)\s*[:：|][\s\x{3000}]*`)

// valueEnd is where a value ends within what follows its label.
var valueEnd = regexp.MustCompile(`\s{2,}|[|｜】］\])）\t\x{3000}]|\s+[\d]{4}`)

// read takes the labelled values of one line. What is known already stays: the
// line nearest to the title is read first.
func (c *credits) read(s string) {
	marks := field.FindAllStringSubmatchIndex(s, -1)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		value := s[m[1]:end]
		if cut := valueEnd.FindStringIndex(value); cut != nil {
			value = value[:cut[0]]
		}
		c.set(strings.Join(strings.Fields(s[m[2]:m[3]]), ""), strings.TrimSpace(value))
	}
	if c.published.Precision == corpus.Unknown {
		if at, ok := ReadDate(s); ok {
			c.published = at
		}
	}
	if c.authors == nil {
		if m := byLine.FindStringIndex(s); m != nil {
			c.authors = names(strings.TrimSpace(s[m[0]:]))
		}
	}
}

func (c *credits) set(label, value string) {
	if value == "" {
		return
	}
	switch first, _ := utf8.DecodeRuneInString(label); {
	case strings.HasSuffix(label, "源") || strings.HasSuffix(label, "构") || strings.HasSuffix(label, "構"):
		if c.source == "" {
			c.source, value = splitReporter(value)
			if value != "" && c.authors == nil {
				c.authors = names(value)
			}
		}
	case strings.HasSuffix(label, "者") && label != "发布者" && label != "發布者":
		if c.authors == nil {
			c.authors = names(value)
		}
	case first == '责' || first == '責' || first == '编' || first == '編':
		if c.editors == nil {
			c.editors = names(value)
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

var (
	role     = regexp.MustCompile(`^(?:本[报報網网台刊]|特[约約])?(?:[记記]者|作者|文)[\s:：/]*`)
	betweens = regexp.MustCompile(`[、，,;；/\s\x{2002}\x{3000}]+`)
)

// names parts a list of people. A name of two characters that was set apart
// for alignment (藍 鋒) is joined again.
func names(s string) []string {
	s = role.ReplaceAllString(strings.TrimSpace(s), "")
	var out []string
	half := ""
	for _, part := range betweens.Split(s, -1) {
		part = strings.Trim(part, "()（）【】［］[]")
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
