package number

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// example is one line of testdata: a text and its quantities as render writes
// them.
type example struct{ where, text, want string }

func examples(t testing.TB) []example {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	var all []example
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		for n := 1; in.Scan(); n++ {
			line := in.Text()
			if strings.HasPrefix(line, "#") {
				continue
			}
			text, want, ok := strings.Cut(line, " =>")
			if !ok {
				t.Fatalf("%s:%d: no =>", name, n)
			}
			all = append(all, example{fmt.Sprintf("%s:%d", name, n), text, strings.TrimSpace(want)})
		}
	}
	return all
}

func render(s string, qs []Quantity) string {
	var parts []string
	for _, q := range qs {
		p := q.Kind.String() + " " + q.Span.Of(s)
		if c := q.Count; c != (corpus.Count{}) {
			p += fmt.Sprintf(" %s %s..%s %s", known(c.Value), known(c.Lo), known(c.Hi), c.Modifier)
			if c.Magnitude.Valid {
				p += "×" + known(c.Magnitude)
			}
		}
		if !q.Unit.Empty() {
			p += " @" + q.Unit.Of(s)
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, " | ")
}

func known(v corpus.Int64) string {
	if !v.Valid {
		return "?"
	}
	return fmt.Sprint(v.N)
}

func TestAppend(t *testing.T) {
	all := examples(t)
	if len(all) < 400 {
		t.Fatalf("%d examples, want at least 400", len(all))
	}
	for _, e := range all {
		got := render(e.text, Append(nil, e.text))
		if d := cmp.Diff(e.want, got); d != "" {
			t.Errorf("%s: %s (-want +got)\n%s", e.where, e.text, d)
		}
	}
}

// TestAppendInContext puts every example between other text: the ends of a
// string must not decide what a number is.
func TestAppendInContext(t *testing.T) {
	const before, after = "。\n", "\n（完）"
	for _, e := range examples(t) {
		text := before + e.text + after
		if got := render(text, Append(nil, text)); got != e.want {
			t.Errorf("%s: %q in context\n got %s\nwant %s", e.where, e.text, got, e.want)
		}
	}
}

func TestAppendKeepsPrefix(t *testing.T) {
	first := Append(nil, "干部5名")
	both := Append(first[:1:1], "卡点6处")
	if len(both) != 2 || both[0] != first[0] {
		t.Errorf("prefix not kept: %+v", both)
	}
}

// TestParseAgrees: what Append finds as a plain count, Parse reads alike from
// the span alone.
func TestParseAgrees(t *testing.T) {
	for _, e := range examples(t) {
		for _, q := range Append(nil, e.text) {
			if q.Kind != Plain {
				continue
			}
			got, err := Parse(q.Span.Of(e.text))
			if err != nil {
				t.Errorf("%s: %v", e.where, err)
				continue
			}
			if got.Modifier == corpus.Exact && q.Count.Modifier != corpus.Exact {
				continue // hedged behind the classifier
			}
			if d := cmp.Diff(q.Count, got); d != "" {
				t.Errorf("%s: %s (-append +parse)\n%s", e.where, q.Span.Of(e.text), d)
			}
		}
	}
}

// hard are texts that tempt a reader to look ahead or back without limit.
var hard = []string{
	"1", "X", "×", "*", "一", "零", "万", "千", "百", "十", "一百", "几", "数", "1-", "1+", "1,000,", "100 ", "1 ", "3至", "三至", "第", "第一",
	"三分之", "百分之", "年1月", "1年", "一点", "点五", "a1", "aX", "若干", "某", "半", "上百", "成百上千", "数以", "9:", "2020-", "(1)", " ", "1.", "、1",
	"九八七", "1２", "0", "00 ", "近", "不超过", "1X", "万亿", "一百零", "余", "3余", "伍", "拾", "周一", "\xe4", "\xe4\xb8", "1\xff",
}

// TestAppendOnLongTexts would not end within the limit of a test run if
// Append looked ahead or back without limit.
func TestAppendOnLongTexts(t *testing.T) {
	const size = 512 << 10
	var dst []Quantity
	for _, unit := range hard {
		text := strings.Repeat(unit, size/len(unit))
		dst = Append(dst[:0], text)
		check(t, text, dst)
	}
}

// check holds the invariants of Append.
func check(t *testing.T, s string, qs []Quantity) {
	t.Helper()
	at, valid := 0, utf8.ValidString(s)
	for _, q := range qs {
		if q.Span.Start < at || q.Span.End <= q.Span.Start || q.Span.End > len(s) {
			t.Fatalf("span %v after %d of %d bytes", q.Span, at, len(s))
		}
		if q.Unit.End < q.Unit.Start || q.Unit.Start < 0 || q.Unit.End > len(s) {
			t.Fatalf("unit %v of %d bytes", q.Unit, len(s))
		}
		if valid && (!boundary(s, q.Span) || !boundary(s, q.Unit)) {
			t.Fatalf("%v or %v cuts a rune", q.Span, q.Unit)
		}
		c := q.Count
		if c.Lo.Valid && c.Hi.Valid && c.Lo.N > c.Hi.N {
			t.Fatalf("%q: bounds %d..%d", q.Span.Of(s), c.Lo.N, c.Hi.N)
		}
		if noCount(q.Kind) && c != (corpus.Count{}) {
			t.Fatalf("%q: %v with a count", q.Span.Of(s), q.Kind)
		}
		at = q.Span.End
	}
}

func boundary(s string, span corpus.Span) bool {
	starts := func(i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }
	return starts(span.Start) && starts(span.End)
}

func FuzzAppend(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.text)
	}
	for _, s := range hard {
		f.Add(strings.Repeat(s, 3))
	}
	f.Fuzz(func(t *testing.T, s string) {
		qs := Append(nil, s)
		check(t, s, qs)
		for _, q := range qs {
			if _, end := After(s, q.Span.End, q.Count); end < q.Span.End || end > len(s) {
				t.Fatalf("After ends at %d of %d", end, len(s))
			}
		}
	})
}

func TestAppendAllocatesNothing(t *testing.T) {
	text := sampleText(t)
	dst := make([]Quantity, 0, 4096)
	if n := testing.AllocsPerRun(10, func() { dst = Append(dst[:0], text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if len(dst) == 0 {
		t.Error("no quantities in the sample")
	}
}

// sampleText is running text: the example sentences between passages without
// a number, in about the proportion of an article.
func sampleText(t testing.TB) string {
	const filler = "疫情就是命令，防控就是责任。各级党组织闻令而动，广大党员干部冲锋在前，深入村庄社区开展宣传排查，" +
		"守住每个路口，把党旗插在最前沿，以实际行动践行初心使命，筑牢群众身边的安全屏障。"
	var b strings.Builder
	for _, e := range examples(t) {
		if strings.HasPrefix(e.where, filepath.Join("testdata", "sentences")) {
			b.WriteString(e.text)
			b.WriteString(filler)
		}
	}
	return b.String()
}

func BenchmarkAppend(b *testing.B) {
	text := sampleText(b)
	b.Run("append", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		dst := make([]Quantity, 0, 4096)
		for b.Loop() {
			dst = Append(dst[:0], text)
		}
	})
	b.Run("scan", func(b *testing.B) { // text in which nothing begins
		dull := strings.Repeat("党员干部闻令而动，冲锋在前。", len(text)/42)
		b.SetBytes(int64(len(dull)))
		var dst []Quantity
		for b.Loop() {
			dst = Append(dst[:0], dull)
		}
	})
	b.Run("range", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		n := 0
		for b.Loop() {
			for _, r := range text {
				if r == '\n' {
					n++
				}
			}
		}
	})
}
