package number

// unit is what a word behind a number makes of it: a Kind, or one of the
// special units below, which need a closer look (see resolve).
type unit uint8

const (
	yearUnit   unit = iota + 100 // 年: date or duration
	monthUnit                    // 月
	dayUnit                      // 日
	numberUnit                   // 号: identifier, or a day behind a month
	clockUnit                    // 点 时
	minuteUnit                   // 分: time, or a score
	tenthUnit                    // 成, but not 成立
	termUnit                     // 届: 十二届 is an ordinal, 两届 a number of times
	weakUnit                     // a unit behind figures only: 3方, but 三方
	personUnit                   // 人, but not 人民
	houseUnit                    // classifiers that begin place names: 三家店, 五里桥
	decadeUnit                   // 后: 90后
)

// units are the words that may follow a number, by the kind they decide.
var units = newLexicon(words(
	entry[unit]{plainUnits, unit(Plain)},
	entry[unit]{"年", yearUnit},
	entry[unit]{"月", monthUnit},
	entry[unit]{"日", dayUnit},
	entry[unit]{"号", numberUnit},
	entry[unit]{"点 时", clockUnit},
	entry[unit]{"分", minuteUnit},
	entry[unit]{"成", tenthUnit},
	entry[unit]{"届", termUnit},
	entry[unit]{"人", personUnit},
	entry[unit]{"家 门 间 台 棵 道 里", houseUnit},
	entry[unit]{"后", decadeUnit},
	entry[unit]{"方 面 度 角 手 头 口 步 代 路 线", weakUnit},
	entry[unit]{durationUnits, unit(Duration)},
	entry[unit]{"岁 周岁 旬", unit(Age)},
	entry[unit]{moneyUnits, unit(Money)},
	entry[unit]{"% ％ ‰ 个百分点 百分点 倍 番 折", unit(Percent)},
	entry[unit]{measureUnits, unit(Measure)},
	entry[unit]{identifierUnits, unit(Identifier)},
	entry[unit]{"级 级别 年级 星级 等功 等奖 等级 等次 层级", unit(Level)},
	entry[unit]{"次 回 遍 趟 期 轮 轮次 场次 班次", unit(Times)},
	entry[unit]{"年代 年度 世纪", unit(Date)},
	entry[unit]{slogans, unit(Name)},
), firstRune)

// plainUnits are classifiers of what can be counted, and nouns that count
// themselves. Longer words keep a shorter unit from winning: 人次, 点位, 号人.
const plainUnits = "名 个 位 户 处 座 支 条 件 份 张 套 辆 艘 架 栋 幢 所 项 篇 起 宗 桩 例 场 只 匹 株 类 " +
	"块 根 把 批 队 组 顶 床 本 册 部 封 则 幅 枚 颗 粒 瓶 箱 袋 盒 桶 包 盏 员 片 排 股 对 " +
	"层 种 挺 副 束 捆 筐 席 尊 笔 单 票 节 课 集 部门 单位 支部 总支 党委 " +
	"人次 户次 车次 件次 人份 人户 户人 号人 口人 点位 台次 架次 头次 台套 道卡 道关 道防 道岗 座位 家庭 间房 门课"

const durationUnits = "天 个月 个多月 个半月 周 星期 礼拜 个星期 个多星期 个礼拜 小时 个小时 个多小时 个半小时 钟头 个钟头 " +
	"h H min 分钟 秒 秒钟 刻钟 昼夜 个昼夜 夜 天夜 日夜 宿 晚 个晚上 个夜晚 载 季度 个季度 学期 个学期 学年 个年头 年头 " +
	"工作日 个工作日 周年 个世纪 整天 个整天 整年 多年 课时 个课时 学时 个学时"

const moneyUnits = "元 块钱 角钱 毛钱 分钱 圆 美元 港元 港币 欧元 日元 英镑 卢布 人民币 加元 澳元 韩元 大洋 块大洋 银元"

const measureUnits = "公里 千米 米 厘米 毫米 公分 里地 里路 华里 海里 英里 平方米 平方公里 平方千米 平米 立方米 立方 平方 " +
	"㎡ m² 亩 公顷 顷 吨 公斤 千克 斤 克 毫克 升 毫升 摄氏度 ℃ °C ° 度电 千瓦 千瓦时 兆瓦 瓦 伏 马力 尺 寸 丈 级风 分贝 " +
	"km KM Km kg KG cm CM mm MM m ml mL L kW kV MW GB MB TB μm nm t ㎞ ㎏ ㎝ ㎜"

const identifierUnits = "国道 省道 县道 乡道 高速 号线 号楼 号院 号门 号令 单元 室 楼 路公交 弄 频道 热线 专线 航班 次列车 型"

// slogans are followers of fixed political phrases: the number belongs to the
// phrase (四个意识) and counts nothing.
const slogans = "个意识 个自信 个维护 个确立 个代表 个全面 个起来 个一百年 个百年 个一 个务必 个不放过 个不准 个结合 个相结合 " +
	"个清单 个环节清 位一体 个覆盖 个文明 个走在前 个方面军 个模范 个凡是 个转变 支箭 张网 条腿 个革命 个一律 个一批 个不摘 个服从"

// counting holds the classifiers behind which a mask is a masked number. The
// list is narrower than plainUnits: X组, X队 and X部 are mostly names.
const counting = "名个人户家处座支条件份台辆套位次元天项场张所栋间起例吨亩年小万亿千百十余多餘萬億%％"

// notCounting are names that begin with a counting classifier.
var notCounting = newLexicon(words(
	entry[bool]{"人民 人大 人社 人武 人才 人力 人事 人行 人家 家庄 家村 家沟 家坪 家湾 家营 家堡 家屯 家店 家岭 家坡 家口 家寨 家镇 家河 家塘 家桥", true},
	entry[bool]{"小区 小学 小镇 小组 小村 年级 张村 张庄 万达 千山 天津 天水 位于 十里 百货 百姓 余姚 余家 多次 多个 元宝 条例 张某 起来 户籍 座谈 支部", true},
), firstRune)
