package clean

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// Credits that stand within the body.
var (
	dateline  = regexp.MustCompile(`^([\p{Han}]{2,12}?)[讯訊](?:[\s\x{3000}:：]+|([(（][^)）]{2,40}[)）])[\s\x{3000}]*)`)
	wire      = regexp.MustCompile(`^(新[华華]社|中新社|[\p{Han}]{2,8}[网網社])([\p{Han}]{2,8}?)(\d{1,2})月(\d{1,2})日[电電](?:[(（]([^)）]{2,40})[)）])?[\s\x{3000}]*`)
	signature = regexp.MustCompile(`[。！？!?”」』…][\s\x{3000}]*([(（]([\p{Han}·、：:\s\x{2002}\x{3000}]{2,40})[)）]?)$`)
	caption   = regexp.MustCompile(`(?:供[图圖]|供稿|[摄攝]影?|[图圖][为為]|^[图图圖][：:]|^[（(]?[图圖]\d*[)）:：])`)
)

const (
	datelineBytes  = 160 // of the first line that a dateline can take
	signatureBytes = 200 // of the last line that names can take
)

// readDateline takes 某某日报讯(记者 某某) or 新华社某地3月1日电 off the first line.
func (l *layout) readDateline(text string, first corpus.Span) {
	start := cutAt(first.Of(text), datelineBytes)
	if !strings.Contains(start, "讯") && !strings.Contains(start, "訊") && !strings.Contains(start, "日电") && !strings.Contains(start, "日電") {
		return
	}
	cut := func(length int) {
		l.cuts = append(l.cuts, patch{span: corpus.Span{Start: first.Start, End: first.Start + length}, kind: "dateline", confidence: 0.95})
	}
	if m := wire.FindStringSubmatchIndex(start); m != nil {
		if l.credits.source == "" {
			l.credits.source = start[m[2]:m[3]]
		}
		l.credits.place = start[m[4]:m[5]]
		if m[10] >= 0 && l.credits.authors == nil {
			l.credits.authors = names(start[m[10]:m[11]])
		}
		cut(m[1])
		return
	}
	m := dateline.FindStringSubmatchIndex(start)
	if m == nil {
		return
	}
	if name := start[m[2]:m[3]]; l.credits.source == "" && !strings.HasPrefix(name, "本") {
		l.credits.source = name
	}
	if m[4] >= 0 && l.credits.authors == nil {
		l.credits.authors = names(strings.Trim(start[m[4]:m[5]], "()（）"))
	}
	cut(m[1])
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

// readSignature takes the writers' names in parentheses off the last line.
func (l *layout) readSignature(text string) {
	base := max(l.body.Start, l.body.End-signatureBytes)
	for base < l.body.End && !utf8.RuneStart(text[base]) {
		base++
	}
	end := text[base:l.body.End]
	if !strings.ContainsAny(end, "(") && !strings.Contains(end, "（") {
		return
	}
	m := signature.FindStringSubmatchIndex(end)
	if m == nil {
		return
	}
	people := names(end[m[4]:m[5]])
	for _, name := range people {
		if n := utf8.RuneCountInString(name); n > 4 && !strings.ContainsRune(name, '·') {
			return
		}
	}
	if l.credits.authors == nil {
		l.credits.authors = people
	}
	l.cuts = append(l.cuts, patch{span: corpus.Span{Start: base + m[2], End: l.body.End}, kind: "signature", confidence: 0.95})
}

// readLastDate takes the date of a document that closes with one, as official
// notices do, when nothing above says when it was published.
func (l *layout) readLastDate(text string, all []line) {
	const longest = 24
	if l.credits.published.Precision != corpus.Unknown {
		return
	}
	for i := len(all) - 1; i >= 0 && i >= len(all)-2; i-- {
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
	start, end := cutAt(s, 16), s[max(0, len(s)-40):]
	if !strings.Contains(start, "图") && !strings.Contains(start, "圖") && !strings.Contains(end, "摄") && !strings.Contains(end, "攝") && !strings.Contains(end, "供") {
		return false
	}
	for _, m := range caption.FindAllStringIndex(s, -1) {
		if m[0] == 0 || len(s)-m[1] <= len("记者某某某）") {
			return true
		}
	}
	return false
}
