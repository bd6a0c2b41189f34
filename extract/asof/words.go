package asof

import "strings"

var (
	untils = []string{"截至", "截止"}
	links  = []string{"到", "至", "于"}
	zones  = []string{"北京时间", "当地时间"}
	soFar  = []string{"目前为止", "迄今为止"}
	stops  = []string{"为止", "止"}

	// deadlines stand before 截止 when it says until when one may do something.
	deadlines = []string{
		"报名", "报名时间", "申报", "申报时间", "申请", "申请时间", "投票", "投票时间", "投稿", "征集", "征集时间", "受理", "受理时间",
		"有效期", "期限", "时限", "活动时间", "公示", "公示时间",
	}
	// notAfter stand behind a date that is a limit: 截止2月23日前.
	notAfter = []string{"前", "之前", "以前", "起"}

	// daytimes stand between a day and its hour, the longer first.
	daytimes = []string{"凌晨", "清晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "夜间", "零时", "早", "晚"}

	monthEnds     = []string{"底", "末", "月底", "月末", "份底"}
	yearEnds      = []string{"底", "末", "年底", "年末", "年终"}
	thisYearEnds  = []string{"年底", "年末", "年终", "岁末"}
	thisMonthEnds = []string{"月底", "月末"}

	closings = []string{"）", ")"}

	// otherTimes open a clause that speaks of another time.
	otherTimes = []string{
		"目前", "现在", "现今", "如今", "眼下", "当前", "去年", "上年", "此前", "之前", "以前", "过去", "明年", "下一步", "下步", "接下来",
		"今后", "未来", "随后", "日前", "近日", "昨日", "昨天", "今日", "今天", "当日", "当天", "次日", "计划", "预计", "力争",
	}
	// openings begin a sentence that goes on with the stocktaking before it.
	openings = []string{
		"其中", "另有", "另外", "此外", "其余", "还有", "包括", "共有", "共计", "一共", "总共", "累计", "合计", "总计",
		"全省", "全市", "全州", "全盟", "全县", "全区", "全旗", "全镇", "全乡", "全村", "全街", "全国", "全系统",
	}
)

// unit is what a relative word counts back.
type unit uint8

const (
	none unit = iota
	days
	months
	years
)

// relative is a word for a time before the published day.
type relative struct {
	unit unit
	back int
}

// relatives are the words with what they say. Of two that begin alike the
// longer stands first.
var relatives = []struct {
	relative
	words []string
}{
	{relative{days, 0}, []string{"目前", "现在", "当前", "眼下", "今日", "今天", "今晨", "今早", "今晚"}},
	{relative{days, 1}, []string{"昨日", "昨天", "昨晚", "昨夜", "昨"}},
	{relative{days, 2}, []string{"前日", "前天", "前晚"}},
	{relative{months, 0}, []string{"本月", "这个月"}},
	{relative{months, 1}, []string{"上月", "上个月"}},
	{relative{years, 0}, []string{"今年", "本年"}},
	{relative{years, 1}, []string{"去年", "上年", "上一年"}},
	{relative{years, 2}, []string{"前年"}},
}

// Writing is what 发稿时 says: somebody, what he does, when.
var (
	writers  = []string{"记者", "本报记者", "本报", "本刊", "本台", "本网", "笔者", "小编"}
	writings = []string{"发稿", "截稿", "写稿", "成稿"}
	whens    = []string{"时", "之时", "前", "之前", "当日", "当天"}
)

// relativeAt reads a relative word at the start of s and returns its length.
func relativeAt(s string) (relative, int) {
	for _, r := range relatives {
		if n := prefix(s, r.words); n > 0 {
			return r.relative, n
		}
	}
	n := longest(s, writers)
	if size := prefix(s[n:], writings); size > 0 {
		n += size
		return relative{unit: days}, n + prefix(s[n:], whens)
	}
	return relative{}, 0
}

// prefix is the length of the first of words with which s begins, 0 when it
// begins with none.
func prefix(s string, words []string) int {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// longest is prefix with the longest word.
func longest(s string, words []string) (n int) {
	for _, w := range words {
		if len(w) > n && strings.HasPrefix(s, w) {
			n = len(w)
		}
	}
	return n
}

func suffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// opens reports whether a sentence goes on with what the one before counts.
func opens(sentence string) bool { return prefix(sentence, openings) > 0 }
