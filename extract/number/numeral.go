package number

import "unicode/utf8"

// numeral is one number as written, without the hedges before it.
type numeral struct {
	lo, hi int64
	step   int64 // value of the lowest non-zero position that was written
	digits int   // of the first coefficient
	scale  int64 // 100 and more that multiplies all of it: 三十五万 has 10000; 0 for sums
	raw    int64 // lo before decimals that no unit took up were cut off
	exp    int   // how many those are; while reading, how many no unit took up yet
	form   form
	start  int
	end    int
}

// scaled is the least value of n times a unit.
func (n *numeral) scaled(unit int64) int64 {
	b := bounds{n.raw, n.raw}.times(unit)
	for range n.exp {
		b = b.tenth()
	}
	return b.lo
}

// sectionLimit is above every unit of a section (十, 百, 千).
const sectionLimit = 10000

// builder adds up a numeral: coefficients times small units make a section,
// sections times big units the total.
type builder struct {
	numeral
	total   bounds
	section bounds
	prev    int64 // last unit, 1 for the units place, 0 at the start
	prevBig int64 // last big unit, 0 before the first
	terms   int
	pending bool // the section holds something
	closed  bool // no further coefficient
}

// readNumeral reads the numeral that begins at i. With decimals, 三点五 is
// read as 3.5 whatever follows.
func readNumeral(s string, i int, decimals bool) (n numeral, ok bool) {
	if n, ok = readSimple(s, i); ok {
		return n, true
	}
	return readBuilt(s, i, decimals)
}

// readBuilt is readNumeral for any numeral.
func readBuilt(s string, i int, decimals bool) (n numeral, ok bool) {
	b := builder{numeral: numeral{start: i, step: 1, scale: 1}}
	for more := true; more; {
		i, more = b.term(s, i)
	}
	if b.terms == 0 {
		return numeral{}, false
	}
	i = b.hanDecimals(s, i, decimals)
	b.end = b.innerHedge(s, i)
	return b.finish(), true
}

// readSimple reads what most numerals are, some figures or one Chinese digit before an ideograph that can be no part of a
// numeral: 12个, 三名. It gives what the builder does.
func readSimple(s string, i int) (n numeral, ok bool) {
	const most = 9 // figures
	n = numeral{start: i, scale: 1, digits: 1, step: 1}
	end := i
	for end < len(s) && isDigit(s[end]) && end-i <= most {
		n.lo = n.lo*10 + int64(s[end]-'0')
		end++
	}
	switch {
	case end > i:
		if s[i] == '0' || end-i > most {
			return n, false
		}
		n.form, n.digits, n.step = hasArabic, end-i, lowestPosition(n.lo)
	case i < len(s) && s[i] >= utf8.RuneSelf:
		sym := symbolAt(s, i)
		if sym.class != digit {
			return n, false
		}
		n.lo, end = sym.val, i+sym.size
	}
	if end == i || end < len(s) && !endsNumeral(s, end) {
		return n, false
	}
	n.hi, n.raw, n.end = n.lo, n.lo, end
	return n, true
}

// endsNumeral reports whether an ideograph stands at i with which no numeral goes on.
func endsNumeral(s string, i int) bool {
	r, size := decode(s, i)
	if size != 3 || r < 0x4E00 || !isWide(r) || startBits.has(r) {
		return false
	}
	switch r {
	case '余', '餘', '多', '来', '來', '点', '點', '分':
		return false
	}
	return true
}

// term reads one coefficient with its unit, or one of them alone.
func (b *builder) term(s string, i int) (end int, ok bool) {
	var c coefficient
	end = i
	if !b.closed {
		c, end = readCoefficient(s, i, b.prev)
	}
	has := end > i
	if has && b.terms > 0 && c.exp > 0 {
		return i, false
	}
	unit := symbolAt(s, end)
	switch {
	case c.form.has(positional):
		ok, unit.size = b.takeTail(c), 0
	case unit.class == tens && !has:
		ok = b.takeTens(unit.val)
	case unit.class == small:
		ok = b.takeSmall(c, has, unit.val)
	case unit.class == big:
		ok = b.takeBig(c, has, unit.val)
	default:
		ok, unit.size = has && b.takeTail(c), 0
	}
	if !ok {
		return i, false
	}
	return end + unit.size, true
}

// takeTens reads 廿, 卅, 卌 as two, three or four times ten.
func (b *builder) takeTens(val int64) bool {
	return b.takeSmall(coefficient{lo: val / 10, hi: val / 10, step: 1, digits: 1}, true, 10)
}

// takeSmall reads c, or an implied one, times 十, 百 or 千.
func (b *builder) takeSmall(c coefficient, has bool, unit int64) bool {
	inside := b.prev != 0 && b.prev < sectionLimit
	if b.closed || inside && unit >= b.prev || b.prev != 0 && c.hi >= 10 {
		return false
	}
	if !has {
		if b.terms > 0 && unit != 10 {
			return false
		}
		c = coefficient{lo: 1, hi: 1, step: 1}
	}
	if b.form.has(bare) {
		b.form |= roughly // 百十, 千八百
	}
	if !has && b.terms == 0 {
		b.form |= bare
	}
	b.add(c, unit)
	b.prev = unit
	if unit >= 100 {
		b.form |= united
	}
	return true
}

// takeBig multiplies the section, c included, by 万 or 亿.
func (b *builder) takeBig(c coefficient, has bool, unit int64) bool {
	raises := !has && !b.pending && b.prevBig == 1e4 && unit == 1e8 // 万亿
	if b.prevBig != 0 && unit >= b.prevBig && !raises {
		return false
	}
	switch {
	case has && !b.takesUnits(c):
		return false // 三百五万: 三百 stands alone
	case has:
		b.add(c, 1)
		b.form &^= bare
	case b.terms == 0:
		b.form |= bare
		b.add(coefficient{lo: 1, hi: 1, step: 1}, 1)
	case !b.pending && !raises:
		return false
	}
	b.multiply(unit)
	return true
}

// takesUnits reports whether c may stand in the units place of the section.
func (b *builder) takesUnits(c coefficient) bool {
	switch {
	case b.prev == 0, b.prev >= sectionLimit:
		return true
	case b.prev == 1:
		return false
	}
	return c.hi < 10 && (b.prev == 10 || c.zeroed)
}

// takeTail reads a last coefficient without a unit: 十二, 一百零六, 2万3400,
// and 两千七, where the next lower unit is meant.
func (b *builder) takeTail(c coefficient) bool {
	several := c.form.has(hasArabic) && c.digits > 1
	switch {
	case b.prev == 0:
		b.add(c, 1)
		b.closed = c.form.has(positional)
	case b.prev == 1 && c.form.has(vague) && b.form.has(hasArabic) && b.step >= 10 && b.exp == 0:
		c.lo = 1 // 20几
		b.add(c, 1)
		b.closed = true
	case b.prev == 1 || c.form.has(positional) || b.form.has(bare) && b.prev != 10:
		return false
	case c.zeroed || several || b.prev == 10:
		if c.lo >= b.prev || b.prev == 10 && several {
			return false
		}
		b.add(c, 1)
	case c.form.has(vague):
		return false
	default:
		b.add(c, b.prev/10)
		b.closed = true
	}
	b.prev = 1
	b.form &^= bare
	return true
}

// add puts c times unit into the section.
func (b *builder) add(c coefficient, unit int64) {
	if b.terms == 0 {
		b.digits = c.digits
	}
	b.section = b.section.plus(bounds{c.lo, c.hi}.times(unit))
	b.scale = b.sectionScale(unit)
	b.step = product(c.step, unit)
	b.form |= c.form
	b.exp = c.exp
	b.closed = b.closed || c.exp > 0
	b.pending = true
	b.terms++
	b.absorb()
}

// sectionScale is the scale of the section after a term in the given unit.
func (b *builder) sectionScale(unit int64) int64 {
	switch {
	case b.terms == 0 && unit >= 100:
		return unit
	case b.terms == 0 || b.section.hi < 100:
		return 1
	}
	return 0
}

// multiply closes the section with a big unit.
func (b *builder) multiply(unit int64) {
	if b.pending && b.total.hi > 0 {
		b.scale = 0
	}
	if b.pending {
		b.total = b.total.plus(b.section.times(unit))
	} else {
		b.total = b.total.times(unit)
	}
	b.step, b.scale = product(b.step, unit), product(b.scale, unit)
	b.section, b.pending = bounds{}, false
	b.prev, b.prevBig = unit, unit
	b.form |= united
	b.absorb()
}

// absorb lets units take up decimals: 37 tenths of 万 are 37000.
func (b *builder) absorb() {
	for b.exp > 0 && b.step%10 == 0 {
		b.total, b.section = b.total.tenth(), b.section.tenth()
		b.step /= 10
		b.exp--
	}
}

// finish adds up what is left.
func (b *builder) finish() numeral {
	n := b.numeral
	sum := b.total.plus(b.section)
	n.raw, n.exp = sum.lo, b.exp
	for ; b.exp > 0; b.exp-- {
		if sum.lo%10 != 0 {
			n.form |= fraction
		}
		sum, n.step = sum.tenth(), 1
	}
	if n.form.has(vague) {
		sum.hi += n.step - 1
	}
	if sum.hi >= unknowable || n.step >= unknowable {
		n.form |= lost
	}
	n.lo, n.hi = sum.lo, sum.hi
	return n
}
