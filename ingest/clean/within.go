package clean

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// outlet is how the names of papers, sites and agencies end.
const outlet = `(?:[报報网網社台刊]|通[讯訊]社|[频頻]道|客[户戶]端|[发發]布|融媒|在[线線])`

// Credits that stand within the body: where its first line begins, in the
// order in which they are tried, and where its last line ends.
var (
	// （某社記者某某某縣12日電）, 〔記者某某／某地報導〕
	bracketLine = regexp.MustCompile(`^[（(〔【\[](\p{Han}{2,8}?` + outlet + `)?[记記]者\s*([^）)〕】\]]{2,40}?)(?:报道|報導|報道|[讯訊]|\d{1,2}日[电電])[）)〕】\]][\s\x{3000}]*`)
	// 【某某日報訊】記者某某報道：
	paperLine = regexp.MustCompile(`^[【〔\[](\p{Han}{2,10}?)[讯訊][】〕\]][\s\x{3000}]*(?:[记記]者(\p{Han}{2,12}?)(?:报道|報道|報導)[：:]?)?`)
	// 新华社某地3月1日电（记者某某）, 某某日报某地3月1日讯
	wireLine = regexp.MustCompile(`^(\p{Han}{1,8}?` + outlet + `)(\p{Han}{2,8}?)(\d{1,2})月(\d{1,2})日[电電讯訊](?:[\s\x{3000}]*[(（]([^)）]{2,40})[)）])?[\s\x{3000}]*`)
	// 某某日报讯(记者某某)
	newsLine = regexp.MustCompile(`^(\p{Han}{2,12}?)[讯訊](?:[\s\x{3000}]*[(（]([^)）]{2,40})[)）][\s\x{3000}]*|[\s\x{3000}:：]+)`)
	// 某某网消息：
	wordLine  = regexp.MustCompile(`^(\p{Han}{1,8}?` + outlet + `)消息[：:][\s\x{3000}]*`)
	signature = regexp.MustCompile(`[。！？!?”」』…][\s\x{3000}]*((?:[(（]完[)）][\s\x{3000}]*)?[(（]([\p{Han}·、：:\s\x{2002}\x{3000}]{1,40})[)）]?\d{0,9})$`)
	moreLine  = regexp.MustCompile(`(返回\p{Han}{2,4}，查看更多)$`)
	caption   = regexp.MustCompile(`(?:供[图圖]|供稿|[摄攝]影?|[图圖][为為]|^[图圖][：:]|^[（(]?[图圖]\d*[)）:：])`)
)

const (
	datelineBytes  = 160 // of the first line that a dateline can take
	signatureBytes = 200 // of the last line that names can take
)

// readDateline takes what names paper, place and reporter off the first line.
func (l *layout) readDateline(text string, first corpus.Span) {
	start := cutAt(first.Of(text), datelineBytes)
	if !hasAny(start, "讯", "訊", "日电", "日電", "消息", "报道", "報導", "報道") {
		return
	}
	group := func(m []string, i int) string {
		if i < len(m) {
			return strings.TrimSpace(m[i])
		}
		return ""
	}
	var source, place, people string
	var m []string
	if m = bracketLine.FindStringSubmatch(start); m != nil {
		source = group(m, 1)
		people, place = splitPlace(group(m, 2))
	} else if m = paperLine.FindStringSubmatch(start); m != nil {
		source, people = group(m, 1), group(m, 2)
	} else if m = wireLine.FindStringSubmatch(start); m != nil {
		source, place, people = group(m, 1), group(m, 2), group(m, 5)
	} else if m = wordLine.FindStringSubmatch(start); m != nil {
		source = group(m, 1)
	} else if m = newsLine.FindStringSubmatch(start); m != nil {
		source, people = group(m, 1), group(m, 2)
	} else {
		return
	}
	c := &l.credits
	if c.source == "" && source != "" && !strings.HasPrefix(source, "本") {
		c.source = source
	}
	if c.place == "" {
		c.place = place
	}
	if c.authors == nil && people != "" {
		c.authors = names(people)
	}
	l.cuts = append(l.cuts, patch{span: corpus.Span{Start: first.Start, End: first.Start + len(m[0])}, kind: "dateline", confidence: 0.95})
}

// splitPlace parts 陳某某鹿嶼縣 and 某某／某地 into a name and a place. A name
// that runs into a place has three characters.
func splitPlace(s string) (people, place string) {
	for _, slash := range []string{"／", "/"} {
		if people, place, ok := strings.Cut(s, slash); ok {
			return people, strings.TrimSpace(place)
		}
	}
	runes := []rune(s)
	if len(runes) > 4 && !strings.ContainsAny(s, " 、") {
		return string(runes[:3]), string(runes[3:])
	}
	return s, ""
}

func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// cutAt is at most n bytes of s, cut between characters.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// lastBytes is at most n bytes of the end of s, cut between characters.
func lastBytes(s string, n int) string {
	at := max(0, len(s)-n)
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// readSignature takes the writers' or the editor's names in parentheses off
// the last line.
func (l *layout) readSignature(text string) {
	end := lastBytes(l.body.Of(text), signatureBytes)
	if !hasAny(end, "(", "（", "查看更多") {
		return
	}
	base := l.body.End - len(end)
	cut := func(from int) {
		l.cuts = append(l.cuts, patch{span: corpus.Span{Start: base + from, End: l.body.End}, kind: "signature", confidence: 0.95})
	}
	if m := moreLine.FindStringIndex(end); m != nil {
		cut(m[0])
		return
	}
	m := signature.FindStringSubmatchIndex(end)
	if m == nil {
		return
	}
	inner := end[m[4]:m[5]]
	if inner == "完" {
		if strings.Contains(l.body.Of(text), "\n") { // else it may be all there is
			cut(m[2])
		}
		return
	}
	people := names(inner)
	for _, name := range people {
		if n := utf8.RuneCountInString(name); n > 4 && !strings.ContainsRune(name, '·') {
			return
		}
	}
	switch c := &l.credits; {
	case hasAny(inner, "编辑", "編輯", "责编", "責編"):
		if c.editors == nil {
			c.editors = people
		}
	case c.authors == nil:
		c.authors = people
	}
	cut(m[2])
}

// readLastDate takes the date of a document that closes with one, as official
// notices do, when nothing above says when it was published.
func (l *layout) readLastDate(text string, all []line) {
	const longest = 24
	if l.credits.published.Precision != corpus.Unknown {
		return
	}
	for i := len(all) - 1; i >= 0 && i >= len(all)-7; i-- {
		s := all[i].span.Of(text)
		if n := utf8.RuneCountInString(s); n > 0 && n <= longest {
			if at, ok := ReadDate(s); ok {
				l.credits.published = at
				return
			}
		}
	}
}

// readCaptions marks the lines of the body that belong to pictures. They stay:
// they tell counts too.
func (l *layout) readCaptions(text string, body []line) {
	for _, x := range body {
		s := x.span.Of(text)
		if len(s) > 0 && len(s) < captionBytes && isCaption(s) {
			l.marks = append(l.marks, patch{span: x.span, after: s, kind: "caption", confidence: 0.8})
		}
	}
}

// captionBytes is how long a caption can be.
const captionBytes = 400

// isCaption reports whether a line begins or ends as a caption does.
func isCaption(s string) bool {
	begins := strings.TrimLeft(cutAt(s, 8), "（(")
	if endsSentence(s) && !strings.HasPrefix(begins, "图") && !strings.HasPrefix(begins, "圖") {
		return false
	}
	if !hasAny(cutAt(s, 16), "图", "圖") && !hasAny(lastBytes(s, 40), "摄", "攝", "供") {
		return false
	}
	for _, m := range caption.FindAllStringIndex(s, -1) {
		if m[0] == 0 || len(s)-m[1] <= len("记者某某某）") {
			return true
		}
	}
	return false
}
