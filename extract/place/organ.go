package place

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// organs begin what stands behind a place in the name of one of its organs.
var organs = []string{"委", "党委", "党工委", "工委", "人民政府", "政府", "政协", "人大", "纪委", "监委", "组织部", "宣传部", "统战部",
	"直机关", "卫健", "卫生", "公安", "教育", "民政", "农业", "交通", "应急", "检察院", "法院", "总工会", "团委", "妇联", "疾控",
	"防指", "指挥部", "防控", "街道党", "机关"}

// officers begin what stands behind a place in the title of one of its
// officers.
var officers = []string{"长", "书记", "主任", "区长", "县长", "市长", "镇长", "乡长", "村支书", "党支部书记", "党总支书记", "村委会", "居委会"}

var (
	dispatching = []string{"选派", "派出", "抽调", "下派", "划拨", "派驻", "抽派", "选调", "调派", "增派", "调集", "下拨", "拨付"}
	speaking    = []string{"告诉", "介绍", "表示", "透露", "坦言", "说", "称", "谈到", "通报", "指出"}
)

// startsOrgan is the length of the organ's first word at the start of s; 0
// when s goes on otherwise.
func startsOrgan(s string) int {
	for _, o := range organs {
		if strings.HasPrefix(s, o) {
			return len(o)
		}
	}
	return 0
}

func isOfficer(s string) bool {
	for _, o := range officers {
		if strings.HasPrefix(s, o) {
			return true
		}
	}
	return false
}

func dispatches(s string) bool { return containsAny(s, dispatching) }
func speaks(s string) bool     { return containsAny(s, speaking) }

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// maxClause bounds how far an organ and its verb may stand apart, in bytes.
const maxClause = 180

// clause is the part of s before the first mark that ends a clause.
func clause(s string) string {
	count := 0
	for i, r := range s {
		if strings.ContainsRune("，,。；;：:！？!?…\n", r) || count > maxClause {
			return s[:i]
		}
		count += utf8.RuneLen(r)
	}
	return s
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
