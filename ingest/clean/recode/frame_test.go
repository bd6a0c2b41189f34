package recode

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// applied is text with its repairs made.
func applied(text string, repairs []Repair) string {
	var b strings.Builder
	at := 0
	for _, r := range repairs {
		if r.Applied {
			b.WriteString(text[at:r.Span.Start])
			b.WriteString(r.After)
			at = r.Span.End
		}
	}
	return b.String() + text[at:]
}

// Thousands of invented pages, damaged as a careless site would.
func TestShiftsAtRandom(t *testing.T) {
	m := model(t)
	for _, c := range []struct {
		name  string
		from  []string
		site  site
		exact float64 // share of pages without losses that come back as they were
		lossy float64 // share of the others that may come back wrong
	}{
		{"question marks", clauses, site{mark: "?"}, 0.97, 0.005},
		{"replacement characters", clauses, site{mark: "\uFFFD"}, 0.97, 0.005},
		{"swallowing", clauses, site{mark: "?", swallow: true}, 0.97, 0.005},
		{"folded, pairs vanish", clauses, site{mark: "?", fold: true, dropPUA: true, swallow: true}, 0.85, 0.005}, // what vanished leaves fluent wrong readings: better left than wrong
		{"no mark", clauses, site{mark: ""}, 0.85, 0.005},
		{"simplified", simplified, site{mark: "?", swallow: true}, 0.93, 0.005},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			full, exact, wrong, lossyPages, lossyWrong := 0, 0, 0, 0, 0
			for range 500 {
				dirty, clean, lossy, ok := shifted(t, rng, m, c.site, page(rng, c.from))
				if !ok {
					continue
				}
				got := applied(dirty, Repairs(dirty, m, nil))
				bad := got != clean && got != dirty
				if lossy {
					lossyPages++
					lossyWrong += count(bad)
					continue
				}
				full++
				exact += count(got == clean)
				wrong += count(bad)
			}
			t.Logf("nothing lost: %d, exact %d, wrong %d; lossy: %d, wrong %d", full, exact, wrong, lossyPages, lossyWrong)
			if full < 50 || float64(exact) < c.exact*float64(full) || float64(wrong) > 0.005*float64(full) {
				t.Error("too few pages came back as they were")
			}
			if float64(lossyWrong) > c.lossy*float64(lossyPages) {
				t.Error("too many pages came back otherwise than they were")
			}
		})
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cut damages a line by machine: the one place where the bytes of at, cut in
// the middle of its first character, start a new piece.
func cut(t *testing.T, m *Model, s site, line, at string) string {
	t.Helper()
	head, tail, ok := strings.Cut(line, at)
	if !ok {
		t.Fatalf("%q is not in %q", at, line)
	}
	b := gbkBytes(t, at+tail)
	first, _ := s.decode(m, append(gbkBytes(t, head), b[0]))
	second, _ := s.decode(m, b[1:])
	return first + second
}

func TestShifts(t *testing.T) {
	m := model(t)
	plain, folding := site{mark: "?"}, site{mark: "?", fold: true, dropPUA: true, swallow: true}
	for _, c := range []struct {
		name string
		site site
		line string
		at   string // where the cut is, within the first character
		want string // "" for the line itself
	}{
		{"quotation", plain, "他搖搖頭。“我們縣還能扛。”", "。“", ""},
		{"ends after a name", plain, "卡口不能撤。”楊大嫂說完就走。", "。”", ""},
		{"another character than a stop", plain, "橋頭的老漢說，平常靠老黨員領路。", "常靠", ""},
		{"one character", plain, "雨還在下。難就難在最後一里路。", "。難", ""},
		{"folded", folding, "物資都到齊了。該鎮黨員連夜分送。", "。該", ""},
		{"twice", plain, "先開會。“黨員留下。”散會後，靠前的幾排黨員都沒有走。", "。“", ""},
		{"last byte of the line", plain, "帐篷还差三十顶。供水车天亮前赶到山口。", "。供", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dirty := cut(t, m, c.site, c.line, c.at)
			if dirty == c.line {
				t.Fatal("no damage was done")
			}
			want := c.want
			if want == "" {
				want = c.line
			}
			if got := applied(dirty, Repairs(dirty, m, nil)); got != want {
				t.Errorf("%s\n got %s\nwant %s\n%+v", dirty, got, want, Repairs(dirty, m, nil))
			}
		})
	}
}

// A tag whose "<" was swallowed comes back where the text has such tags.
func TestSwallowedTag(t *testing.T) {
	m := model(t)
	s := site{mark: "?", swallow: true, fold: true}
	for _, c := range []struct{ before, want string }{
		{"", "他喊：“大家跟我来，我认得路。”\n"},
		{"<p>", "<p>他喊：“大家跟我来，我认得路。”</p>\n"},
	} {
		dirty := c.before + cut(t, m, s, "他喊：“大家跟我来，我认得路。”</p>\n", "。”")
		want := strings.Map(folded, c.want)
		if got := applied(dirty, Repairs(dirty, m, nil)); got != want {
			t.Errorf("%q became %q, want %q", dirty, got, want)
		}
	}
}

// A site that puts readings behind bytes, not characters: the last byte of 處
// and the first of 支 are 幹.
func TestReadingBetweenBytes(t *testing.T) {
	m := model(t)
	const want = "辦事處支部黨員輪流值班"
	b := gbkBytes(t, want)
	i := strings.Index(string(b), "\x8E\xD6") + 2
	head, _ := site{mark: "?", swallow: true}.decode(m, append(b[:i:i], '('))
	tail, _ := site{mark: "?"}.decode(m, b[i:])
	dirty := head + "gàn)" + tail
	reads := func(r rune, word string) bool { return r == '幹' && word == "gàn" }
	if got := applied(dirty, Repairs(dirty, m, reads)); got != want {
		t.Errorf("%s became %s", dirty, got)
	}
}

// Where pairs of bytes vanished, or the end of a shift did, the place is marked
// and the text stays.
func TestLossesAreMarked(t *testing.T) {
	m := model(t)
	s := site{mark: "?", fold: true, dropPUA: true, swallow: true}
	dirty := cut(t, m, s, "守桥的人都没有走。空屋里住进了受灾群众，老人多，孩子也多，被褥都不够用。", "。空")
	repairs := Repairs(dirty, m, nil)
	if len(repairs) != 1 || repairs[0].Applied || repairs[0].Kind != FrameShift || repairs[0].Span.Len() < 20 {
		t.Errorf("%s: %+v", dirty, repairs)
	}
}
