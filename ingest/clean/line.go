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
)

// line is one line of the printed text without the white space around it.
type line struct {
	span corpus.Span
	kind lineKind
}

// Cues that a line begins with, after an opening bracket or bullet, in both
// scripts. They come from the layouts of news sites and government portals.
var (
	sectionCue = regexp.MustCompile(`^(?:推[荐薦][阅閱][读讀]|相[关關](?:[阅閱][读讀]|新[闻聞]|[链鏈]接|文章|稿件|[报報]道)|延伸[阅閱][读讀]|[评評][论論]留言|[网網]友[评評][论論]|[发發]表[评評][论論]|我要留言|版[权權](?:[声聲]明|所有)|免[责責][声聲]明|上一[篇条條]|下一[篇条條]|[网網]站[备備]案|友情[链鏈]接|打印本[页頁]|[关關][闭閉]窗口|[扫掃]一[扫掃]|分享到|返回[顶頂]部|[热熱][门門]推[荐薦]|猜你喜[欢歡]|主[办辦][单單]位|技[术術]支持|Copyright|[\p{Han}]ICP[备備])`)
	creditCue  = regexp.MustCompile(`^(?:文章|信息|稿件|[图圖]片|新[闻聞])?(?:[责責][任]?[编編](?:[辑輯])?|[编編]\s*[辑輯]|[审審]\s*[核校]|[初终終复複][审審核]|初\s*[审審核]|[终終]\s*[审審核]|[监監][制製]|来\s*源|來\s*源|作\s*者|[记記]者|本[报報網网台][记記]者|通[讯訊][员員]|[发發]布[时時者机機][间間构構]?|[发發]表[时時][间間]|[时時][间間]|日期|[浏瀏][览覽]|[点點][击擊]|字[号號體体]|小字[号號]|分享|索引[号號]|公[开開]目[录錄]|文[号號])\s*[:：/|(（]`)
	byLine     = regexp.MustCompile(`(?:^|[□■（(\s\x{3000}])(?:本[报報網网台刊][记記]者|[记記]者|通[讯訊][员員])[\s:：/\x{3000}]+\p{Han}`)
	navCue     = regexp.MustCompile(`^(?:您?[当當]前的?位置|您[现現]在的位置|首[页頁]\s*[>»›|]|[网網]站首[页頁]|[设設][为為]首[页頁]|加入收藏|您好[,，]?[欢歡]迎|[今现現][天在]是)`)
	introCue   = regexp.MustCompile(`^(?:[内內]容)?(?:摘要|提要|[导導][语語读讀]|[编編]者按|[编編][辑輯]按|核心提示|原[标標][题題])\s*[:：】]`)
	dashRun    = regexp.MustCompile(`\s{2,}|\s*[|｜>»›]+\s*`)
)

// lines splits the printed text and says what each line is.
func lines(text string) []line {
	var out []line
	for at := 0; at <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		span := trimmed(text, corpus.Span{Start: at, End: end})
		out = append(out, line{span, kindOf(span.Of(text))})
		at = end + 1
	}
	return out
}

// trimmed is span without the white space at its ends.
func trimmed(text string, span corpus.Span) corpus.Span {
	s := span.Of(text)
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	right := len(strings.TrimRightFunc(s[left:], unicode.IsSpace))
	return corpus.Span{Start: span.Start + left, End: span.Start + left + right}
}

func kindOf(s string) lineKind {
	if s == "" {
		return blank
	}
	bare := strings.TrimLeft(s, "（(【［[□■◎●•·◆▶>- \u3000")
	switch {
	case sectionCue.MatchString(bare):
		return section
	case navCue.MatchString(bare) || isMenu(s):
		return navigation
	case introCue.MatchString(bare):
		return preamble
	}
	han, marks := measure(s)
	isRunning := han >= minHan && marks > 0 && (han >= 3*minHan || endsSentence(s))
	if creditCue.MatchString(bare) || startsWith(byLine, bare) || han < 4*minHan && !strings.ContainsAny(s, "。！？") && hasDate(s) {
		return credit
	}
	if isRunning {
		return paragraph
	}
	return short
}

func startsWith(cue *regexp.Regexp, s string) bool {
	m := cue.FindStringIndex(s)
	return m != nil && m[0] == 0
}

// endsSentence reports whether a line ends as running text does; a title with a
// comma in it does not.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’」』）)"))
	return strings.ContainsRune("。！？!?…；;：:", last)
}

// minHan is how many Han characters a line of running text has at least.
const minHan = 12

// measure counts the Han characters of s and the marks that structure a
// sentence.
func measure(s string) (han, marks int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case strings.ContainsRune("。！？；，,;!?…﹔", r):
			marks++
		}
	}
	return han, marks
}

// isMenu reports whether a line is a row of short words with wide gaps.
func isMenu(s string) bool {
	const least, longest = 4, 10
	if !strings.Contains(s, "  ") && !strings.ContainsAny(s, "|｜>»\t\u3000") {
		return false
	}
	words := dashRun.Split(s, -1)
	return len(words) >= least && utf8.RuneCountInString(s) <= longest*len(words) && !strings.ContainsAny(s, "。；0123456789")
}
