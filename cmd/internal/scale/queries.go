//go:build linux

package main

// kinds are the queries that -search measures, by kind: words and phrases that
// the bulletins have in every third document, in every hundredth and not at all.
var kinds = []struct {
	name    string
	queries []string
}{
	{"word", []string{
		"临时党支部", "卡口", "党员", "干部", "疫情", "防控", "值守", "检查", "社区", "志愿者",
		"先锋队", "突击队", "第一书记", "网格员", "医疗队", "扶贫", "入汛", "纪实", "晚报", "乡镇",
	}},
	{"traditional", []string{"臨時黨支部", "黨員", "檢查站", "志願者", "醫療隊"}},
	{"phrase", []string{
		`"成立临时党支部"`, `"机关干部下沉社区"`, `"党员干部"`, `"散发病例"`, `"入汛以来"`, `"轮流摸清群众"`,
		`"设置卡口"`, `"疫情防控"`, `"的临时党支部"`, `"名机关干部"`, `"派出所干净起来"`, `"小区临时党支部"`,
		`"扶贫车间"`, `"家家户户"`, `"没有这样的句子"`,
	}},
	{"boolean", []string{
		"卡口 干部", "临时党支部 -社区", "医疗队 AND 志愿者", "先锋队 OR 突击队", "(卡口 OR 检查站) 党员",
		"疫情 -入汛", "临时党支部 临时党小组", "扶贫 AND NOT 疫情",
	}},
	{"field", []string{
		"title:纪实", "source:晚报", "title:临时党支部", "category:branch", "branch:临时党支部", "script:hant",
		"title:县 卡口", "category:checkpoint -党员",
	}},
	{"number", []string{
		"branch:>=100", "checkpoint:[5 TO 20]", "cadre:>1000", "branch:>=1", "cadre:[37 TO 4321]", "checkpoint:12",
		"branch:<10", "cadre:* -branch:>=50",
	}},
	{"mention", []string{
		"count(category:checkpoint value:>=100 place:霜堰县)", "count(category:branch term:临时党支部 value:>=20)",
		"count(place:县 value:[50 TO 500] counted:true)", "count(category:cadre -term:干部 value:>=100)",
		"count((category:branch OR category:cadre) -place:市 value:>=300)", "count(flag:subtotal OR flag:joint)",
		"count(category:cadre counted:false place:新区)", "count(as_of:[2000 TO 2020] OR (place:霜* modifier:over))",
	}},
}

// concordances are queries from some hundred to several ten thousand lines: that
// is measured which is nearest to ten thousand in the corpus at hand.
var concordances = []string{"下沉", "第一书记", "医疗队", "检查站", "志愿者", "扶贫", "卡口", "党员", "临时党支部", "干部"}

// facets are all that a search can count.
var facets = []string{"source", "province", "city", "county", "year", "month", "category", "script"}
