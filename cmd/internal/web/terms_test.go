package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
	"jianbao/corpus/frequency"
	"jianbao/index/query"
)

// termCalls are the requests for lines and counted words that the document tells
// of.
func termCalls(open, locked, full string) []call {
	const kwic, terms = "/api/v1/kwic", "/api/v1/terms/"
	q := url.QueryEscape
	good := map[string]string{
		kwic: "?sort=r1,date&window=8w&sample=5&seed=7&q=" + q("党支部 OR 干部"), kwic + ".csv": "?q=" + q("党支部"), kwic + ".jsonl": "?q=" + q("党支部"),
		terms + inWords: "?q=" + q("党支部"), terms + inNgrams: "?n=3&stop_words=true", terms + inCollocates: "?min=1&word=" + q("支部"),
		terms + inKeyness: "?min=1&q=" + q("防汛"), terms + inDispersion: "?word=" + q("党员") + "&word=" + q("冰淇淋"),
	}
	var all []call
	for path, parameters := range good {
		all = append(all,
			call{"GET", path, open + path + parameters, "", 200},
			call{"GET", path, open + path + parameters + "&reprints=perhaps", "", 400},
			call{"GET", path, locked + path + parameters, "", 401},
			call{"GET", path, full + path + parameters, "", 503},
		)
	}
	bad := func(path, parameters string) { all = append(all, call{"GET", path, open + path + parameters, "", 400}) }
	for _, parameters := range []string{"", "?q=(", "?q=x&sort=l4", "?q=x&window=wide", "?q=x&window=1001", "?q=x&sample=-1", "?q=x&seed=-1", "?q=x&limit=0", "?q=x&cursor=!"} {
		bad(kwic, parameters)
	}
	bad(kwic+".csv", "")
	bad(terms+inWords, "?q=(")
	bad(terms+inNgrams, "?n=6")
	bad(terms+inCollocates, "")
	bad(terms+inCollocates, "?left=0&right=0&word=x")
	bad(terms+inCollocates, "?by=size&word=x")
	bad(terms+inCollocates, "?word="+q("，"))
	bad(terms+inKeyness, "?against=x")
	bad(terms+inDispersion, "")
	bad(terms+inDispersion, "?by=place&word=x")
	bad(terms+inDispersion, "?word=x"+strings.Repeat("&word=y", maxWords))
	for _, nothing := range []string{kwic + "?q=", terms + inWords + "?q=", terms + inKeyness + "?q=", terms + inDispersion + "?by=source&word=x&q="} {
		path, _, _ := strings.Cut(nothing, "?")
		all = append(all, call{"GET", path, open + nothing + q("查无此词"), "", 200})
	}
	a := concordanceRequest{q: "x", options: pipeline.KWICOptions{Window: concordance.Window{Size: defaultWindow}}}
	old := cursor{Asked: askedBy(a.values().Encode(), "kwic"), Generation: 99}
	return append(all, call{"GET", kwic, open + kwic + "?q=x&cursor=" + old.at(3), "", 410})
}

// into reads an answer of the API.
func into[T any](t *testing.T, address string) (v T) {
	t.Helper()
	a := get(t, address)
	a.want(t, 200)
	if err := json.Unmarshal([]byte(a.text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// lines are those that the pipeline gives, as the command line shows them.
func lines(t *testing.T, s *Server, q string, o pipeline.KWICOptions) ([]concordance.Line, pipeline.KWIC) {
	t.Helper()
	c := s.library.borrow()
	defer c.giveBack()
	var all []concordance.Line
	about, err := c.KWIC(t.Context(), q, o, func(l concordance.Line) error {
		all = append(all, l)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, about
}

var sameLines = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".keys" }, cmp.Ignore())

// The pages of a cursor are the concordance of the command line, in whatever order.
func TestConcordancePages(t *testing.T) {
	s, h := newServer(t, nil)
	for _, sort := range []string{"", "r1,date"} {
		order, err := concordance.ParseOrder(sort)
		if err != nil {
			t.Fatal(err)
		}
		want, about := lines(t, s, "党支部", pipeline.KWICOptions{Window: concordance.Window{Size: 12}, Lines: concordance.Options{Order: order}})
		var got []concordance.Line
		address := h.URL + "/api/v1/kwic?window=12&limit=7&q=" + url.QueryEscape("党支部") + "&sort=" + sort
		for next := ""; ; {
			page := into[foundLines](t, address+"&cursor="+next)
			got = append(got, page.Lines...)
			if page.Found != about.Found || page.Complete && page.Hits != about.Hits {
				t.Errorf("%+v, want %+v", page, about)
			}
			if next = page.Next; next == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got, sameLines); diff != "" || len(got) < 15 {
			t.Errorf("sorted by %q: %d lines: %s", sort, len(got), diff)
		}
	}
}

// A download has all lines, as CSV and as JSON lines.
func TestLinesAsFiles(t *testing.T) {
	s, h := newServer(t, nil)
	want, _ := lines(t, s, "干部", pipeline.KWICOptions{Window: concordance.Window{Size: defaultWindow}, Lines: concordance.Options{Order: concordance.Order{concordance.R1}}})
	a := get(t, h.URL+"/api/v1/kwic.csv?sort=r1&q="+url.QueryEscape("干部"))
	a.want(t, 200)
	rows, err := csv.NewReader(strings.NewReader(a.text)).ReadAll()
	if err != nil || len(rows) != len(want)+1 || rows[0][0] != "doc_id" || rows[1][0] != want[0].DocID || rows[1][4] != want[0].Hit {
		t.Errorf("%d rows, want %d lines, %v", len(rows), len(want), err)
	}
	a = get(t, h.URL+"/api/v1/kwic.jsonl?sort=r1&q="+url.QueryEscape("干部"))
	a.want(t, 200)
	var got []concordance.Line
	for d := json.NewDecoder(strings.NewReader(a.text)); d.More(); {
		var l concordance.Line
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		got = append(got, l)
	}
	if diff := cmp.Diff(want, got, sameLines); diff != "" {
		t.Error(diff)
	}
}

// The API gives the figures of `jianbao terms`.
func TestTermsAreThoseOfTheCommand(t *testing.T) {
	s, h := newServer(t, nil)
	c := s.library.borrow()
	defer c.giveBack()
	o := pipeline.TermOptions{Query: "党支部", N: 1, Limit: 20, Least: 2}
	const terms = "/api/v1/terms/"
	in := "?min=2&limit=20&q=" + url.QueryEscape("党支部")

	words, err := c.Words(t.Context(), o)
	figures(t, into[pipeline.WordList](t, h.URL+terms+inWords+in), words, err)
	o.N = 3
	words, err = c.Words(t.Context(), o)
	figures(t, into[pipeline.WordList](t, h.URL+terms+inNgrams+in+"&n=3"), words, err)
	o.N = 1
	near, err := c.Collocates(t.Context(), "党员", pipeline.Span{Left: 3, Right: 2}, frequency.ByG2, o)
	figures(t, into[pipeline.Collocates](t, h.URL+terms+inCollocates+in+"&left=3&right=2&by=g2&word="+url.QueryEscape("黨員")), near, err)
	keys, err := c.Keyness(t.Context(), "干部", o)
	figures(t, into[pipeline.Keyness](t, h.URL+terms+inKeyness+in+"&against="+url.QueryEscape("干部")), keys, err)
	d, err := c.Dispersion(t.Context(), "党员", o)
	spread := into[pipeline.Scatter](t, h.URL+terms+inDispersion+in+"&word="+url.QueryEscape("党员"))
	figures(t, spread.Words[0].Over, d.Over, err)
	if spread.Words[0].Frequency != d.Frequency || spread.Undated != d.Undated {
		t.Errorf("%+v, want %+v", spread, d)
	}
}

func figures[T any](t *testing.T, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTermPages(t *testing.T) {
	_, h := newServer(t, nil)
	q := url.QueryEscape
	tests := []struct {
		name, address string
		status        int
		parts         []string
	}{
		{"start", "/kwic", 200, []string{"For example:"}},
		{"lines", "/kwic?sort=r1&sort=date&sort=&q=" + q("临时党支部"), 200, []string{`<mark class="hit"><bdi>臨時黨支部</bdi></mark>`, "lines in", "What stands near", "/api/v1/kwic.csv?q="}},
		{"as they come", "/kwic?q=" + q("党支部 OR 干部"), 200, []string{"More than 50 lines", "articles match.", `rel="next"`}},
		{"second page", "/kwic?page=2&q=" + q("党支部 OR 干部"), 200, []string{`<td class="n" role="cell">51</td>`, `rel="prev"`}},
		{"sample", "/kwic?sample=5&seed=7&q=" + q("党支部"), 200, []string{"5 lines, drawn from ", "sample=5&amp;seed=7"}},
		{"words of context", "/kwic?window=30&unit=words&q=" + q("党支部"), 200, []string{`class="kwic run"`, "window=30w"}},
		{"no word in the query", "/kwic?sort=date&q=" + q("党支* -title:干部"), 200, []string{"lines in"}},
		{"none", "/kwic?q=" + q("查无此词"), 200, []string{"No text has it."}},
		{"wrong query", "/kwic?q=(", 400, []string{`<pre class="caret"`}},
		{"wrong order", "/kwic?q=x&sort=l4", 400, []string{"unknown order"}},
		{"order twice", "/kwic?q=x&sort=l1&sort=l1", 400, []string{"twice"}},
		{"Chinese", "/kwic?lang=zh&sort=r1&q=" + q("党支部"), 200, []string{"搭配：", "篇文章"}},
		{"nothing counted", "/terms", 200, []string{"most frequent words"}},
		{"words", "/terms?view=words&limit=5", 200, []string{`lang="zh"><a href="/?q=`, "list up to 300"}},
		{"n-grams", "/terms?view=ngrams&n=2&q=" + q("防汛"), 200, []string{"runs of 2 words", `href="/kwic?q=` + strings.ReplaceAll(q("防汛 AND \""), "+", "&#43;")}},
		{"collocates", "/terms?view=collocates&min=2&word=" + q("党员"), 200, []string{"logDice", "as a word of its own"}},
		{"no word", "/terms?view=collocates&word=" + q("，"), 400, []string{"no word"}},
		{"keyness", "/terms?view=keyness&min=1&q=" + q("防汛"), 200, []string{"against 17 articles", "log ratio"}},
		{"keyness of two", "/terms?view=keyness&min=1&q=" + q("防汛") + "&against=" + q("党支部"), 200, []string{"on both sides"}},
		{"dispersion", "/terms?view=dispersion&words=" + q("党员、干部 冰淇淋"), 200, []string{"<svg", "nowhere as a word of its own", "published%3A"}},
		{"dispersion by year", "/terms?view=dispersion&by=year&words=" + q("党员"), 200, []string{"<svg", "without a date"}},
		{"dispersion by source", "/terms?view=dispersion&by=source&words=" + q("党员"), 200, []string{"<svg", "source%3A"}},
		{"wrong parts", "/terms?view=dispersion&by=place&words=x", 400, []string{"unknown parts"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := get(t, h.URL+tt.address, "Accept-Language", "en")
			a.want(t, tt.status, tt.parts...)
			if bad := regexp.MustCompile(`(?i)<script>|<[^>]*\s(style|on[a-z]+)=|javascript:|(href|src)="https?:|%!`).FindString(a.text); bad != "" {
				t.Errorf("the page has %q", bad)
			}
		})
	}
}

// The place of a line is marked in each form of its article, and in the part that
// has it.
func TestPlaceOfALine(t *testing.T) {
	s, h := newServer(t, nil)
	for _, q := range []string{"临时党支部 AND 田埂", "临时党支部 AND 敌意县"} {
		all, _ := lines(t, s, q, pipeline.KWICOptions{})
		last := all[len(all)-1]
		at := "?at=" + strconv.Itoa(last.Start) + "-" + strconv.Itoa(last.End)
		for _, form := range []string{"", "hans", "hant", "raw"} {
			a := get(t, h.URL+"/articles/"+last.DocID+at+"&form="+form)
			a.want(t, 200)
			if n := len(regexp.MustCompile(`class="[a-z ]*place[a-z ]*" id="at"[^>]*>[临臨田]`).FindAllString(a.text, -1)); n != 1 {
				t.Errorf("%s %q: %d places are named: %s", q, form, n, regexp.MustCompile(`.{80}id="at".{80}`).FindString(a.text))
			}
		}
		for _, wrong := range []string{"-", "5-5", "9-3", "-1-3", "0-99999999"} {
			get(t, h.URL+"/articles/"+last.DocID+"?at="+wrong).want(t, 400)
		}
	}
}

// What a bar, a word or a collocate leads to asks for what it stands for.
func TestWordQueries(t *testing.T) {
	parse := func(q string) query.Node {
		n, err := query.Parse(q, "branch")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, tt := range []struct{ got, want string }{
		{within(nil, "党员"), "党员"},
		{within(parse("干部 OR 支部"), "党员 干部"), `(干部 OR 支部) AND "党员 干部"`},
		{inPart(nil, "党员", pipeline.ByYear, pipeline.Part{Name: "2020"}), "党员 AND published:2020"},
		{inPart(parse("干部"), "党员", pipeline.BySource, pipeline.Part{Name: "甲 乙"}), `干部 AND 党员 AND source:"甲 乙"`},
		{inPart(parse("干部"), "党员", pipeline.BySource, pipeline.Part{}), "干部 AND 党员"},
		{inPart(nil, "党员", pipeline.ByTime, pipeline.Part{First: "2020-03-01", Last: "2020-04-02"}), "党员 AND published:[2020-03-01 TO 2020-04-02]"},
		{strings.Join(textsOf(parse(`党员 "支部 书记" -干部 title:甲 (乙 OR text:丙) 党员 丁*`)), " "), "党员 支部 书记 乙 丙"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
}

// What stops a concordance or a count is told, not hidden in the log.
func TestProblemsOfTerms(t *testing.T) {
	for _, tt := range []struct {
		err    error
		kind   string
		status int
	}{
		{pipeline.ErrBehind, "behind", 503}, {pipeline.ErrNoWord, "request", 400}, {concordance.ErrTooMany, "broad", 400},
	} {
		if p := problemOf(fmt.Errorf("count: %w", tt.err)); p.Kind != tt.kind || p.Status != tt.status || p.Detail == "" {
			t.Errorf("%v: %+v", tt.err, p)
		}
	}
}
