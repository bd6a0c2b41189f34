package number

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

func TestParse(t *testing.T) {
	exact := func(n int64) corpus.Count {
		return corpus.Count{Value: corpus.Some(n), Lo: corpus.Some(n), Hi: corpus.Some(n), Modifier: corpus.Exact}
	}
	tests := []struct {
		in   string
		want corpus.Count
	}{
		{"三", exact(3)},
		{"百", exact(100)},
		{"二〇二〇", exact(2020)},
		{"廿", exact(20)},
		{"19 870", exact(19870)},
		{"壹仟贰佰叁拾肆", exact(1234)},
		{"12.0", exact(12)},
		{"百分之二十", exact(20)},
		{"近70余", corpus.Count{Value: corpus.Some(70), Modifier: corpus.About}},
		{"三十以上", corpus.Count{Value: corpus.Some(30), Lo: corpus.Some(30), Modifier: corpus.AtLeast}},
		{"数以十万计", corpus.Count{Lo: corpus.Some(100000), Modifier: corpus.AtLeast}},
		{"X万余", corpus.Count{Magnitude: corpus.Some(10000), Modifier: corpus.Masked}},
		{"三点五", corpus.Count{Lo: corpus.Some(3), Hi: corpus.Some(4), Modifier: corpus.Exact}},
		{"9—12", corpus.Count{Lo: corpus.Some(9), Hi: corpus.Some(12), Modifier: corpus.Range}},
	}
	for _, tt := range tests {
		got, err := Parse(tt.in)
		if d := cmp.Diff(tt.want, got); err != nil || d != "" {
			t.Errorf("Parse(%q): %v (-want +got)\n%s", tt.in, err, d)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		in     string
		offset int
	}{
		{"", 0},
		{"干部", 6},
		{"5名", 1},
		{"干部5", 0},
		{"三十名", 6},
		{"1,23", 1},
		{"12 34", 2},
		{"半", 0},
		{"数据", 3},
		{"某", 0},
		{"99999999999999999999", 0},
		{"九千万亿亿", 12},
	}
	for _, tt := range tests {
		c, err := Parse(tt.in)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%q) = %+v, %v; want a SyntaxError", tt.in, c, err)
			continue
		}
		if syntax.Offset != tt.offset || syntax.Text != tt.in {
			t.Errorf("Parse(%q): %v; want offset %d", tt.in, err, tt.offset)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.text)
	}
	for _, n := range []int64{1, 20, 106, 34_000_000, 1e12} {
		for _, p := range printers {
			if s, ok := p.print(n); ok {
				f.Add(s)
			}
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		var syntax *SyntaxError
		switch {
		case err == nil && c.Modifier == "":
			t.Fatalf("Parse(%q) has no modifier", s)
		case err != nil && !errors.As(err, &syntax):
			t.Fatalf("Parse(%q): %v", s, err)
		case err != nil && (syntax.Offset < 0 || syntax.Offset > len(s)):
			t.Fatalf("Parse(%q): offset %d", s, syntax.Offset)
		}
	})
}

// printers write a number from 1 to 10^12 in one way each; false where the
// number cannot be written so.
var printers = []struct {
	name  string
	print func(int64) (string, bool)
}{
	{"figures", func(n int64) (string, bool) { return strconv.FormatInt(n, 10), true }},
	{"full width", func(n int64) (string, bool) { return fullWidth.Replace(strconv.FormatInt(n, 10)), true }},
	{"commas", func(n int64) (string, bool) { return commas(n, ","), true }},
	{"wide commas", func(n int64) (string, bool) { return commas(n, "，"), true }},
	{"han", func(n int64) (string, bool) { return han(n), true }},
	{"traditional", func(n int64) (string, bool) { return traditional.Replace(han(n)), true }},
	{"circle", func(n int64) (string, bool) { return strings.ReplaceAll(han(n), "零", "〇"), true }},
	{"liang", func(n int64) (string, bool) { return liang.Replace(han(n)), true }},
	{"traditional liang", func(n int64) (string, bool) { return traditional.Replace(liang.Replace(han(n))), true }},
	{"ten without one", func(n int64) (string, bool) { s := han(n); return strings.TrimPrefix(s, "一"), n >= 10 && n < 20 }},
	{"nian", func(n int64) (string, bool) { return nian.Replace(han(n)), n >= 20 && n < 40 }},
	{"wan", func(n int64) (string, bool) { return decimal(n, 10_000, "万") }},
	{"yi", func(n int64) (string, bool) { return decimal(n, 100_000_000, "億") }},
	{"mixed", mixed},
}

var (
	fullWidth = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	// Only before the units that take 两.
	liang       = strings.NewReplacer("二百", "两百", "二千", "两千", "二万", "两万", "二亿", "两亿", "十二万", "十二万", "十二亿", "十二亿")
	nian        = strings.NewReplacer("二十", "廿", "三十", "卅")
	traditional = strings.NewReplacer("万", "萬", "亿", "億", "两", "兩")
)

func commas(n int64, sep string) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10)
	}
	return commas(n/1000, sep) + sep + fmt.Sprintf("%03d", n%1000)
}

// decimal writes n as 3.7万 with at most four decimals.
func decimal(n, unit int64, word string) (string, bool) {
	if n%(unit/10_000) != 0 {
		return "", false
	}
	s := fmt.Sprintf("%d.%04d", n/unit, n%unit/(unit/10_000))
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + word, true
}

// mixed writes n as 2亿5600万.
func mixed(n int64) (string, bool) {
	yi, wan := n/100_000_000, n/10_000%10_000
	return fmt.Sprintf("%d亿%d万", yi, wan), n%10_000 == 0 && yi > 0 && wan > 0
}

// han writes n in Chinese numerals.
func han(n int64) string {
	if n < 10_000 {
		return section(n)
	}
	unit, word := int64(10_000), "万"
	if n >= 100_000_000 {
		unit, word = 100_000_000, "亿"
	}
	s, rest := han(n/unit)+word, n%unit
	switch {
	case rest == 0:
		return s
	case rest < unit/10:
		s += "零"
	}
	return s + han(rest)
}

// section writes 1 to 9999.
func section(n int64) string {
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	gap := false
	for _, u := range []struct {
		val  int64
		word string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.val % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString("零")
			gap = false
		}
		b.WriteRune(digits[d])
		b.WriteString(u.word)
	}
	return b.String()
}

// TestPrintParse: every way to write a number reads back as that number.
func TestPrintParse(t *testing.T) {
	tried := map[string]int{}
	try := func(n int64) {
		for _, p := range printers {
			s, ok := p.print(n)
			if !ok {
				continue
			}
			tried[p.name]++
			c, err := Parse(s)
			if err != nil || c.Modifier != corpus.Exact || c.Value != corpus.Some(n) || c.Lo != c.Value || c.Hi != c.Value {
				t.Fatalf("%s: Parse(%q) = %+v, %v; want %d", p.name, s, c, err, n)
			}
		}
	}
	for n := int64(1); n <= 20_000; n++ {
		try(n)
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	for limit := int64(100_000); limit <= 1e12; limit *= 10 {
		for range 1500 {
			n := 1 + rnd.Int64N(limit)
			try(n)
			try(max(1, n/10_000*10_000)) // round numbers are written in more ways
			try(max(1, n/10_000_000*10_000_000))
		}
		try(limit)
	}
	for _, p := range printers {
		if tried[p.name] == 0 {
			t.Errorf("%s was never tried", p.name)
		}
	}
}

// TestMoreBounds: 余 reaches to the end of the lowest position written.
func TestMoreBounds(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 5))
	for range 5000 {
		n := (1 + rnd.Int64N(999)) * [...]int64{10, 100, 1000, 10_000}[rnd.IntN(4)]
		step := lowestPosition(n)
		for _, s := range []string{strconv.FormatInt(n, 10), commas(n, ","), han(n)} {
			c, err := Parse(s + "余")
			want := corpus.Count{Value: corpus.Some(n), Lo: corpus.Some(n), Hi: corpus.Some(n + step - 1), Modifier: corpus.Over}
			if d := cmp.Diff(want, c); err != nil || d != "" {
				t.Fatalf("Parse(%q): %v (-want +got)\n%s", s+"余", err, d)
			}
		}
	}
}

func TestSyntaxErrorText(t *testing.T) {
	_, err := Parse("5名")
	const want = `parse quantity "5名" at offset 1: more behind the numeral`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
