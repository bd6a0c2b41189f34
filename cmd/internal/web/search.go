package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index"
	"jianbao/index/query"
)

// The bounds of a search.
const (
	pageSize = 20
	maxPage  = 500  // pages of a result; an export has all of it
	maxQuery = 4096 // bytes
)

// searchFacets are counted on the page; months become the histogram.
var searchFacets = []string{query.Category, query.Source, query.Province, query.City, query.County, query.Script}

// searchView is the page of a search.
type searchView struct {
	view
	Q       string
	Sort    string
	Sorts   []option
	Asked   bool
	Problem *problem
	Chips   []chip
	Answer  pipeline.Answer
	Hits    []hitView
	Facets  []facet
	Chart   chart
	Took    time.Duration

	First, Last  int // numbers of the hits that are shown
	Newer, Older string
	Number       int // of the page
	Pages        int
}

// option is one of a choice.
type option struct {
	Value, Label string
	Chosen       bool
}

// hitView is a hit as it is shown.
type hitView struct {
	Number    int
	Title     string
	Address   string
	Meta      []string
	Lang      string
	Reprints  int
	Unfold    string // the address of the search with reprints apart
	Snippets  [][]piece
	Published string
}

// piece is a part of a snippet.
type piece struct {
	Text string
	Hit  bool
}

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := searchView{view: s.newView(w, r, "search"), Q: strings.TrimSpace(r.FormValue("q")), Sort: r.FormValue("sort"), Number: pageOf(r)}
	status := http.StatusOK
	lag, err := c.Lag()
	if err != nil {
		return err
	}
	v.Lag = lag
	if v.Q != "" {
		v.Asked, v.Title = true, shorten(v.Q, 60)
		if err := v.search(r, c); err != nil {
			p := problemOf(err)
			if p.Status >= http.StatusInternalServerError {
				return err
			}
			status, v.Problem = p.Status, &p
		}
	}
	v.Sorts = sorts(v.view, v.Sort, c.Categories())
	s.render(w, r, status, "search", v)
	return nil
}

// search fills in what the query finds.
func (v *searchView) search(r *http.Request, c *volume) error {
	if len(v.Q) > maxQuery {
		return requestError{"the query has more than " + strconv.Itoa(maxQuery) + " bytes"}
	}
	order, err := index.ParseOrder(v.Sort, c.Categories())
	if err != nil {
		return requestError{err.Error()}
	}
	parsed, err := query.Parse(v.Q, c.Categories()...)
	if err != nil {
		return err
	}
	options := pipeline.SearchOptions{Limit: pageSize, From: (v.Number - 1) * pageSize, Order: order, Facets: append([]string{index.FacetMonth}, searchFacets...)}
	if v.Answer, err = c.Search(r.Context(), v.Q, options); err != nil {
		return err
	}
	v.Took = time.Duration(v.Answer.TookMS * float64(time.Millisecond)).Round(time.Millisecond)
	v.Chips = chips(parsed, v.ask)
	v.Facets = facets(parsed, searchFacets, v.Answer.Facets, v.named, v.ask)
	v.Chart = newChart(v.Answer.Facets[index.FacetMonth], func(clause query.Node) string { return v.ask(plus(parsed, clause)) })
	v.showHits(parsed, options.From)
	return nil
}

// ask is the address of another query, sorted in the same way.
func (v searchView) ask(q string) string {
	return withParams(v.address, "q", q, "page", "", "lang", "")
}

func (v *searchView) showHits(parsed query.Node, from int) {
	for i, h := range v.Answer.Hits {
		v.Hits = append(v.Hits, v.hit(h, from+i+1, parsed))
	}
	v.First, v.Last = from+1, from+len(v.Hits)
	v.Pages = min((v.Answer.Total+pageSize-1)/pageSize, maxPage)
	if v.Number > 1 {
		v.Newer = withParams(v.address, "page", pageParam(v.Number-1), "lang", "")
	}
	if v.Number < v.Pages {
		v.Older = withParams(v.address, "page", pageParam(v.Number+1), "lang", "")
	}
}

func (v *searchView) hit(h pipeline.Hit, number int, parsed query.Node) hitView {
	out := hitView{Number: number, Title: shorten(h.Title, 120), Published: day(h.Published), Reprints: h.Reprints}
	if strings.TrimSpace(h.Title) == "" {
		out.Title = shorten(h.URI, 120)
	}
	address := url.URL{Path: "/articles/" + h.DocID, RawQuery: url.Values{"q": {v.Q}}.Encode()}
	out.Address = address.String()
	for _, m := range []string{out.Published, shorten(h.Source, 60), shorten(h.URI, 80)} {
		if m != "" {
			out.Meta = append(out.Meta, m)
		}
	}
	if h.Reprints > 0 {
		out.Unfold = v.ask(plus(parsed, query.Unfold{}))
	}
	for _, snippet := range h.Snippets {
		out.Snippets = append(out.Snippets, pieces(snippet))
	}
	return out
}

// pieces parts a snippet at its highlights.
func pieces(s pipeline.Snippet) []piece {
	var out []piece
	runes := []rune(s.Text)
	at := 0
	for _, h := range s.Highlights {
		out = append(out, piece{visible(string(runes[at:h[0]])), false}, piece{visible(string(runes[h[0]:h[1]])), true})
		at = h[1]
	}
	return append(out, piece{visible(string(runes[at:])), false})
}

// facetRow is a row of a facet with what its template needs.
type facetRow struct {
	view
	Value facetValue
}

// Row prepares a row of a facet.
func (v searchView) Row(value facetValue) facetRow { return facetRow{v.view, value} }

// example is a query of the help.
type example struct{ Query, Key, Address string }

// Help is what can be asked, by example.
func (v searchView) Help() []example {
	all := []example{
		{Query: "党支部 干部", Key: "help.and"},
		{Query: "卡口 OR 检查站", Key: "help.or"},
		{Query: "干部 -检查站", Key: "help.not"},
		{Query: `"支部 书记"`, Key: "help.phrase"},
		{Query: `"党支部 卡口"~30`, Key: "help.near"},
		{Query: "防控*", Key: "help.wild"},
		{Query: "检查占~1", Key: "help.fuzzy"},
		{Query: "title:支部", Key: "help.field"},
		{Query: "published:>=2020", Key: "help.date"},
		{Query: "branch:>=100", Key: "help.category"},
		{Query: "count(category:checkpoint value:>=100)", Key: "help.count"},
		{Query: "exact:臨時黨支部", Key: "help.exact"},
		{Query: "临时党支部 cluster:all", Key: "help.cluster"},
		{Query: "*:*", Key: "help.all"},
	}
	for i := range all {
		all[i].Address = v.ask(all[i].Query)
	}
	return all
}

// sorts are the ways to sort.
func sorts(v view, chosen string, categories []string) []option {
	all := []option{
		{Value: "", Label: v.T("sort.relevance")}, {Value: "-date", Label: v.T("sort.newest")},
		{Value: "date", Label: v.T("sort.oldest")}, {Value: "source", Label: v.T("sort.source")},
	}
	for _, c := range categories {
		all = append(all, option{Value: "value:" + c, Label: strings.ReplaceAll(v.T("sort.value"), "{category}", v.Category(c))})
	}
	for i := range all {
		all[i].Chosen = all[i].Value == chosen
	}
	return all
}

// pageOf is the number of the page that is asked for, from 1.
func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		return 1
	}
	return max(1, min(n, maxPage))
}

// pageParam is the page as a parameter; the first needs none.
func pageParam(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// day is the day of a moment.
func day(published string) string { return published[:min(len(published), len("2006-01-02"))] }
