package web

import "jianbao/index/query"

// queryMessage is what is wrong with a query, and what to write instead; {0},
// {1} … are the parts of the error.
type queryMessage struct{ msg, hint string }

const (
	fuzzyAdvice = `写作 词~1 或 词~2；要查这个字符本身，写作 \~`
	rangeAdvice = "例如 [2020-01-01 TO 2020-03-31] 或 [100 TO *]"
	fieldAdvice = "例如 published:>=2020 或 branch:[5 TO 20]"
)

// queryMessages are the errors of queries in Chinese. In English they say
// themselves.
var queryMessages = map[query.Kind]queryMessage{
	query.NotUTF8:           {"检索式不是有效的UTF-8", ""},
	query.TooLong:           {"检索式超过{0}字节", ""},
	query.TooDeep:           {"括号嵌套太深", ""},
	query.TooManyTerms:      {"检索词超过{0}个", ""},
	query.LongTerm:          {"此词超过{0}字", ""},
	query.EmptyQuery:        {"检索式为空", "*:* 列出全部文章"},
	query.EmptyTerm:         {"此词为空", ""},
	query.NoTerm:            {"此处缺少检索词", ""},
	query.NoTermAfter:       {"{0}: 之后缺少检索词", "例如 {0}:{1}"},
	query.LoneOperator:      {"{0} 两边都要有检索词", `要查这个词本身，写作 \{0}`},
	query.LoneSign:          {"{0} 须紧接在检索词之前", "要查这个字符本身，在它前面加反斜杠"},
	query.LoneClose:         {"这个右括号没有对应的左括号", `要查这个字符本身，写作 \)`},
	query.LoneBackslash:     {"反斜杠之后没有字符", `要查反斜杠本身，写作 \\`},
	query.OpenGroup:         {"这个括号没有闭合", "用 ) 结束这一组"},
	query.OpenQuote:         {"这个引号没有闭合", "用 {0} 结束短语"},
	query.OpenSlash:         {"这个斜杠没有闭合", `用 / 结束表达式；要查斜杠本身，写作 \/`},
	query.OpenRange:         {"这个范围没有闭合", rangeAdvice},
	query.NoField:           {"没有字段{0}", `字段有 {1}；要查冒号本身，写作 \:`},
	query.FieldMissing:      {"此词之前缺少字段", "例如 count(category:checkpoint value:>=100 place:百色)"},
	query.Boost:             {"不支持加权", `每个词已按其罕见程度计分；要查这个字符本身，写作 \^`},
	query.BoostedPhrase:     {"不支持加权", "每个词已按其罕见程度计分"},
	query.WildcardAlone:     {"通配符旁边要有文字", "*:* 列出全部文章"},
	query.WildcardFuzzy:     {"通配符不能同时模糊匹配", "两者取其一"},
	query.FuzzyEnd:          {"模糊词以 ~ 和数字结尾", fuzzyAdvice},
	query.FuzzyDistance:     {"模糊词只能相差1或2字", fuzzyAdvice},
	query.NearDistance:      {"~ 之后要写中间最多隔几个字，不超过{0}", `例如 "a b"~5；须按此顺序则写 "a b"~>5`},
	query.NoDistance:        {"{0}: 按整个值匹配，不能用距离", ""},
	query.RegexpEnd:         {"正则表达式到斜杠为止", `其中的斜杠写作 \/`},
	query.BadRegexp:         {"正则表达式有误（{0}）", `要查斜杠本身，写作 \/`},
	query.RangeEnd:          {"范围到括号为止", "在范围之后加空格"},
	query.RangeShape:        {"范围是两个值，中间写 TO", rangeAdvice},
	query.RangeBracket:      {"{0} 没有结束任何范围", `要查这个字符本身，写作 \{1}`},
	query.RangeWithoutField: {"范围之前要有字段", fieldAdvice},
	query.NoRange:           {"{0}: 不能用范围", fieldAdvice},
	query.NoValue:           {"此处缺少值", "例如 published:>=2020 或 branch:>100"},
	query.EmptyRange:        {"这个范围里什么也没有", "小的一端写在前面"},
	query.NotDay:            {"{0}: 之后要写日、月或年", "例如 {0}:2020-03、{0}:>=2020 或 {0}:[2020-01-01 TO 2020-03-31]"},
	query.NotNumber:         {"这不是数字", "用阿拉伯数字，例如 {0}:>=1200 或 {0}:[5 TO 20]"},
	query.NotChoice:         {"{0}: 不认识这个值", "可写 {2}"},
	query.NoSuchTerm:        {"{0}: 不能用这种写法", "count( ) 之内可用词、短语、通配符和范围"},
	query.NotExact:          {"exact: 之后要写词或短语", `例如 exact:臨時黨支部 或 exact:"臨時 黨支部"`},
	query.CountOfWords:      {"count( ) 之内只能写字段", "例如 count(category:checkpoint value:*)"},
	query.CountWithin:       {"count( ) 之内不能再写 count( )", ""},
	query.CountInField:      {"count( ) 有自己的字段，前面不能再加字段", ""},
	query.PartialUnfold:     {"cluster:all 针对整个检索式", "写在最后：(a OR b) cluster:all"},
}

// Caret is a wrong query with a caret under the place and, in the language of
// the page, what is wrong there; empty for other problems.
func (v view) Caret(p *problem) string {
	if p.syntax == nil {
		return ""
	}
	if m, ok := queryMessages[p.syntax.Kind]; ok && v.Lang == chinese {
		return p.syntax.In(m.msg, m.hint).Caret()
	}
	return p.syntax.Caret()
}
