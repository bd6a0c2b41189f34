package script_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/segment/lexicon"
	"jianbao/segment/script"
)

var convertTable = []struct{ name, in, hans, hant, tw, hk string }{
	{"empty", "", "", "", "", ""},
	{"latin", "Party branch No. 12", "Party branch No. 12", "Party branch No. 12", "Party branch No. 12", "Party branch No. 12"},
	{"simplified", "设立临时党支部", "设立临时党支部", "設立臨時黨支部", "設立臨時黨支部", "設立臨時黨支部"},
	{"traditional", "設立臨時黨支部", "设立临时党支部", "設立臨時黨支部", "設立臨時黨支部", "設立臨時黨支部"},
	{"half converted", "臨時党支部与黨員干部", "临时党支部与党员干部", "臨時黨支部與黨員幹部", "臨時黨支部與黨員幹部", "臨時黨支部與黨員幹部"},
	{"phrases tell characters apart", "头发发展，皇后以后", "头发发展，皇后以后", "頭髮發展，皇后以後", "頭髮發展，皇后以後", "頭髮發展，皇后以後"},
	{"phrases that change nothing", "一出去，老板", "一出去，老板", "一出去，老闆", "一出去，老闆", "一出去，老闆"},
	{"characters of the regions", "卫生院里为群众", "卫生院里为群众", "衛生院裏爲羣衆", "衛生院裡為群眾", "衞生院裏為羣眾"},
	{"a place in Hong Kong", "东涌的水涌出", "东涌的水涌出", "東涌的水涌出", "東湧的水湧出", "東涌的水湧出"},
	{"words stay", "信息、短信、菜单", "信息、短信、菜单", "信息、短信、菜單", "信息、短信、菜單", "信息、短信、菜單"},
	{"invalid bytes", "a\xff干部\xe5\xb9", "a\xff干部\xe5\xb9", "a\xff幹部\xe5\xb9", "a\xff幹部\xe5\xb9", "a\xff幹部\xe5\xb9"},
	{"invalid byte inside a phrase", "头\xff发", "头\xff发", "頭\xff發", "頭\xff發", "頭\xff發"},
	{"surrogate", "\xed\xa0\x80党", "\xed\xa0\x80党", "\xed\xa0\x80黨", "\xed\xa0\x80黨", "\xed\xa0\x80黨"},
	{"replacement character", "党\uFFFD员", "党\uFFFD员", "黨\uFFFD員", "黨\uFFFD員", "黨\uFFFD員"},
}

func TestConvert(t *testing.T) {
	o := newConvertOracle(t)
	for _, tt := range convertTable {
		t.Run(tt.name, func(t *testing.T) {
			for to, want := range map[script.Variant]string{script.Hans: tt.hans, script.Hant: tt.hant, script.TW: tt.tw, script.HK: tt.hk} {
				if got := script.Convert(tt.in, to); got != want {
					t.Errorf("Convert(%q, %v) = %q, want %q", tt.in, to, got, want)
				}
			}
			o.check(t, tt.in)
		})
	}
}

// Every key of the dictionaries, alone and in random company.
func TestConvertEqualsGocc(t *testing.T) {
	o := newConvertOracle(t)
	if len(o.keys) < 50_000 {
		t.Fatalf("%d keys, want those of all dictionaries", len(o.keys))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	filler := []string{"，", "12", "km", " ", "的", "部", "\n", "🚧", "é"}
	var b strings.Builder
	for _, n := range rng.Perm(len(o.keys)) {
		b.WriteString(o.keys[n])
		if rng.IntN(3) == 0 {
			b.WriteString(filler[rng.IntN(len(filler))])
		}
		if b.Len() > 4000 {
			o.check(t, b.String())
			b.Reset()
		}
	}
	for i := 0; i < len(o.keys); i += 29 {
		o.check(t, o.keys[i])
		o.check(t, "在"+o.keys[i]+"。")
	}
}

// A display form of our own words that is folded again is the word.
func TestUnfoldLexicon(t *testing.T) {
	for _, w := range lexicon.Words() {
		if got := script.Fold(script.Unfold(w)).Text; got != w {
			t.Errorf("%s is displayed as %s, which folds to %s", w, script.Unfold(w), got)
		}
	}
}

func TestVariantNames(t *testing.T) {
	for name, want := range map[string]script.Variant{"hans": script.Hans, "hant": script.Hant, "tw": script.TW, "hk": script.HK} {
		got, err := script.ParseVariant(name)
		if err != nil || got != want || got.String() != name {
			t.Errorf("ParseVariant(%q) = %v, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "TW", "cn"} {
		if _, err := script.ParseVariant(name); err == nil || !strings.Contains(err.Error(), "hans hant tw hk") {
			t.Errorf("ParseVariant(%q): error %v, want one that lists the names", name, err)
		}
	}
	if got := script.Variant(9).String(); got != "Variant(9)" {
		t.Errorf("Variant(9) is %s", got)
	}
}

func TestUnfoldAllocations(t *testing.T) {
	text := strings.Repeat("各村党支部设立检查站，党员干部轮流值守。", 50)
	if n := testing.AllocsPerRun(100, func() { script.Unfold(text) }); n > 1 {
		t.Errorf("%v allocations, want the result alone", n)
	}
	same := strings.Repeat("同心同德，一往直前。", 50)
	if n := testing.AllocsPerRun(100, func() { script.Unfold(same) }); n != 0 {
		t.Errorf("unchanged text: %v allocations, want 0", n)
	}
}

// None of these would end within the limit of a test run in anything but
// linear time.
func TestLongTexts(t *testing.T) {
	for _, tt := range []struct {
		name, piece string
		size        int
	}{
		{"ten megabytes without a space", "全县设立临时黨支部三十六个", 10_000_000},
		{"one character a million times", "发", 3_000_000},
		{"one character of long phrases", "不", 1_000_000},
		{"phrases that break off", "不見棺材不掉", 1_000_000},
		{"latin run", "a", 3_000_000},
		{"invalid bytes", "\xff", 1_000_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Repeat(tt.piece, tt.size/len(tt.piece))
			want := utf8.RuneCountInString(text)
			for v := script.Hans; v <= script.HK; v++ {
				if n := utf8.RuneCountInString(script.Convert(text, v)); n != want {
					t.Errorf("%d runes in %v, want %d", n, v, want)
				}
			}
		})
	}
}

func FuzzConvert(f *testing.F) {
	for _, tt := range convertTable {
		f.Add(tt.in)
	}
	for _, tt := range foldTable {
		f.Add(tt.in)
	}
	o := newConvertOracle(f)
	f.Fuzz(func(t *testing.T, s string) { o.check(t, s) })
}

func BenchmarkUnfold(b *testing.B) {
	text := strings.Repeat("县委组织部召开会议，要求各基层党组织发挥战斗堡垒作用，在交通要道设立检查站12个，"+
		"党员干部随着轮班名单值守，了解群众需求，建立台账。\n", 200)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			script.Unfold(text)
		}
	})
	b.Run("gocc", func(b *testing.B) {
		cc := newConvertOracle(b).cc[script.Hant]
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cc.Convert(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}
