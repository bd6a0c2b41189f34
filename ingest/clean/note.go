package clean

import (
	"regexp"
	"strings"
	"unicode"

	"jianbao/corpus"
)

// publisherRecord is the line that a newspaper system leaves of its hidden
// record: date, sheet, paper, file and title.
var publisherRecord = regexp.MustCompile(`^-->\s*(\d{4}-\d{2}-\d{2})\s+\S+\s+\S+\s+(\p{Han}+)\s+content_\d+\.html?\s+\d+\s+(\S.*?)\s*/?enpproperty`)

// readPublisherRecord takes such a line and returns the title in it.
func (c *credits) readPublisherRecord(s string) (title string) {
	if !strings.HasPrefix(s, "-->") {
		return ""
	}
	m := publisherRecord.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	if at, ok := ReadDate(m[1]); ok && c.published.Precision == corpus.Unknown {
		c.published = at
	}
	if c.source == "" {
		c.source = m[2]
	}
	return m[3]
}

// launched finds the outlet that an editor's note names: 人民网某某频道推出系列报道.
var launched = regexp.MustCompile(`(?:^|[，。,;；:：\s])(\p{Han}{2,12}?(?:[网網台社]|[报報]|[频頻]道|客[户戶]端))(?:[现現特]|今[日起]|近日)?(?:推出|[开開][设設辟闢]|刊[发發]|[联聯]合)`)

func (c *credits) readNote(s string) {
	if c.source != "" {
		return
	}
	if m := launched.FindStringSubmatch(s); m != nil {
		c.source = m[1]
	}
}

// surnames are the commonest ones, which nine in ten people have, in both
// scripts.
const surnames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閆段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯"

// isName reports whether a line is nothing but one or two people's names.
func isName(s string) bool {
	const longest = 40 // bytes: two names with a gap
	if len(s) > longest || s == "" {
		return false
	}
	if parts := strings.Fields(s); len(parts) == 2 && len(parts[0]) == 3 && len(parts[1]) == 3 {
		return true // a name of two characters that was set apart
	}
	runes, first := 0, true
	for _, r := range s {
		if unicode.IsSpace(r) || r == '、' {
			if runes < 2 {
				return false
			}
			runes, first = 0, true
			continue
		}
		if first && !strings.ContainsRune(surnames, r) || !unicode.Is(unicode.Han, r) {
			return false
		}
		first = false
		if runes++; runes > 4 {
			return false
		}
	}
	return runes >= 2
}
