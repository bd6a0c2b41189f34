package recode

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// asLatin1 reads each byte as a character; asCP1252 as browsers do.
func asLatin1(b []byte) string {
	var out strings.Builder
	for _, c := range b {
		out.WriteRune(rune(c))
	}
	return out.String()
}

func asCP1252(b []byte) string {
	var out strings.Builder
	for _, c := range b {
		r := rune(c)
		for _, special := range "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ" {
			if b, _ := westernByte(special); b == c {
				r = special
			}
		}
		out.WriteRune(r)
	}
	return out.String()
}

// asGBK reads UTF-8 as GBK; ok is false when something was lost.
func asGBK(m *Model, b []byte) (text string, ok bool) {
	text, lost := site{mark: "?"}.decode(m, b)
	return text, lost == 0
}

func TestWestern(t *testing.T) {
	m := model(t)
	const line = "全镇设置卡口26处，选派干部310名（其中女干部87名）。"
	for _, c := range []struct{ name, dirty, want, kind string }{
		{"latin1", asLatin1([]byte(line)), line, UTF8AsLatin1},
		{"cp1252", asCP1252([]byte(line)), line, UTF8AsCP1252},
		{"twice", asCP1252([]byte(asCP1252([]byte(line)))), line, UTF8AsCP1252},
		{"latin1 twice", asLatin1([]byte(asLatin1([]byte(line)))), line, UTF8AsLatin1},
		{"gbk", asLatin1(gbkBytes(t, line)), line, GBKAsLatin1},
		{"gbk, traditional", asCP1252(gbkBytes(t, "縣委派出幹部三百名")), "縣委派出幹部三百名", GBKAsLatin1},
		{"inside a line", "通讯员：" + asCP1252([]byte("干部 310余名")) + "（本报）", "通讯员：干部 310余名（本报）", UTF8AsCP1252},
		{"a space for U+00A0", strings.ReplaceAll(asCP1252([]byte("村民食堂今天开门")), "\u00a0", " "), "村民食堂今天开门", UTF8AsCP1252},
		{"an accent", "参观者Beno" + asLatin1([]byte("î")) + "t留言", "参观者Benoît留言", UTF8AsLatin1},
	} {
		t.Run(c.name, func(t *testing.T) {
			repairs := Repairs(c.dirty, m, nil)
			if got := applied(c.dirty, repairs); got != c.want {
				t.Fatalf("%q became %q\n%+v", c.dirty, got, repairs)
			}
			if len(repairs) != 1 || repairs[0].Kind != c.kind {
				t.Errorf("%+v, want one of %s", repairs, c.kind)
			}
		})
	}
}

// Random pages in every disguise come back whole, or stay where bytes were lost.
func TestStackedAtRandom(t *testing.T) {
	m := model(t)
	rng := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		text := page(rng, [][]string{clauses, simplified}[rng.IntN(2)]) + "\n\n" + page(rng, simplified)
		for _, dirty := range []string{asLatin1([]byte(text)), asCP1252([]byte(text)), asLatin1(gbkBytes(t, text))} {
			if got := applied(dirty, Repairs(dirty, m, nil)); got != text {
				t.Errorf("%s became %s, want %s", dirty, got, text)
			}
		}
		lossy, _ := asGBK(m, []byte(text))
		if got := applied(lossy, Repairs(lossy, m, nil)); !keepsLossy(got, lossy, text) {
			t.Errorf("with losses: %s became %s", lossy, got)
		}
	}
}

// Clauses whose bytes in UTF-8 are all pairs of GBK come back whole.
func TestUTF8AsGBK(t *testing.T) {
	m := model(t)
	whole := 0
	for _, clause := range append(clauses, simplified...) {
		for _, text := range []string{clause, clause + "36", clause + "\n" + clause} {
			dirty, ok := asGBK(m, []byte(text))
			if !ok {
				continue
			}
			whole++
			repairs := Repairs(dirty, m, nil)
			if got := applied(dirty, repairs); got != text {
				t.Errorf("%s became %s, want %s: %+v", dirty, got, text, repairs)
			}
		}
	}
	if whole < 30 {
		t.Errorf("only %d clauses were read without loss", whole)
	}
}

// keepsLossy reports whether each line of got is the one of dirty or of clean.
func keepsLossy(got, dirty, clean string) bool {
	g, d, c := strings.Split(got, "\n"), strings.Split(dirty, "\n"), strings.Split(clean, "\n")
	if len(g) != len(d) || len(g) != len(c) {
		return got == dirty
	}
	for i := range g {
		if g[i] != d[i] && g[i] != c[i] {
			return false
		}
	}
	return true
}

// A whole document decoded as the wrong one of GBK and Big5.
func TestWholeDocument(t *testing.T) {
	m := model(t)
	hant := "縣委組織部派出六個督導組，困難群眾的名單貼在牆上。\n\n返鄉人員逐一登記造冊，大家心往一處想。\n"
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(hant))
	if err != nil {
		t.Fatal(err)
	}
	asGB, lost := site{mark: "?"}.decode(m, big5)
	if lost > 0 {
		t.Fatalf("%s has losses: choose another sentence", asGB)
	}
	if got := applied(asGB, Repairs(asGB, m, nil)); got != hant {
		t.Errorf("%s became %s", asGB, got)
	}
	hans := "老支书带头跳进冰冷的水里，干部们把米和油送到家里。\n卡口值守的志愿者换了三班。\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(hans))
	if err != nil {
		t.Fatal(err)
	}
	asBig5, err := traditionalchinese.Big5.NewDecoder().Bytes(gbk)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsRune(string(asBig5), '\uFFFD') {
		t.Fatalf("%s has losses: choose another sentence", asBig5)
	}
	if got := applied(string(asBig5), Repairs(string(asBig5), m, nil)); got != hans {
		t.Errorf("%s became %s", asBig5, got)
	}
}

func TestBeyondRepair(t *testing.T) {
	m := model(t)
	for text, want := range map[string]int{
		"党支部锟斤拷锟斤拷成立":                1,
		"干\uFFFD\uFFFD12名\uFFFD，其他人": 1,
		"网页上的“锟斤拷”三字":                0,
		"写着'锟斤拷'":                    0,
	} {
		repairs := Repairs(text, m, nil)
		if len(repairs) != want {
			t.Errorf("%q: %+v, want %d marks", text, repairs, want)
		}
		for _, r := range repairs {
			if r.Applied || r.Kind != Beyond {
				t.Errorf("%q: %+v", text, r)
			}
		}
	}
}
