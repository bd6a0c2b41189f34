package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is what the first words of a line say of it.
type cue uint8

const (
	none cue = iota
	sectionCue
	creditCue
	navigationCue
	preambleCue
	endingCue
)

func (c cue) kind() lineKind {
	return [...]lineKind{short, section, credit, navigation, preamble, ending}[c]
}

// The words with which lines begin on the pages of news sites and government
// portals, simplified. A credit's label is followed by a colon or the like.
var cues = map[cue][]string{
	sectionCue: {
		"推荐阅读", "相关阅读", "相关新闻", "相关链接", "相关文章", "相关稿件", "相关报道", "延伸阅读", "评论留言", "网友评论", "网友留言",
		"发表评论", "我要留言", "我要评论", "版权声明", "版权所有", "免责声明", "上一篇", "上一条", "下一篇", "下一条", "网站备案", "友情链接", "打印本页",
		"关闭窗口", "扫一扫", "扫描二维码", "分享到", "返回顶部", "热门推荐", "热点推荐", "猜你喜欢", "主办单位", "技术支持", "Copyright", "长按二维码",
		"特别声明", "特别提示", "大家都在看", "我来说两句", "我要说两句", "跟贴", "全部评论", "查看评论", "热门标签", "为你推荐", "下载中央社", "本网站之", "不用抽", "提醒您",
		"您是第", "您是本站第", "网站地图", "©", "返回首页", "长按识别", "阅读原文", "精彩评论", "最新评论", "热门评论", "相关推荐", "更多精彩", "往期推荐", "点击下方", "声明：", "声明:",
	},
	endingCue: {
		"举报", "返回搜狐", "标签：", "标签:", "关键词：", "关键词:", "点击进入专题", "—END—", "END", "-END-", "–END–", "点个“在看”", "点亮“在看”", "投诉", "赞",
		"抄送", "附件：", "附件:", "此件公开发布", "关闭",
	},
	creditCue: {
		"责编", "责任编辑", "值班编辑", "本期编辑", "网络编辑", "编辑", "审核", "审校", "校对", "初审", "复审", "终审", "初核", "一审", "二审", "三审", "监制", "主编", "签发",
		"来源", "本文来源", "文章来源", "信息来源", "稿件来源", "新闻来源", "图片来源", "稿源", "转自", "出处", "供稿", "供稿单位", "作者", "文章作者", "记者", "本报记者", "通讯员", "撰稿", "文图", "文/图", "图/文", "文字", "文", "创建于",
		"发布时间", "发布日期", "发布者", "发布机构", "发布单位", "发表时间", "更新时间", "时间", "日期", "浏览", "浏览次数", "浏览量", "点击", "点击数", "点击量", "阅读", "阅读次数", "字号", "字体",
		"小字号", "分享", "索引号", "公开目录", "文号", "信息分类", "主题分类", "生成日期",
	},
	navigationCue: {
		"您当前位置", "当前位置", "您当前的位置", "当前的位置", "您现在的位置", "你当前的位置", "您的位置", "你的位置", "所在位置", "首页>", "首页»", "首页›", "首页|", "网站首页", "设为首页",
		"上一版", "下一版", "缩小字体", "大字体", "播报文章", "请同意我们", "微信扫一扫", "加入收藏", "您好欢迎", "您好，欢迎", "您好,欢迎", "欢迎光临", "欢迎访问", "今天是", "现在是", "点击上方",
	},
	preambleCue: {
		"摘要", "内容摘要", "提要", "内容提要", "导语", "导读", "编者按", "编辑按", "核心提示", "原标题",
	},
}

// cueTable has the cues by their first character.
var cueTable = func() map[rune][]cueWord {
	table := map[rune][]cueWord{}
	for c, words := range cues {
		for _, w := range words {
			first, _ := utf8.DecodeRuneInString(w)
			table[first] = append(table[first], cueWord{w, c})
		}
	}
	return table
}()

type cueWord struct {
	word string
	cue  cue
}

// simplified is the simplified form of a character that cues and labels are
// made of; the folding of whole texts comes later.
func simplified(r rune) rune {
	if s, ok := simple[r]; ok {
		return s
	}
	return r
}

var simple = map[rune]rune{
	'薦': '荐', '閱': '阅', '讀': '读', '關': '关', '聞': '闻', '鏈': '链', '報': '报', '導': '导', '評': '评', '論': '论', '網': '网', '發': '发',
	'權': '权', '聲': '声', '責': '责', '條': '条', '備': '备', '頁': '页', '閉': '闭', '掃': '扫', '頂': '顶', '熱': '热', '門': '门', '歡': '欢',
	'辦': '办', '單': '单', '術': '术', '編': '编', '輯': '辑', '審': '审', '終': '终', '複': '复', '監': '监', '製': '制', '來': '来', '記': '记',
	'訊': '讯', '員': '员', '時': '时', '間': '间', '機': '机', '構': '构', '瀏': '浏', '覽': '览', '點': '点', '擊': '击', '號': '号', '體': '体',
	'開': '开', '錄': '录', '圖': '图', '當': '当', '現': '现', '設': '设', '為': '为', '標': '标', '題': '题', '語': '语', '內': '内', '稱': '称',
	'維': '维', '碼': '码', '識': '识', '聯': '联', '類': '类', '數': '数', '轉': '转', '臨': '临', '請': '请', '們': '们', '載': '载', '隱': '隐', '飛': '飞', '醒': '醒',
}

const bullets = "（(【［[□■◎●•·◆▶>-—◇▲△★☆※ \t\u3000\u00a0"

// cueRunes is how far into a line a cue can reach.
const cueRunes = 12

// cueOf reads the cue at the start of a line, behind brackets and bullets.
func cueOf(s string) cue {
	s = trimBullets(s)
	first, width := utf8.DecodeRuneInString(s)
	if width == 0 {
		return none
	}
	running := len(s) > runningBytes/2 && endsSentence(s)
	if strings.HasPrefix(s[width:], "ICP") || !running && len(s) < 2*runningBytes && hasAny(s, "技术支持：", "技術支持：", "公网安备", "网站标识码", "您是第", "邮编：") {
		return sectionCue
	}
	words := cueTable[simplified(first)]
	if words == nil {
		return none
	}
	var buf [4 * cueRunes]byte
	head := normalized(buf[:0], s)
	found, longest := none, 0
	for _, w := range words {
		if n := len(w.word); n <= longest || n > len(head) || string(head[:n]) != w.word {
			continue
		}
		if rest := head[len(w.word):]; w.cue == creditCue && !labelEnds(rest) || w.cue == preambleCue && len(rest) > 0 && !labelEnds(rest) ||
			w.cue == endingCue && len(rest) > 0 && !isDigit(rest[0]) && !labelEnds(rest) && !hasSuffix(w.word, "：", ":", "专题", "狐") ||
			running && (w.cue == sectionCue || w.cue == endingCue) && !isStatement(w.word) {
			continue
		}
		found, longest = w.cue, len(w.word)
	}
	return found
}

// isStatement reports whether a cue begins whole sentences that are not the
// article's: notices of rights and the like.
func isStatement(word string) bool {
	return hasAny(word, "声明", "版权", "网站", "网友", "下载", "提示", "提醒")
}

// trimBullets is s without the brackets, bullets and white space before its
// first word.
func trimBullets(s string) string {
	for i, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF || !strings.ContainsRune(bullets, r) {
			return s[i:]
		}
	}
	return ""
}

// normalized appends the first characters of s to buf, simplified and without
// white space.
func normalized(buf []byte, s string) []byte {
	n := 0
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		if n++; n > cueRunes {
			break
		}
		buf = utf8.AppendRune(buf, simplified(r))
	}
	return buf
}

// labelEnds reports whether a label ends here.
func labelEnds(rest []byte) bool {
	r, n := utf8.DecodeRune(rest)
	return n > 0 && strings.ContainsRune(":：/|｜】］]", r)
}
