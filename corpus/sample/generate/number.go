package generate

import "strconv"

// Count is a number that an article gives of a category, as its gold.
type Count struct {
	Category string `json:"category"` // branch, cadre or checkpoint
	Number   string `json:"number"`   // as printed: 近1200, 三十六, 3.7万余
	Value    int64  `json:"value"`    // as package corpus defines it: that of 近1200 is 1200
	Counted  bool   `json:"counted"`  // false for 其中…: it is part of another count
}

// hedges are what stands around a number that is not exact, in both scripts.
type hedges struct {
	near, about, over, more, tenThousand, two printed
}

func newHedges(print func(string) printed) hedges {
	return hedges{print("近"), print("约"), print("余"), print("多"), print("万"), print("两")}
}

// value is a number that fits the slot: the smaller, the likelier.
func (s *slot) value(r *random) int { return s.lo + r.ranked(s.hi-s.lo+1) }

// number prints n in one of the ways of these articles, and says what its value
// is then: a hedge stands at a round number only.
func (w *writer) number(n int) (value int) {
	form := w.r.below(20)
	switch {
	case form < 12 || n < 2:
	case form < 14 && n >= 20:
		return w.hedged(printed{}, n, n/tenth(n)*tenth(n), w.g.hedges.over)
	case form == 14 && n >= 200:
		return w.hedged(printed{}, n, n/100*100, w.g.hedges.more)
	case form == 15 && n >= 20:
		return w.hedged(w.g.hedges.near, n, n/tenth(n)*tenth(n), printed{})
	case form == 16 && n >= 20:
		return w.hedged(w.g.hedges.about, n, n/tenth(n)*tenth(n), printed{})
	case form < 19 && n < 100:
		w.han(n)
		return n
	case form == 17 && n >= 1000:
		w.buf = strconv.AppendInt(w.buf, int64(n/1000), 10)
		w.buf = append(w.buf, ',', byte('0'+n/100%10), byte('0'+n/10%10), byte('0'+n%10))
		return n
	}
	w.buf = strconv.AppendInt(w.buf, int64(n), 10)
	return n
}

// tenth is the power of ten that a round number near n is a multiple of.
func tenth(n int) int {
	step := 10
	for n/step >= 100 {
		step *= 10
	}
	return step
}

// hedged prints a round number between what hedges it: 约1.2万, 1200余.
func (w *writer) hedged(before printed, n, round int, behind printed) int {
	w.print(before)
	if n < 10_000 || round%1000 != 0 {
		w.buf = strconv.AppendInt(w.buf, int64(round), 10)
	} else {
		w.buf = strconv.AppendFloat(w.buf, float64(round)/10_000, 'f', -1, 64)
		w.print(w.g.hedges.tenThousand)
	}
	w.print(behind)
	return round
}

const hanDigits = "零一二三四五六七八九"

// han prints 2 to 99 in characters.
func (w *writer) han(n int) {
	digit := func(d int) { w.buf = append(w.buf, hanDigits[3*d:3*d+3]...) }
	if n == 2 {
		w.print(w.g.hedges.two)
		return
	}
	if n >= 20 {
		digit(n / 10)
	}
	if n >= 10 {
		w.buf = append(w.buf, "十"...)
	}
	if n%10 > 0 {
		digit(n % 10)
	}
}
