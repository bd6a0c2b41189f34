package number

import (
	"strings"

	"jianbao/corpus"
)

// effect is what a hedge does to a number.
type effect uint8

const (
	noEffect  effect = iota
	near             // 近N: up to N
	below            // 不足N: up to N-1
	about            // 约N
	above            // 超N: from N+1
	atLeast          // 至少N
	atMost           // 最多N
	upward           // 上百: at least, before a lone unit only
	good             // 好几十: adds nothing, belongs to the span
	notAHedge        // ends like a hedge and is none: 最近, 节约
)

// hedges stand right before a number. The words of the last lines end in the
// same rune and are none; the longest word wins.
var hedges = newLexicon(words(
	entry[effect]{"近 将近 接近 逼近", near},
	entry[effect]{"不到 不足 不满 未满 未到 不够 少于 小于 低于 ＜", below},
	entry[effect]{"约 大约 约有 约为 约计 大概 约莫 大致 大约有 估计", about},
	entry[effect]{"超 超过 逾 突破 超出 大于 多于 高于 已超 已逾 远超 ＞", above},
	entry[effect]{"至少 最少 不少于 不低于 不下 不下于 起码 少说 不小于 ≥", atLeast},
	entry[effect]{"最多 至多 顶多 不超过 不多于 不高于 不大于 未超过 不超 没超过 ≤", atMost},
	entry[effect]{"上", upward},
	entry[effect]{"好", good},
	entry[effect]{"临近 最近 附近 就近 邻近 靠近 亲近 新近 远近 走近 贴近 相近 拉近", notAHedge},
	entry[effect]{"节约 预约 签约 公约 邀约 合约 条约 违约 特约 制约 契约 履约 集约 简约 相约 纽约 誓约 毁约 缔约", notAHedge},
	entry[effect]{"赶超 反超 高超 入超 出超", notAHedge},
	entry[effect]{"看不到 找不到 想不到 见不到 得不到 做不到 听不到 收不到 买不到 等不到 办不到 达不到 感受不到 意识不到", notAHedge},
	entry[effect]{"放不下 拿不下 居高不下 装不下 容不下 久攻不下 相持不下", notAHedge},
	entry[effect]{"以上 线上 网上 早上 晚上 会上 身上 路上 街上 船上 车上 马上 头上 地上 天上 手上 桌上 墙上 世上", notAHedge},
	entry[effect]{"报上 书上 台上 山上 海上 江上 水上 面上 加上 本上 础上 场上 床上 楼上 岛上 岸上 桥上 堤上 坝上 线索上 历史上", notAHedge},
	entry[effect]{"友好 良好 最好 做好 抓好 办好 搞好 管好 守好 打好 建好 用好 讲好 落实好", notAHedge},
), lastRune)

// before reads the hedge that ends at start.
func (r *reader) before(start int) (effect, int) {
	at := start
	if sp := start - 1; sp > r.floor && r.s[sp] == ' ' && runeAt(r.s, start) < 0x80 {
		at = sp
	}
	e, size := hedges.before(r.s, r.floor, at)
	if size == 0 || e == notAHedge {
		return noEffect, start
	}
	return e, at - size
}

// hedged turns n into a count under the hedge e.
func (n *numeral) hedged(e effect) corpus.Count {
	switch {
	case n.form.has(lost):
		return corpus.Count{}
	case n.form.has(pair | vague | spread):
		return corpus.Count{Lo: corpus.Some(n.lo), Hi: corpus.Some(n.hi), Modifier: corpus.Range}
	}
	c := corpus.Count{Value: corpus.Some(n.lo), Lo: corpus.Some(n.lo), Hi: corpus.Some(n.hi), Modifier: corpus.Exact}
	switch {
	case n.form.has(fraction):
		c.Value, c.Hi = corpus.Int64{}, corpus.Some(n.lo+1)
	case n.form.has(roughly):
		return apply(c, about)
	case n.form.has(more):
		return n.beyond(c, e)
	}
	return apply(c, e)
}

// beyond is the count of a number with 余 or 多. A contradiction (近60余) and a
// doubled doubt (约60余) leave the value only.
func (n *numeral) beyond(c corpus.Count, e effect) corpus.Count {
	if e != noEffect && e != good {
		if e == near {
			e = about
		}
		return apply(c, e)
	}
	c.Modifier, c.Hi = corpus.Over, corpus.Int64{}
	if n.step > 1 {
		c.Hi = corpus.Some(n.lo + n.step - 1)
	}
	if n.form.has(bare) && n.lo == 10 {
		c.Lo = corpus.Some(11)
	}
	return c
}

// apply puts an exact count under a hedge.
func apply(c corpus.Count, e effect) corpus.Count {
	none := corpus.Int64{}
	lo, hi := c.Lo, c.Hi
	switch e {
	case near:
		c.Lo, c.Modifier = none, corpus.Under
	case below:
		if c.Value.Valid {
			hi.N--
		}
		c.Lo, c.Hi, c.Modifier = none, hi, corpus.Under
	case about:
		c.Lo, c.Hi, c.Modifier = none, none, corpus.About
	case above:
		if c.Value.Valid {
			lo.N++
		}
		c.Lo, c.Hi, c.Modifier = lo, none, corpus.Over
	case atLeast, upward:
		c.Hi, c.Modifier = none, corpus.AtLeast
	case atMost:
		c.Lo, c.Modifier = none, corpus.AtMost
	}
	return c
}

// trailing are the hedges behind a number or its classifier. The words of the
// last lines begin like one and are none.
var trailing = newLexicon(words(
	entry[effect]{"左右 上下", about},
	entry[effect]{"以上 及以上 (含)以上 （含）以上 开外", atLeast},
	entry[effect]{"以下 及以下 以内 之内", atMost},
	entry[effect]{"之多", good},
	entry[effect]{"左右两 左右逢 左右岸 左右手 左右侧 左右为", notAHedge},
	entry[effect]{"上下班 上下游 上下联 上下学 上下齐 上下同 上下一 上下铺 上下楼 上下车 上下级 上下贯 上下互", notAHedge},
), firstRune)

// After reads the hedge at off, the end of a classifier: 300名以上, 20名左右,
// 20名余. It returns c under that hedge and the offset behind it, or c and off
// when there is none. A count that is hedged already stays as it is, so After
// may be called again on a count to which [Append] has applied it.
func After(hans string, off int, c corpus.Count) (corpus.Count, int) {
	if off < 0 || off >= len(hans) {
		return c, off
	}
	switch e, size := trailing.at(hans, off); {
	case e == notAHedge:
		return c, off
	case size > 0:
		if c.Modifier == corpus.Exact && c.Lo.Valid {
			c = apply(c, e)
		}
		return c, off + size
	}
	return afterMore(hans, off, c)
}

// afterMore reads 余 and 多 behind a classifier. Only at the end of a phrase:
// in 3名多次获奖的 or 3个余下的 they belong to what follows.
func afterMore(hans string, off int, c corpus.Count) (corpus.Count, int) {
	f, size := hedgeBehind(hans, off)
	next := runeAt(hans, off+size)
	if f != more || isHan(next) && next != '的' {
		return c, off
	}
	if c.Modifier == corpus.Exact && c.Value.Valid {
		n := numeral{lo: c.Value.N, hi: c.Value.N, step: lowestPosition(c.Value.N)}
		c = n.beyond(c, noEffect)
	}
	return c, off + size
}

// join adds the hedge that touches the end of the number itself: 三百以上.
func (r *reader) join(c corpus.Count, end int) (corpus.Count, int) {
	const and = "有" // 300有余
	if strings.HasPrefix(r.s[end:], and+"余") {
		return afterMore(r.s, end+len(and), c)
	}
	if _, size := trailing.at(r.s, end); size > 0 {
		return After(r.s, end, c)
	}
	return c, end
}
