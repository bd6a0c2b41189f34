package script_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/segment/script"
)

var foldTable = []struct{ name, in, want string }{
	{"empty", "", ""},
	{"latin", "Party branch No. 12", "Party branch No. 12"},
	{"traditional", "設立臨時黨支部三個", "设立临时党支部三个"},
	{"simplified", "设立临时党支部三个", "设立临时党支部三个"},
	{"half converted", "臨時党支部與黨員干部", "临时党支部与党员干部"},
	{"longest phrase", "乾隆年間乾糧", "乾隆年间干粮"},
	{"phrase before character", "瞭解情況，瞭望塔", "了解情况，瞭望塔"},
	{"ledger", "臺帳、台帳、台賬、臺賬", "台账、台账、台账、台账"},
	{"particle", "隨著工作推進", "随着工作推进"},
	{"written work", "顯著、显著、原著", "显著、显著、原著"},
	{"wider", "㑮", "𫝈"},
	{"invalid byte before", "a\xff幹部", "a\xff干部"},
	{"invalid byte inside a phrase", "瞭\xff解", "瞭\xff解"},
	{"torn character", "幹\xe5\xb9", "干\xe5\xb9"},
	{"surrogate", "\xed\xa0\x80黨", "\xed\xa0\x80党"},
	{"nul", "乾\x00隆", "干\x00隆"},
}

func TestFold(t *testing.T) {
	o := newOracle(t)
	for _, tt := range foldTable {
		t.Run(tt.name, func(t *testing.T) {
			f := script.Fold(tt.in)
			if f.Text != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, f.Text, tt.want)
			}
			o.check(t, tt.in, f.Text)
			checkRunes(t, tt.in, f)
		})
	}
}

func TestOverrides(t *testing.T) {
	o := newOracle(t)
	if len(o.overrides) == 0 {
		t.Fatal("no overrides")
	}
	for _, r := range o.overrides {
		if !strings.Contains(r.example, r.from) || !strings.Contains(r.folded, r.to) {
			t.Errorf("the example of %s does not show it: %s, %s", r.from, r.example, r.folded)
		}
		if got := script.Fold(r.example).Text; got != r.folded {
			t.Errorf("Fold(%s) = %s, want %s", r.example, got, r.folded)
		}
		if got := script.Fold(r.folded).Text; got != r.folded {
			t.Errorf("Fold(%s) = %s, want it unchanged", r.folded, got)
		}
	}
}

// Every key of the dictionaries, alone and in random company.
func TestFoldEqualsGocc(t *testing.T) {
	o := newOracle(t)
	for _, key := range o.keys {
		o.check(t, key, script.Fold(key).Text)
		o.check(t, "在"+key+"。", script.Fold("在"+key+"。").Text)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	filler := []string{"，", "。", "12", "km", " ", "的", "部", "\n", "🚧", "é"}
	for range 4000 {
		var b strings.Builder
		for range 1 + rng.IntN(12) {
			switch rng.IntN(4) {
			case 0:
				b.WriteString(filler[rng.IntN(len(filler))])
			case 1:
				b.WriteString(o.changed[rng.IntN(len(o.changed))])
			default:
				b.WriteString(o.keys[rng.IntN(len(o.keys))])
			}
		}
		f := script.Fold(b.String())
		o.check(t, b.String(), f.Text)
		checkRunes(t, b.String(), f)
	}
}

// checkRunes walks both texts side by side: as many runes, invalid bytes
// unchanged, and offsets that map to each other at every border.
func checkRunes(t *testing.T, src string, f script.Folded) {
	t.Helper()
	i, j := 0, 0
	for i < len(src) && j < len(f.Text) {
		if f.Source(j) != i || f.Target(i) != j {
			t.Fatalf("Fold(%q): source %d maps to %d, text %d to %d", src, i, f.Target(i), j, f.Source(j))
		}
		from, n := utf8.DecodeRuneInString(src[i:])
		_, m := utf8.DecodeRuneInString(f.Text[j:])
		if from == utf8.RuneError && n == 1 && (m != 1 || src[i] != f.Text[j]) {
			t.Fatalf("Fold(%q): byte %d became %q", src, i, f.Text[j:j+m])
		}
		whole := f.SourceSpan(corpus.Span{Start: j, End: j + m})
		if whole != (corpus.Span{Start: i, End: i + n}) {
			t.Fatalf("Fold(%q): text [%d,%d) maps to %v", src, j, j+m, whole)
		}
		for k := j; k < j+m; k++ {
			if at := f.Source(k); at < i || at >= i+n {
				t.Fatalf("Fold(%q): text byte %d maps to %d, outside its character", src, k, at)
			}
		}
		i, j = i+n, j+m
	}
	if i != len(src) || j != len(f.Text) {
		t.Fatalf("Fold(%q) = %q: another number of runes", src, f.Text)
	}
	if f.Source(j) != i || f.Target(i) != j {
		t.Fatalf("Fold(%q): the ends do not map to each other", src)
	}
}

func TestFoldAllocations(t *testing.T) {
	same := strings.Repeat("各村党支部设立检查站，党员干部轮流值守。", 50)
	changed := strings.Repeat("各村黨支部設立檢查站，黨員幹部輪流值守。", 50)
	if n := testing.AllocsPerRun(100, func() { script.Fold(same) }); n != 0 {
		t.Errorf("unchanged text: %v allocations, want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { script.Fold(changed) }); n > 1 {
		t.Errorf("changed text: %v allocations, want the result alone", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, tt := range foldTable {
		f.Add(tt.in)
	}
	o := newOracle(f)
	for _, r := range o.overrides {
		f.Add(r.example)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := script.Fold(s)
		o.check(t, s, got.Text)
		checkRunes(t, s, got)
		script.Detect(s)
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("縣委組織部召開會議，要求各基層黨組織發揮戰鬥堡壘作用，在交通要道設立檢查站12個，"+
		"黨員幹部隨著輪班名單值守，瞭解群眾需求，建立臺帳。\n", 200)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			script.Fold(text)
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		same := script.Fold(text).Text
		b.SetBytes(int64(len(same)))
		for b.Loop() {
			script.Fold(same)
		}
	})
	b.Run("gocc", func(b *testing.B) {
		o := newOracle(b)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := o.cc.Convert(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}
