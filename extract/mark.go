package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// cue is a word or mark that says something of the numbers around it.
type cue uint8

const (
	each      cue = iota // 每, 人均: what follows is a number for each
	every                // 各 of single units
	total                // 共, 全县: what follows is a total
	among                // 其中: what follows is a part
	another              // 另: what follows is no part
	whoever              // 凡: what follows is a condition
	semicolon            // ；
	opening              // of a bracket
	closing
	cues
)

// clauseMarks end a clause; the enumeration comma does not.
const clauseMarks = "，,。；;：:！!？?…\n"

// maxSlogan is the length of a quoted slogan in code points.
const maxSlogan = 16

// quotes are the pairs of marks around a quotation or a title.
var quotes = [...]struct{ open, close rune }{{'“', '”'}, {'「', '」'}, {'《', '》'}, {'‘', '’'}}

// marks are the places in a sentence that its numbers ask for again and again.
// They are found in one pass, so that a number costs the same wherever in a
// sentence it stands.
type marks struct {
	clauses []int // where clauses begin
	cues    [cues][]int
	slogans []corpus.Span    // short quotations that nobody says, in the order of their ends
	opened  [len(quotes)]int // where a quotation of each kind begins, -1 outside
	barred  bool             // it has what parts the cells of a table
}

// reset empties m for a sentence that begins at start.
func (m *marks) reset(start int) {
	m.clauses = append(m.clauses[:0], start)
	for i := range m.cues {
		m.cues[i] = m.cues[i][:0]
	}
	m.slogans, m.barred = m.slogans[:0], false
	for i := range m.opened {
		m.opened[i] = -1
	}
}

func (m *marks) add(c cue, at int) { m.cues[c] = append(m.cues[c], at) }

// count is how many cues of a kind begin in text[from:to].
func (m *marks) count(c cue, from, to int) int {
	if len(m.cues[c]) == 0 {
		return 0
	}
	return sort.SearchInts(m.cues[c], to) - sort.SearchInts(m.cues[c], from)
}

// has reports whether a cue of a kind begins in text[from:to].
func (m *marks) has(c cue, from, to int) bool { return m.count(c, from, to) > 0 }

// first is where the first cue of a kind in text[from:to] begins; -1 for none.
func (m *marks) first(c cue, from, to int) int {
	if i := sort.SearchInts(m.cues[c], from); i < len(m.cues[c]) && m.cues[c][i] < to {
		return m.cues[c][i]
	}
	return -1
}

// last is where the last cue of a kind before an offset begins; -1 for none.
func (m *marks) last(c cue, before int) int {
	if i := sort.SearchInts(m.cues[c], before); i > 0 {
		return m.cues[c][i-1]
	}
	return -1
}

// clauseStart is where the clause that holds the text just before at begins.
func (m *marks) clauseStart(at int) int {
	return m.clauses[max(0, sort.SearchInts(m.clauses, at+1)-1)]
}

// cueChars has one bit for each ideograph with which a cue begins.
var cueChars = func() (bits hanBits) {
	for _, r := range "每人户平各共合总累目现全其另凡" {
		bits.set(r)
	}
	return bits
}()

// hanBits is a set of ideographs.
type hanBits [hanSize / 64]uint64

func (b *hanBits) set(r rune) {
	if i := uint32(r) - firstHan; i < hanSize {
		b[i/64] |= 1 << (i % 64)
	}
}

// scan finds the nouns, leftmost and longest, and the marks of the sentence.
func (s *sentence) scan() {
	text, starts, nounEnd := s.text[:s.span.End], &s.x.starts, 0
	s.reset(s.span.Start)
	for at := s.span.Start; at < len(text); {
		c := text[at]
		width := 3
		switch {
		case c >= 0xE2 && c <= 0xEF && at+2 < len(text): // three bytes
			r := rune(c&0x0F)<<12 | rune(text[at+1]&0x3F)<<6 | rune(text[at+2]&0x3F)
			i := uint32(r) - firstHan
			if i >= hanSize {
				s.mark(r, at, width)
				if s.x.foreign && at >= nounEnd {
					nounEnd = s.noun(s.x.lexicon.root(r), at, width)
				}
				break
			}
			if starts[i/64]>>(i%64)&1 == 0 {
				break
			}
			if cueChars[i/64]>>(i%64)&1 != 0 {
				s.cue(r, at)
			}
			if at >= nounEnd {
				nounEnd = s.noun(s.x.lexicon.roots[i], at, width)
			}
		case c < utf8.RuneSelf && !s.x.foreign:
			width = 1
			s.mark(rune(c), at, width)
		default:
			var r rune
			r, width = utf8.DecodeRuneInString(text[at:])
			s.mark(r, at, width)
			if at >= nounEnd && s.x.foreign {
				nounEnd = s.noun(s.x.lexicon.root(r), at, width)
			}
		}
		at += width
	}
}

// noun adds the longest word at an offset, if any, and returns where it ends. Root is
// the node behind the character there.
func (s *sentence) noun(root int32, at, width int) (end int) {
	if root == 0 {
		return at
	}
	e, n := s.x.lexicon.longest(s.text[at:s.span.End], root, width)
	if n > 0 {
		s.nouns = append(s.nouns, noun{entry: e, span: corpus.Span{Start: at, End: at + n}})
		s.counted = s.counted || e.pack != nil
	}
	return at + n
}

// cue notes what the ideograph at an offset begins.
func (s *sentence) cue(r rune, at int) {
	next, _ := utf8.DecodeRuneInString(s.text[at+3 : s.span.End])
	switch r {
	case '每':
		if next != utf8.RuneError && !strings.ContainsRune("天日年月周次当逢晚隔夜时分到", next) {
			s.add(each, at)
		}
	case '人', '户', '平':
		if next == '均' {
			s.add(each, at)
		}
	case '各':
		if next != utf8.RuneError && !strings.ContainsRune("级地类项种界族方自位条行式阶部", next) && !s.behindAny(at, "从由向对给") {
			s.add(every, at)
		}
	case '共':
		s.add(total, at)
	case '合', '总', '累':
		if next == '计' {
			s.add(total, at)
		}
	case '目':
		if next == '前' {
			s.add(total, at)
		}
	case '现':
		if next == '有' {
			s.add(total, at)
		}
	case '全':
		if next != utf8.RuneError && strings.ContainsRune("省市县区镇乡村州街团系线", next) {
			s.add(total, at)
		}
	case '其':
		if next == '中' {
			s.add(among, at)
		}
	case '另':
		s.add(another, at)
	case '凡':
		s.add(whoever, at)
	}
}

// behindAny reports whether the rune before an offset is one of set.
func (s *sentence) behindAny(at int, set string) bool {
	r, n := utf8.DecodeLastRuneInString(s.text[s.span.Start:at])
	return n > 0 && strings.ContainsRune(set, r)
}

// mark notes punctuation of the given width at an offset.
func (s *sentence) mark(r rune, at, width int) {
	switch r {
	case '，', ',', '。', '：', ':', '！', '!', '？', '?', '…', '\n':
		s.clauses = append(s.clauses, at+width)
	case '；', ';':
		s.clauses = append(s.clauses, at+width)
		s.add(semicolon, at)
	case '（', '(':
		s.add(opening, at)
	case '）', ')':
		s.add(closing, at)
	case '|', '｜', '\t':
		s.barred = true
	case '“', '「', '《', '‘':
		for i, q := range quotes {
			if r == q.open {
				s.opened[i] = at
			}
		}
	case '”', '」', '》', '’':
		for i, q := range quotes {
			if r == q.close && s.opened[i] >= 0 {
				s.quotation(corpus.Span{Start: s.opened[i] + width, End: at}, width)
				s.opened[i] = -1
			}
		}
	}
}

// quotation notes what stands between quotes if it is a slogan: “千名干部下基层”活动. What is
// said follows a colon or ends like a sentence: “设了16个卡点。”
func (s *sentence) quotation(inner corpus.Span, width int) {
	if inner.Len() > maxSlogan*utf8.UTFMax || s.runes(inner) > maxSlogan {
		return
	}
	last, _ := utf8.DecodeLastRuneInString(inner.Of(s.text))
	if s.behindAny(inner.Start-width, "：:") || strings.ContainsRune("。，", last) {
		return
	}
	s.slogans = append(s.slogans, inner)
}

// inSlogan reports whether a number stands in a short quotation that nobody says.
func (m *marks) inSlogan(number corpus.Span) bool {
	i := sort.Search(len(m.slogans), func(i int) bool { return m.slogans[i].End >= number.End })
	for ; i < len(m.slogans) && m.slogans[i].End <= number.End+maxSlogan*utf8.UTFMax; i++ {
		if m.slogans[i].Start <= number.Start {
			return true
		}
	}
	return false
}
