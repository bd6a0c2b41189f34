package number

// names are words with a numeral that no structure gives away: without this
// list their second part would be read as a classifier or a unit (一把手,
// 五台山). Words whose lone numeral no classifier follows (三晋, 百泉, 两委,
// 一线, 十七厂) need no entry. An entry that maps to false is no name: it keeps
// a shorter one from winning.
var names = newLexicon(words(
	// Idioms and fixed words.
	entry[bool]{"一把手 一把抓 一把尺子 一把火 一把钥匙 一把好手 一起 一批 一门心思 一家人 一家亲 一家之 一条心 一条龙 一条主线 " +
		"一张网 一张图 一本账 一本通 一本正经 一个班底 一套人马 一套班子 一份子 一份力 一次性 一个样 一个劲 一部分 一部署 一时 一点 " +
		"一回事 一块儿 一片 一员 一对一 一件事 一分为二 一日三餐 一成不变 一票否决 一股绳 一根绳 一台戏 一支笔 一包到底", true},
	entry[bool]{"两条腿 两把刷子 两家人 两张皮 三件宝 三天两头 三分钟热 三年五载 三番五次 三五成群 三三两两 七分靠 三分靠", true},
	entry[bool]{"十分 十二分 百家争鸣 百家讲坛 百家姓 百里挑一 百年大计 千家万户 千人一面 千里之 千里迢迢 千里马 千篇一律 " +
		"万家灯火 万家团圆 万户 万人空巷 万里长城 万里长征 万分 万岁 万元户 亿万 几时 几点", true},
	entry[bool]{"一点钟 一点半 一点多 一点整 一点许 一点左右 十分钟 十分之 万分之 十二分钟 十二分之", false},
	// Places whose second rune is a classifier.
	entry[bool]{"三门峡 三门县 三门湾 三台县 三台山 五台山 五台县 七台河 五家渠 五棵松 三棵树 三间房 八面通 六套乡", true},
), firstRune)

// placeSuffixes end the names of small places that begin with a numeral and a
// classifier: 三里屯, 五里桥, 四道沟.
const placeSuffixes = "屯庄堡墩坪湾沟岭坡店寨营口渠峡桥河铺山垭岔"
