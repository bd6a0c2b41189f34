package number

import (
	"jianbao/corpus"
)

// Kind says what a number is a number of.
type Kind uint8

// The kinds.
const (
	Plain      Kind = iota // may be a count: 3名, 2300余, 党员2540
	Ordinal                // 第三, 第418期, 十二届
	Date                   // 2020年3月1日, 2018-06-21 07:15:42, 9月, 周五
	Time                   // 11点35分, 10:52
	Duration               // 16天, 3个月, 半年
	Age                    // 43岁
	Money                  // 260万元
	Percent                // 58%, 百分之三十点八, 三分之二, 九成, 3倍
	Measure                // 1.6公里, 36摄氏度, 30亩
	Identifier             // 17号卡点, G40, K12+305, 312国道, 1+8+5, 5-1
	Name                   // numerals of names and fixed words: 三晋, 两委, 一线, 第一书记
	Level                  // 五级书记, 一级站
	Times                  // 12次, 8期, 前六轮
	Marker                 // list markers: 1. 一、 （二） 一是
)

var kindNames = [...]string{
	"Plain", "Ordinal", "Date", "Time", "Duration", "Age", "Money", "Percent",
	"Measure", "Identifier", "Name", "Level", "Times", "Marker",
}

// String is the name of the constant.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "Kind(?)"
}

// Quantity is one number in a text.
type Quantity struct {
	// Span covers the number with the hedges that touch it (近60余, 三百以上).
	// For a date, an identifier or a listed name it covers the whole of it.
	Span corpus.Span
	// Count is what the number says, a hedge after the unit included (20名左右).
	// It is zero for Date, Time, Identifier, Name and for numbers that do not
	// fit an int64; a fraction (三分之二) has a modifier only.
	Count corpus.Count
	Kind  Kind
	// Unit is the unit that decided the kind (年, 公里, 号); empty for Plain and
	// where something else decided.
	Unit corpus.Span
}

// Append appends all quantities of hans to dst, in order and without overlap,
// and returns the extended slice. It takes linear time and allocates only to
// grow dst.
func Append(dst []Quantity, hans string) []Quantity {
	r := reader{s: hans}
	for i := nextStart(hans, 0); i < len(hans); {
		var q Quantity
		end, ok := r.quantity(i, &q)
		if ok {
			dst = append(dst, q)
			r.floor = q.Span.End
			end = max(end, r.floor)
		}
		i = nextStart(hans, max(end, i+1))
	}
	return dst
}

// reader reads the quantities of one text from left to right.
type reader struct {
	s     string
	floor int // nothing before this may be taken: the end of the last quantity
}

// quantity reads what begins at i, a rune found by nextStart. It returns the
// offset at which to go on, which is beyond i.
func (r *reader) quantity(i int, q *Quantity) (end int, ok bool) {
	sym := symbolAt(r.s, i)
	switch sym.class {
	case arabic:
		return r.arabicQuantity(i, q)
	case mask, someone:
		return r.maskedQuantity(i, q)
	case half:
		return r.halfQuantity(i, q)
	case none:
		return i + sym.size, false
	}
	return r.hanQuantity(i, q)
}
