package sample

import (
	"fmt"
	"html"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/liuzl/gocc"

	"jianbao/corpus"
)

// reading is an article beside its gold.
type reading struct {
	Article
	raw  string
	text string // raw after crude: still with its head and tail
}

func readings(t *testing.T) []reading {
	t.Helper()
	gold, err := Gold()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]reading, len(gold))
	for i, a := range gold {
		raw, err := fs.ReadFile(FS(), a.File)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = reading{a, string(raw), crude(a, string(raw))}
	}
	return all
}

var (
	glossed = regexp.MustCompile(`(\p{Han})\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)`)
	tag     = regexp.MustCompile(`<[^>]*>`)
)

// crude takes out glosses, markup and debris by the shortest way. It knows
// what these articles hold and would ruin others.
func crude(a Article, raw string) string {
	s := glossed.ReplaceAllString(raw, "$1")
	if path.Ext(a.File) == ".html" {
		s = tag.ReplaceAllString(s, "")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return -1
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r == '．', r == '％':
			return r - '０' + '0'
		}
		return r
	}, html.UnescapeString(s))
}

// fold is the simplified form of s, rune for rune.
func fold(t *testing.T, s string) string {
	t.Helper()
	t2s, err := gocc.New("t2s")
	if err != nil {
		t.Fatal(err)
	}
	out, err := t2s.Convert(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// body is the part of s from a's first sentence to the end of its last.
func body(t *testing.T, a Article, s string) string {
	t.Helper()
	start, last := strings.Index(s, a.FirstSentence), strings.LastIndex(s, a.LastSentence)
	if start < 0 || last <= start {
		t.Fatalf("%s: first sentence at %d, last at %d", a.File, start, last)
	}
	return s[start : last+len(a.LastSentence)]
}

func TestEveryArticleHasGold(t *testing.T) {
	var files, named []string
	entries, err := fs.ReadDir(FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files = append(files, e.Name())
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if n := info.Size(); n < 1<<10 || n > 8<<10 {
			t.Errorf("%s: %d bytes, want 1 to 8 KB", e.Name(), n)
		}
	}
	for _, r := range readings(t) {
		named = append(named, r.File)
	}
	if diff := cmp.Diff(files, named); diff != "" {
		t.Errorf("files and gold differ (-files +gold):\n%s", diff)
	}
}

func TestGoldIsStrict(t *testing.T) {
	for _, in := range []string{
		`{"file":"a.txt","colour":"red"}`,
		`{"file":"a.txt","mentions":[{"category":"branch","heads":[]}]}`,
		`{"file":"a.txt"} {"file":`,
	} {
		if _, err := decode(strings.NewReader(in)); err == nil {
			t.Errorf("decode(%s) succeeded", in)
		}
	}
}

func TestMetadataStandsInArticle(t *testing.T) {
	dates := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:00\+08:00)?$`)
	for _, r := range readings(t) {
		names := append([]string{r.Title, r.Source}, append(r.Authors, r.Editors...)...)
		for _, s := range names {
			if !strings.Contains(r.text, s) {
				t.Errorf("%s: %q is not printed", r.File, s)
			}
		}
		if r.Published != "" && !dates.MatchString(r.Published) {
			t.Errorf("%s: published %q", r.File, r.Published)
		}
		if r.Script != corpus.Hans && r.Script != corpus.Hant && r.Script != corpus.Mixed {
			t.Errorf("%s: script %q", r.File, r.Script)
		}
	}
}

// TestMentionsStandInBody walks every body once: number and classifier of each
// mention follow the one before it, and its head is printed in that sentence,
// or before it when the count is headless.
func TestMentionsStandInBody(t *testing.T) {
	for _, r := range readings(t) {
		text := body(t, r.Article, r.text)
		at := 0
		for i, m := range r.Mentions {
			needle := m.NumberText + m.Unit
			off := strings.Index(text[at:], needle)
			if off < 0 {
				t.Errorf("%s: mention %d: %q is not printed after byte %d", r.File, i, needle, at)
				break
			}
			at += off
			where := sentenceAround(text, at)
			if slices.Contains(m.Flags, corpus.Headless) {
				where = text[:at]
			}
			if !strings.Contains(where, m.Head) {
				t.Errorf("%s: mention %d: %q is not printed in %q", r.File, i, m.Head, where)
			}
			at += len(m.NumberText)
		}
	}
}

// sentenceAround is the sentence of text that holds byte off.
func sentenceAround(text string, off int) string {
	const marks = "。！？\n"
	start := strings.LastIndexAny(text[:off], marks) + 1
	end := strings.IndexAny(text[off:], marks)
	if end < 0 {
		return text[start:]
	}
	return text[start : off+end]
}

func TestBoundsFollowTheModifier(t *testing.T) {
	for _, r := range readings(t) {
		for i, m := range r.Mentions {
			if !boundsFit(m) {
				t.Errorf("%s: mention %d: %s %q has value %s, bounds %s to %s",
					r.File, i, m.Modifier, m.NumberText, show(m.Value), show(m.Lo), show(m.Hi))
			}
		}
	}
}

// boundsFit holds m to the bounds that corpus promises for its modifier.
func boundsFit(m Mention) bool {
	v, lo, hi := m.Value, m.Lo, m.Hi
	switch m.Modifier {
	case corpus.Exact:
		return v != nil && lo != nil && hi != nil && *v == *lo && *v == *hi
	case corpus.Over:
		return v != nil && lo != nil && *lo >= *v && *lo <= *v+1 && (hi == nil || *hi > *lo)
	case corpus.Under:
		return v != nil && lo == nil && hi != nil && *hi <= *v && *hi >= *v-1
	case corpus.About:
		return v != nil && lo == nil && hi == nil
	case corpus.AtLeast:
		return lo != nil && hi == nil && (v == nil || *v == *lo)
	case corpus.AtMost:
		return v != nil && lo == nil && hi != nil && *hi == *v
	case corpus.Range:
		return v == nil && lo != nil && hi != nil && *lo < *hi
	case corpus.Masked:
		return v == nil && lo == nil && hi == nil
	}
	return false
}

var arabic = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)余?([万萬]?)`)

// TestValuesAreWhatIsPrinted reads every number in Arabic digits once more.
func TestValuesAreWhatIsPrinted(t *testing.T) {
	for _, r := range readings(t) {
		for i, m := range r.Mentions {
			parts := arabic.FindStringSubmatch(m.NumberText)
			if parts == nil || m.Value == nil {
				continue
			}
			want, err := strconv.ParseFloat(strings.ReplaceAll(parts[1], ",", ""), 64)
			if err != nil {
				t.Fatal(err)
			}
			if parts[2] != "" {
				want *= 1e4
			}
			if int64(math.Round(want)) != *m.Value {
				t.Errorf("%s: mention %d: %q has value %d", r.File, i, m.NumberText, *m.Value)
			}
		}
	}
}

func show(n *int64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}
