package number

import "unicode/utf8"

// coefficient is what stands before a unit of a numeral: 3.7, 六, 七八, 几.
// Its value is lo to hi, each divided by 10^exp.
type coefficient struct {
	lo, hi int64
	step   int64 // value of the lowest non-zero position
	exp    int   // decimals
	digits int   // Arabic digits before the point, or Chinese digits
	form   form
	zeroed bool // 零 stands before it: 一百零六
}

// form says how a numeral or a part of it was written.
type form uint16

const (
	hasArabic  form = 1 << iota // 0-9
	leadZero                    // 029
	grouped                     // 1,234 or 18 452
	pair                        // 七八
	vague                       // 几, 数
	positional                  // 一九九八, 二〇
	bare                        // no digit at all: 百, 千万
	lost                        // too large to be known
	fraction                    // not a whole number
	more                        // 余 or 多 inside or behind
	roughly                     // 来 or 把 behind, 百十
	united                      // holds a unit of a hundred or more
	spread                      // two numerals: 3至5
)

func (f form) has(g form) bool { return f&g != 0 }

// maxDigits keeps every product below an int64 before units are applied.
const maxDigits = 18

// readCoefficient reads the coefficient at i. prev is the unit that was read
// before it, 0 at the start of the numeral. When there is none it returns i.
func readCoefficient(s string, i int, prev int64) (c coefficient, end int) {
	sym := symbolAt(s, i)
	switch sym.class {
	case arabic:
		return readArabic(s, i)
	case digit:
		return readHanDigits(s, i, prev)
	case some:
		if prev == 10 {
			return coefficient{lo: 1, hi: 9, step: 1, form: vague}, i + sym.size
		}
		return coefficient{lo: 2, hi: 9, step: 1, form: vague}, i + sym.size
	}
	return c, i
}

// readArabic reads 1200, 1,234, 18 452, 3.76 in digits of either width.
func readArabic(s string, i int) (c coefficient, end int) {
	c.form = hasArabic
	if sym := symbolAt(s, i); sym.val == 0 && symbolAt(s, i+sym.size).class == arabic {
		c.form |= leadZero
	}
	total := 0
	end = c.digitRun(s, i, &total)
	if total <= 3 && !c.form.has(leadZero) {
		end = c.groups(s, i, end, &total)
	}
	c.digits = total
	if r := runeAt(s, end); r == '.' || r == '．' {
		point := end + utf8.RuneLen(r)
		if symbolAt(s, point).class == arabic {
			before := total
			end = c.digitRun(s, point, &total)
			c.exp = total - before
		}
	}
	if total > maxDigits {
		c.form |= lost
	}
	c.hi = c.lo
	c.step = lowestPosition(c.lo)
	return c, end
}

// digitRun appends the digits at i to c; total counts them.
func (c *coefficient) digitRun(s string, i int, total *int) int {
	for sym := symbolAt(s, i); sym.class == arabic; sym = symbolAt(s, i) {
		if *total++; *total <= maxDigits {
			c.lo = c.lo*10 + sym.val
		}
		i += sym.size
	}
	return i
}

// maxGroups bounds the look-ahead for groups: six of them exceed maxDigits.
const maxGroups = 6

// groups appends groups of exactly three digits, all behind the same
// separator, to the first group s[start:i].
func (c *coefficient) groups(s string, start, i int, total *int) int {
	sep := runeAt(s, i)
	space := skipSpace(s, i) > i
	if sep != ',' && sep != '，' && !space {
		return i
	}
	width := utf8.RuneLen(sep)
	end, n := i, 0
	for ; n < maxGroups && runeAt(s, end) == sep; n++ {
		next, ok := threeDigits(s, end+width)
		if !ok {
			break
		}
		end = next
	}
	if n == 0 || space && !spacesPlausible(s, start, end) {
		return i
	}
	for end = i; n > 0; n-- {
		end = c.digitRun(s, end+width, total)
	}
	c.form |= grouped
	return end
}

// threeDigits reports whether exactly three digits stand at i.
func threeDigits(s string, i int) (end int, ok bool) {
	for range 3 {
		sym := symbolAt(s, i)
		if sym.class != arabic {
			return i, false
		}
		i += sym.size
	}
	return i, symbolAt(s, i).class != arabic
}

// spacesPlausible tells 党员18 452名 from two numbers side by side: a unit
// follows, or Han stands right before the first group.
func spacesPlausible(s string, start, end int) bool {
	if isHan(runeBefore(s, start)) {
		return true
	}
	end = skipSpace(s, end)
	_, hedge := hedgeBehind(s, end)
	end += hedge
	_, size := units.at(s, end)
	return size > 0 || start == 0 && end == len(s)
}

// readHanDigits reads one Chinese digit, a pair that means a range (七八,
// 三五), or a positional run (一九九八, 二〇).
func readHanDigits(s string, i int, prev int64) (c coefficient, end int) {
	first := symbolAt(s, i)
	if first.val == 0 && prev != 0 {
		i += first.size
		c, end = readCoefficient(s, i, 0)
		if end == i || c.form.has(hasArabic|positional) {
			return coefficient{}, i - first.size
		}
		c.zeroed = true
		return c, end
	}
	c = coefficient{lo: first.val, hi: first.val, step: 1, digits: 1}
	end = i + first.size
	second := symbolAt(s, end)
	if second.class != digit {
		return c, end
	}
	third := symbolAt(s, end+second.size)
	if third.class != digit && isPair(first.val, second.val) {
		c.lo, c.hi = min(first.val, second.val), max(first.val, second.val)
		c.form, c.digits = pair, 2
		return c, end + second.size
	}
	if prev != 0 || first.val == 1 && second.val == 1 && third.class != digit {
		return c, end // 唯一|一个
	}
	return readPositional(s, i)
}

// isPair names the digits that are said together for "one or the other".
func isPair(a, b int64) bool {
	return a > 0 && b == a+1 || a == 3 && (b == 5 || b == 2)
}

// readPositional reads a run of two digits or more. Three or more that count
// upwards by one are a range as well (三四五).
func readPositional(s string, i int) (c coefficient, end int) {
	c.form = positional
	first, last, rising := int64(0), int64(-1), true
	for sym := symbolAt(s, i); sym.class == digit; sym = symbolAt(s, i) {
		if c.digits++; c.digits <= maxDigits {
			c.lo = c.lo*10 + sym.val
		}
		if c.digits == 1 {
			first = sym.val
		} else {
			rising = rising && sym.val == last+1
		}
		last = sym.val
		i += sym.size
	}
	if c.digits > maxDigits {
		c.form |= lost
	}
	if rising && first > 0 && c.digits > 2 {
		return coefficient{lo: first, hi: last, step: 1, digits: c.digits, form: pair}, i
	}
	c.hi, c.step = c.lo, lowestPosition(c.lo)
	return c, i
}

// lowestPosition is the value of the lowest non-zero digit's place.
func lowestPosition(n int64) int64 {
	step := int64(1)
	for n != 0 && n%10 == 0 {
		n /= 10
		step *= 10
	}
	return step
}
