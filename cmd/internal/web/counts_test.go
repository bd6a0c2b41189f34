package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

func TestCountsPage(t *testing.T) {
	_, h := newServer(t, nil)
	tests := []struct {
		name, query string
		status      int
		parts       []string
	}{
		{"all", "", 200, []string{`id="sum-branch"`, `aria-current="page">Counts`, "<svg", "another article of the same reprints has them", "are left out: subtotal", "Previous page", "Next page"}},
		{"a query", "q=" + url.QueryEscape("臨時黨支部"), 200, []string{"<code dir=\"auto\">臨時黨支部</code>", `<mark class="number">`, `<mark class="head">`, "#at"}},
		{"filters", "category=branch&min=20&max=90&flag=subtotal", 200, []string{`value="branch" checked`, `value="20"`, "At least 20", "With all flags subtotal"}},
		{"a year", "since=2020-01-01&until=2020-12-31", 200, []string{"since=2020-07-01&amp;until=2020-07-31", "From 2020-01-01"}},
		{"by county", "level=county", 200, []string{`aria-current="true">county`, "no known county"}},
		{"a place", "place=" + url.QueryEscape("岚溪县"), 200, []string{"岚溪县"}},
		{"nothing", "q=" + url.QueryEscape("查无此词"), 200, []string{"There are no such counts."}},
		{"wrong query", "q=" + url.QueryEscape("党支部 AND (干部"), 400, []string{`aria-invalid="true"`, `<pre class="caret"`}},
		{"wrong number", "min=few", 400, []string{"is not a whole number", `value="few"`}},
		{"wrong day", "since=2021-02-30", 400, []string{"is not a day like"}},
		{"days the wrong way", "since=2021-02-03&until=2021-02-02", 400, []string{"is after until"}},
		{"wrong category", "category=ships", 400, []string{"unknown category"}},
		{"wrong flag", "flag=big", 400, []string{"unknown flag"}},
		{"wrong level", "level=village", 400, []string{"unknown level"}},
		{"wrong order", "sort=size", 400, []string{"unknown order"}},
		{"wrong choice", "counted=perhaps", 400, []string{"counted is true or false"}},
		{"long place", "place=" + strings.Repeat("a", maxFilter+1), 400, []string{"200 bytes"}},
		{"long query", "q=" + strings.Repeat("a", maxQuery+1), 400, []string{"4096 bytes"}},
		{"Chinese", "lang=zh", 200, []string{"合计未含", "党组织"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := get(t, h.URL+"/counts?page=2&"+tt.query, "Accept-Language", "en")
			if !slices.Contains(tt.parts, "Previous page") {
				a = get(t, h.URL+"/counts?"+tt.query, "Accept-Language", "en")
			}
			a.want(t, tt.status, tt.parts...)
			if bad := regexp.MustCompile(`(?i)<script>|<[^>]*\s(style|on[a-z]+)=|javascript:|(href|src)="https?:|%!|&lt;no value`).FindString(a.text); bad != "" {
				t.Errorf("the page has %q", bad)
			}
		})
	}
}

// The page says of each category what `jianbao mentions --sum category` says.
func TestCountsAreThoseOfTheCommand(t *testing.T) {
	s, h := newServer(t, nil)
	c := s.library.borrow()
	defer c.giveBack()
	const q = "党支部 OR 干部"
	sums, err := c.Sums(t.Context(), pipeline.MentionOptions{Query: q}, []string{"category"})
	if err != nil || len(sums.Rows) < 3 {
		t.Fatalf("%d sums, %v", len(sums.Rows), err)
	}
	a := get(t, h.URL+"/counts?q="+url.QueryEscape(q), "Accept-Language", "en")
	for _, row := range sums.Rows {
		cells := []string{countsView{}.Sum(row.Total), countsView{}.Sum(row.Lo), countsView{}.Sum(row.Hi), grouped(row.Mentions), grouped(row.Articles)}
		a.want(t, 200, fmt.Sprintf(`<a href="#sum-%s">`, row.Category), `<td class="n">`+strings.Join(cells, `</td><td class="n">`)+"</td>")
	}
	for flag, n := range sums.LeftOut {
		if n > 1 {
			a.want(t, 200, fmt.Sprintf("%d are left out: %s", n, english.text("flag."+flag)))
		}
	}
	a.want(t, 200, fmt.Sprintf("%d are left out: another article", sums.Reprints))
}

// A bar leads to its own figures, and to no others.
func TestCountsNarrowDown(t *testing.T) {
	_, h := newServer(t, nil)
	counts := func(query string) (out counted) {
		a := get(t, h.URL+"/api/v1/counts?"+query)
		a.want(t, 200)
		if err := json.Unmarshal([]byte(a.text), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	all := counts("level=named&category=branch")
	tried := 0
	for _, row := range all.Time {
		label := row.Year
		if label == nil {
			label = row.Month
		}
		if *label == "" {
			continue
		}
		since, until := timeOf(*label, nil, nil)
		if got := counts("category=branch&since=" + since + "&until=" + until); got.Categories[0].Mentions != row.Mentions || *got.Categories[0].Total != *row.Total {
			t.Errorf("%s: %+v, the bar %+v", *label, got.Categories[0], row)
		}
		tried++
	}
	if tried == 0 || len(all.Places) < 5 {
		t.Errorf("%d bars over time, %d places", tried, len(all.Places))
	}
}

// The pages of a cursor are all counts, each once, in their order.
func TestMentionCursor(t *testing.T) {
	s, h := newServer(t, nil)
	c := s.library.borrow()
	defer c.giveBack()
	var want, got []string
	if _, err := c.Mentions(t.Context(), pipeline.MentionOptions{Query: "党支部", Order: "-date", Limit: -1}, func(m *table.Mention) error {
		want = append(want, m.MentionID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	address := h.URL + "/api/v1/mentions?limit=100&sort=-date&q=" + url.QueryEscape("党支部")
	for next := ""; ; {
		a := get(t, address+"&cursor="+next)
		a.want(t, 200)
		var page listedMentions
		if err := json.Unmarshal([]byte(a.text), &page); err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Mentions {
			got = append(got, m.Mention.MentionID)
		}
		if next = page.Next; next == "" {
			break
		}
	}
	if !slices.Equal(want, got) || len(want) <= 100 {
		t.Errorf("%d counts, page by page %d", len(want), len(got))
	}
	other := mentionCursor{Asked: "x"}.behind(&table.Mention{})
	get(t, address+"&cursor="+other).want(t, 400, "not of these counts")
}

// The downloads are what the command writes.
func TestCountsExport(t *testing.T) {
	s, h := newServer(t, nil)
	c := s.library.borrow()
	defer c.giveBack()
	const query = "category=branch&min=10&sort=-date&q="
	q := "党支部"
	min := int64(10)
	o := pipeline.MentionOptions{Query: q, Order: "-date", Limit: -1, Filter: pipeline.MentionFilter{Categories: []string{"branch"}, Min: &min}}
	var want []table.Mention
	if _, err := c.Mentions(t.Context(), o, func(m *table.Mention) error {
		want = append(want, *m)
		return nil
	}); err != nil || len(want) < 10 {
		t.Fatalf("%d counts, %v", len(want), err)
	}
	file := func(format string) string {
		a := get(t, h.URL+"/counts."+format+"?"+query+url.QueryEscape(q))
		a.want(t, 200)
		if !strings.Contains(a.Header.Get("Content-Disposition"), "attachment; filename=\"jianbao-counts") {
			t.Errorf("%s comes as %q", format, a.Header.Get("Content-Disposition"))
		}
		return a.text
	}
	lines, err := csv.NewReader(strings.NewReader(file(inCSV))).ReadAll()
	if err != nil || len(lines) != len(want)+1 || lines[0][0] != "mention_id" {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	objects := json.NewDecoder(strings.NewReader(file(inJSONL)))
	for i, m := range want {
		var row table.Mention
		if err := objects.Decode(&row); err != nil || row.MentionID != m.MentionID || lines[i+1][0] != m.MentionID {
			t.Fatalf("row %d is %s and %s, want %s: %v", i, row.MentionID, lines[i+1][0], m.MentionID, err)
		}
	}
	text := []byte(file(inParquet))
	table.Sort(want)
	at := 0
	for row, err := range table.Read[table.Mention](bytes.NewReader(text), int64(len(text))) {
		if err != nil || row.MentionID != want[at].MentionID {
			t.Fatalf("row %d is %s, want %s: %v", at, row.MentionID, want[at].MentionID, err)
		}
		at++
	}
	if at != len(want) {
		t.Errorf("%d rows of %d", at, len(want))
	}
	get(t, h.URL+"/counts.csv?min=few").want(t, 400, "is not a whole number")
	get(t, h.URL+"/counts.csv?q=(").want(t, 400)
}

// Numbers and heads are marked where they stand, however the sentence is cut.
func TestEvidence(t *testing.T) {
	long := strings.Repeat("长", 200)
	show := func(pieces []evidencePiece) string {
		var b strings.Builder
		for _, p := range pieces {
			if p.Class != "" {
				fmt.Fprintf(&b, "<%s %s>", p.Class, p.Text)
			} else {
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	tests := []struct {
		m    table.Mention
		want string
	}{
		{table.Mention{Sentence: "成立党支部12个。", SentenceStart: 100, Start: 102, End: 108, NumberStart: 105, NumberEnd: 107, HeadStart: 102, HeadEnd: 105}, "成立<head 党支部><number 12>个。"},
		{table.Mention{Sentence: "12名干部", Start: 0, End: 5, NumberStart: 0, NumberEnd: 2, HeadStart: 3, HeadEnd: 5}, "<number 12>名<head 干部>"},
		{table.Mention{Sentence: "另有3\u202e名", Start: 2, End: 3, NumberStart: 2, NumberEnd: 3, HeadStart: -40, HeadEnd: -38}, "另有<number 3>[U+202E]名"},
		{table.Mention{Sentence: long + "5个" + long, Start: 200, End: 202, NumberStart: 200, NumberEnd: 201}, "…" + long[:3*maxEvidence] + "<number 5>个" + long[:3*maxEvidence] + "…"},
		{table.Mention{Sentence: "", Start: 5, End: 9, NumberStart: 5, NumberEnd: 6}, ""},
	}
	for _, tt := range tests {
		if got := show(evidence(&tt.m)); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

func TestTimeAxis(t *testing.T) {
	years := []pipeline.SumRow{{SumGroup: pipeline.SumGroup{Year: "9999"}}, {SumGroup: pipeline.SumGroup{Year: "9997"}}, {}}
	if got := timeAxis(years, pipeline.StepYear); !slices.Equal(got, []string{"9997", "9998", "9999"}) {
		t.Errorf("years: %v", got)
	}
	months := []pipeline.SumRow{{SumGroup: pipeline.SumGroup{Month: "2019-11"}}, {SumGroup: pipeline.SumGroup{Month: "2020-02"}}}
	if got := timeAxis(months, pipeline.StepMonth); !slices.Equal(got, []string{"2019-11", "2019-12", "2020-01", "2020-02"}) {
		t.Errorf("months: %v", got)
	}
	if got := timeAxis(nil, pipeline.StepMonth); got != nil {
		t.Errorf("nothing: %v", got)
	}
}

// A link to a mention leads to its place, in whatever part of the article.
func TestChosenMention(t *testing.T) {
	_, h := newServer(t, nil)
	a := get(t, h.URL+"/api/v1/mentions?limit=100&q="+url.QueryEscape("敌意县"))
	a.want(t, 200)
	var page listedMentions
	if err := json.Unmarshal([]byte(a.text), &page); err != nil || len(page.Mentions) < 2 {
		t.Fatalf("%d counts, %v", len(page.Mentions), err)
	}
	for _, m := range page.Mentions {
		for _, form := range []string{"", "&form=raw", "&form=hant"} {
			address, _, _ := strings.Cut(mentionAddress(&m.Mention, ""), "#")
			a := get(t, h.URL+address+form)
			a.want(t, 200)
			if got := regexp.MustCompile(`<span class="[^"]*place[^"]*" id="at"[^>]*>([^<]*)`).FindStringSubmatch(a.text); got == nil || !strings.Contains(got[1], m.Mention.NumberText) {
				t.Errorf("%s%s: %q, want %q in it", address, form, got, m.Mention.NumberText)
			}
		}
	}
}
