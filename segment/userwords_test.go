package segment_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-ego/gse"
	"github.com/google/go-cmp/cmp"

	"jianbao/segment"
	"jianbao/segment/lexicon"
)

// userDictionary has words that no dictionary holds, general words with
// another frequency, words of one unit, Latin ones, rare and very frequent
// ones, and words that are there twice.
const userDictionary = `
网格员 900 n
临时党支部 40000
采样点 2 n
党员干部 5000000 n
和尚 2
在理 800000
的确 3
市长 2000000
抢收小麦 120000
青石镇 1200 ns
王小明 3.5 nr
党 77777 n
白 5
iPhone15 50000
C++和Python 60
USB-C接口 700
T恤 2
ABC 12345
哈哈哈 9000000
𠮷野家 400 nz
网格员 2 n
Abc 2
`

// gseWith loads the words with gse itself, before its own dictionary.
func gseWith(t *testing.T, dictionary string) *gse.Segmenter {
	t.Helper()
	path := filepath.Join(t.TempDir(), "user.txt")
	if err := os.WriteFile(path, []byte(strings.TrimSpace(dictionary)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seg := &gse.Segmenter{NotLoadHMM: true, SkipLog: true, Load: true, Dict: gse.NewDict()}
	seg.Init()
	seg.LoadNoFreq = true
	if err := seg.Read(path); err != nil {
		t.Fatal(err)
	}
	for i := range oracle(t).Dict.Tokens {
		token := &oracle(t).Dict.Tokens[i]
		if err := seg.AddToken(token.Text(), token.Freq(), token.Pos()); err != nil {
			t.Fatal(err)
		}
	}
	seg.CalcToken()
	return seg
}

func readWords(t *testing.T, dictionary string) []segment.Word {
	t.Helper()
	words, err := segment.ReadDictionary(strings.NewReader(dictionary), "user.txt")
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// With a user dictionary the tokens are those of gse with the same one.
func TestWithEqualsGse(t *testing.T) {
	t.Parallel()
	words := readWords(t, userDictionary)
	s, err := open(t).With(words)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := open(t).With(words[:7])
	if err != nil {
		t.Fatal(err)
	}
	if steps, err = steps.With(words[7:]); err != nil {
		t.Fatal(err)
	}
	g := gseWith(t, userDictionary)
	texts := append([]string{strings.Join(sentences, ""), strings.Join(sentences, "\n")}, sentences...)
	for _, w := range words {
		texts = append(texts, w.Text, "在"+w.Text+"的", "市"+w.Text+w.Text+"员", strings.ToUpper(w.Text))
	}
	changed := 0
	for _, text := range texts {
		checkEqual(t, s, g, text)
		checkEqual(t, steps, g, text)
		if !cmp.Equal(s.Append(nil, text), open(t).Append(nil, text)) {
			changed++
		}
	}
	if changed < 10 {
		t.Errorf("the dictionary changes %d of %d texts, want some tens", changed, len(texts))
	}
}

// A domain word stays whole whatever frequency a user dictionary gives it or
// its parts, and in whichever order the two come.
func TestWithAndWithWords(t *testing.T) {
	user := []segment.Word{{Text: "临时党支部", Frequency: 2}, {Text: "临时党", Frequency: 9e6}, {Text: "网格", Frequency: 9e6}}
	domain := []string{"临时党支部", "网格员"}
	first, err := open(t).With(user)
	if err != nil {
		t.Fatal(err)
	}
	if first, err = first.WithWords(domain); err != nil {
		t.Fatal(err)
	}
	second, err := withWords(t, domain...).With(user)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*segment.Segmenter{"user first": first, "domain first": second} {
		text := "临时党支部和网格员"
		if got := strings.Join(split(text, s.Append(nil, text)), "|"); got != "临时党支部|和|网格员" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestWithErrors(t *testing.T) {
	for _, w := range []segment.Word{
		{Text: "", Frequency: 3},
		{Text: "巡 河", Frequency: 3},
		{Text: "巡\xff", Frequency: 3},
		{Text: strings.Repeat("河", 65), Frequency: 3},
		{Text: "巡河队"},
		{Text: "巡河队", Frequency: -1},
		{Text: "巡河队", Frequency: 1.99},
		{Text: "巡河队", Frequency: 1e16},
		{Text: "巡河队", Frequency: math.NaN()},
		{Text: "巡河队", Frequency: math.Inf(1)},
	} {
		if _, err := open(t).With([]segment.Word{w}); !errors.Is(err, segment.ErrWord) {
			t.Errorf("%+v: error %v, want ErrWord", w, err)
		}
	}
}

// A derived segmenter leaves the one that it comes from as it was.
func TestWithLeavesTheFirst(t *testing.T) {
	s := open(t)
	text := strings.Join(sentences, "")
	before := s.Append(nil, text)
	if _, err := s.With(readWords(t, userDictionary)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, s.Append(nil, text)); diff != "" {
		t.Error(diff)
	}
}

func TestHas(t *testing.T) {
	s, err := withWords(t, "网格员").With([]segment.Word{{Text: "GPS围栏", Frequency: 3}})
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{
		"干部": true, "网格员": true, "gps围栏": true, "GPS围栏": true,
		"": false, "网格员工": false, "党员干": false, "\xff": false,
	} {
		if got := s.Has(word); got != want {
			t.Errorf("Has(%q) = %v, want %v", word, got, want)
		}
	}
}

func BenchmarkWith(b *testing.B) {
	s := open(b)
	var words []segment.Word
	for i, w := range lexicon.Words() {
		words = append(words, segment.Word{Text: w, Frequency: float64(10 + i)})
	}
	for b.Loop() {
		if _, err := s.With(words); err != nil {
			b.Fatal(err)
		}
	}
}
