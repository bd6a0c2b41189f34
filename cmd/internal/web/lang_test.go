package web

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"jianbao/extract/number"
)

// Every text that a page asks for is there, in both languages.
func TestMessages(t *testing.T) {
	key := regexp.MustCompile(`\b[TN] "([a-z.]+)"|\b(?:T|N|text|add|say)\("([a-z.]+)"`)
	asked := map[string]bool{}
	read := func(text string) {
		for _, m := range key.FindAllStringSubmatch(text, -1) {
			asked[m[1]+m[2]] = true
		}
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := templateFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		read(string(text))
	}
	for _, name := range []string{"article.go", "corpus.go", "counts.go", "countscharts.go", "countslist.go", "countsparts.go", "reprints.go", "rules.go", "search.go", "view.go", "why.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		read(string(text))
	}
	if len(asked) < 80 {
		t.Fatalf("only %d texts are asked for", len(asked))
	}
	for k := number.Plain; k <= number.Marker; k++ {
		asked["kind."+strings.ToLower(k.String())] = true
	}
	for _, of := range helpSections {
		asked["help.title."+of.name] = true
		for _, e := range of.examples {
			asked[e[1]] = true
		}
		for _, note := range of.notes {
			asked[note] = true
		}
	}
	reasons, err := os.ReadFile("../../../ingest/bad.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Reason = "([a-z_]+)"`).FindAllStringSubmatch(string(reasons), -1) {
		asked["reason."+m[1]] = true
	}
	for k := range asked {
		if strings.HasSuffix(k, ".") && k != "form." {
			continue // the start of several
		}
		if m := messages[k]; m.zh == "" || m.en == "" && !strings.HasPrefix(k, "why.") { // in English the pipeline says why
			t.Errorf("%q has no text in one language", k)
		}
	}
	for k, m := range messages {
		if one, ok := strings.CutSuffix(k, ".one"); ok && k != "why.one" && messages[one].en == "" {
			t.Errorf("%q is for one, but there is none for many", k)
		}
		if m.zh == "" {
			t.Errorf("%q has no Chinese", k)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	tests := []struct {
		query, cookie, accept string
		want                  lang
	}{
		{"", "", "", english},
		{"", "", "zh-TW,zh;q=0.9,en;q=0.8", chinese},
		{"", "", "fr, en;q=0.5, zh;q=0.9", chinese},
		{"", "", "fr", english},
		{"", "en", "zh", english},
		{"zh", "en", "en", chinese},
		{"xx", "zz", "zh", chinese},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "/?lang="+tt.query, nil)
		r.Header.Set("Accept-Language", tt.accept)
		r.Header.Set("Cookie", langCookie+"="+tt.cookie)
		if got := languageOf(httptest.NewRecorder(), r); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}
