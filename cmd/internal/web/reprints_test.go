package web

import (
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"jianbao/cmd/internal/pipeline"
	"jianbao/ingest"
)

func TestReprintsPage(t *testing.T) {
	_, h := newServer(t, nil)
	article := firstArticle(t, h.URL, "title:田埂 AND script:hant AND cluster:all")
	get(t, article).want(t, 200, strings.TrimPrefix(article, h.URL)+`/reprints"`, "1 reprint of this article")
	a := get(t, article+"/reprints")
	a.want(t, 200, "a group of 2 reprints", "similarity", "The same words.")

	id := strings.TrimPrefix(article, h.URL+"/articles/")
	var said pipeline.SimilarArticles
	if err := json.Unmarshal([]byte(get(t, h.URL+"/api/v1/documents/"+id+"/similar").text), &said); err != nil {
		t.Fatal(err)
	}
	if len(said.Articles) == 0 || said.Articles[0].Relation == pipeline.Other {
		t.Fatalf("%+v", said)
	}
	for _, s := range said.Articles {
		if !strings.Contains(a.text, "/articles/"+s.DocID) {
			t.Errorf("%s is not on the page", s.DocID)
		}
	}
	get(t, article+"/reprints?least=2").want(t, 400, "least must be 0 to 1")
	get(t, article+"/reprints?least=NaN").want(t, 400)
	get(t, h.URL+"/articles/00000000000000000000000000000000/reprints").want(t, 404, "There is no such article.")
}

// likeArticles are a corpus of two articles that are similar without being
// reprints. What differs is hostile and long.
func likeArticles(t *testing.T) *httptest.Server {
	t.Helper()
	_, p, err := makeCorpus()
	if err != nil {
		t.Fatal(err)
	}
	var one, other strings.Builder
	for i := range 40 {
		fmt.Fprintf(&one, "第%d组在%c村的渡口值守，设卡点%d处。\n", i, '甲'+rune(i), i+2)
		if i%3 > 0 {
			fmt.Fprintf(&other, "第%d组在%c村的渡口值守，设卡点%d处。\n", i, '甲'+rune(i), i+2+i%7/6*50)
		}
	}
	fmt.Fprintf(&other, "<script>alert(1)</script>\x1b[31m\u202e%s", strings.Repeat("没有尽头，", 100)+"志愿者也来了。")
	files := fstest.MapFS{}
	for name, text := range map[string]string{"one.jsonl": one.String(), "<b>\u202eother.jsonl": other.String()} {
		line, err := json.Marshal(map[string]string{"title": hostileTitle + "渡口" + strings.Repeat("长", 10_000), "text": text})
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: line}
	}
	dir := filepath.Join(t.TempDir(), "corpus")
	if _, err := p.Ingest(t.Context(), dir, ingest.FS(t.Context(), ingest.Options{}, files), pipeline.IngestOptions{RunID: "like", Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	_, h := serveDir(t, p, dir, nil)
	return h
}

// However much differs, the page stays small, and nothing of an article is
// markup.
func TestHostileReprints(t *testing.T) {
	h := likeArticles(t)
	for _, q := range []string{"志愿者", "卡点 -志愿者"} {
		article := firstArticle(t, h.URL, q)
		a := get(t, article+"/reprints?least=0.2")
		a.want(t, 200, "another article", "&lt;script&gt;", "[U&#43;202E]", `<option value="0.2" selected>`)
		for _, bad := range []string{"<script>", "<b>", "\x1b", "\u202e"} {
			if strings.Contains(a.text, bad) {
				t.Errorf("the page has %q", bad)
			}
		}
		var said pipeline.SimilarArticles
		id := strings.TrimPrefix(article, h.URL+"/articles/")
		if err := json.Unmarshal([]byte(get(t, h.URL+"/api/v1/documents/"+id+"/similar?least=0.2").text), &said); err != nil || len(said.Articles) != 1 {
			t.Fatalf("%+v, %v", said, err)
		}
		if s := said.Articles[0]; len(s.Numbers) == 0 || len(s.Words) == 0 {
			t.Errorf("%+v", s)
		}
		for _, c := range slices.Concat(said.Articles[0].Numbers, said.Articles[0].Words) {
			want := ""
			if c.A != "" {
				want += "<del>" + html.EscapeString(shorten(c.A, maxChangeRunes)) + "</del>"
			}
			if c.A != "" && c.B != "" {
				want += `<span aria-hidden="true"> → </span>`
			}
			if c.B != "" {
				want += "<ins>" + html.EscapeString(shorten(c.B, maxChangeRunes)) + "</ins>"
			}
			if !strings.Contains(strings.ReplaceAll(a.text, "&#43;", "+"), want) {
				t.Errorf("%q is not on the page", want)
			}
		}
		get(t, article+"/reprints?least=1").want(t, 200, "no other article is so similar")
	}
	_, long := newServer(t, nil)
	get(t, firstArticle(t, long.URL, "敌意县")+"/reprints").want(t, 200, "no other article is so similar", "&lt;script&gt;")
	list := newChangeList("changes.words", make([]pipeline.Change, 3000))
	if len(list.First) != changeRows || len(list.First)+len(list.Rest) != maxChangeRows || list.N != 3000 || list.More != 3000-maxChangeRows {
		t.Errorf("%d + %d of %d, %d more", len(list.First), len(list.Rest), list.N, list.More)
	}
	wide := newChangeList("changes.words", []pipeline.Change{{A: strings.Repeat("长", 400_000) + "\u202e"}})
	if n := len([]rune(wide.First[0].A)); n != maxChangeRunes+1 {
		t.Errorf("%d characters of one change", n)
	}
}

// A link to a span leads to its part of the article and marks it, in every form.
func TestPlaces(t *testing.T) {
	s, h := newServer(t, nil)
	article := firstArticle(t, h.URL, "title:田埂 AND script:hant AND cluster:all")
	c := s.library.borrow()
	defer c.giveBack()
	shown, err := c.Show(t.Context(), strings.TrimPrefix(article, h.URL+"/articles/"))
	if err != nil {
		t.Fatal(err)
	}
	text := []rune(shown.Document.Text)
	start := strings.Index(shown.Document.Text, "臨時黨支部")
	from := len([]rune(shown.Document.Text[:start]))
	if string(text[from:from+5]) != "臨時黨支部" {
		t.Fatal("the sample changed")
	}
	at := "&at=" + url.QueryEscape(strings.Join([]string{strconv.Itoa(from), strconv.Itoa(from + 5)}, "-"))
	marked := regexp.MustCompile(`<span class="[^"]*place" id="at"[^>]*>([^<]*)`)
	for form, want := range map[string]string{"": "臨時黨支部", "hans": "临时党支部", "hant": "臨時黨支部", "raw": "臨時黨支部"} {
		a := get(t, article+"?q="+url.QueryEscape("临时党支部")+"&form="+form+at)
		if found := marked.FindAllStringSubmatch(a.text, -1); len(found) != 1 || !strings.HasPrefix(want, found[0][1]) || found[0][1] == "" {
			t.Errorf("%q: %q, want %q", form, found, want)
		}
		if !strings.Contains(a.text, "form=hans") || !strings.Contains(a.text, "at="+strconv.Itoa(from)) {
			t.Errorf("%q: the switch forgets the place", form)
		}
	}
	for _, wrong := range []string{"x", "-1", "5-5", "5-2", "1-99999999", "99999999"} {
		get(t, article+"?at="+wrong).want(t, 400, "START-END")
	}
	evil := firstArticle(t, h.URL, "敌意县")
	last := get(t, evil+"?at=400000")
	last.want(t, 200, `id="at"`)
	if strings.Contains(get(t, evil).text, `id="at"`) {
		t.Error("a place that nobody asked for")
	}
}

// The table says what made each count, and lets the rules be tried on its
// sentence.
func TestWhy(t *testing.T) {
	_, h := newServer(t, nil)
	article := firstArticle(t, h.URL, "title:田埂 AND script:hant AND cluster:all")
	get(t, article+"?lang=en").want(t, 200, "stands behind the number", `href="/rules?text=`, "The sentence by the rules")
	get(t, article+"?lang=zh").want(t, 200, "数字后接“", "逐数解释此句")
}
