package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
	"jianbao/index/query"
)

// concordanceView is the page of a concordance.
type concordanceView struct {
	view
	Q       string
	Asked   bool
	Problem *problem

	Sorts    [][]option // of the first key, the second, the third
	Window   int
	Units    []option
	Sample   string
	Seed     string
	Reprints bool

	Parsed       string
	Lines        []lineView
	Wide         bool // contexts are too long to stand in columns
	Total        string
	Notes        []string
	First, Last  int // numbers of the lines that are shown
	Newer, Older string
	Downloads    []option
	Near         *nearView
}

// lineView is a line as it is shown.
type lineView struct {
	Number           int
	Left, Hit, Right string
	Day, Source      string
	Title            string
	Address          string // of the very place in its article
}

// nearView is what stands near a word of the query.
type nearView struct {
	Node, Label string
	Nodes       []option // words of the query, of which one is chosen
	About       string
	Notes       []string
	Rows        []nearRow
	By          []option // orders
	Least       int      // how often what is listed stands near it
	More        string   // address of the page with all settings
}

// nearRow is a word that stands near.
type nearRow struct{ Word, Address, Together, LogDice, G2 string }

const (
	wideWindow   = 45 // characters from which on contexts are shown as running text
	wideWords    = 20
	nearRows     = 20
	nearArticles = 10_000 // that are counted beside a concordance
	nearSpan     = 5      // words on either side, as on the command line
	weakFloor    = 5      // frequency below which statistics say little
)

func (s *Server) concordancePage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := concordanceView{view: s.newView(w, r, "kwic"), Q: strings.TrimSpace(r.FormValue("q"))}
	var err error
	if v.Lag, err = c.Lag(); err != nil {
		return err
	}
	status := http.StatusOK
	a, err := readConcordance(r)
	if err == nil && v.Q != "" {
		v.Asked, v.Title = true, v.T("title.kwic")+": "+shorten(v.Q, 60)
		err = v.fill(r, c, a)
	}
	if err != nil {
		if v.Problem, err = s.inPage(w, err); err != nil {
			return err
		}
		status = v.Problem.Status
	}
	v.showForm(a)
	s.render(w, r, status, "kwic", v)
	return nil
}

// fill finds the lines, and what stands near.
func (v *concordanceView) fill(r *http.Request, c *volume, a concordanceRequest) error {
	parsed, err := query.Parse(a.q, c.Categories()...)
	if err != nil {
		return err
	}
	page := min(pageOf(r), maxLines/lineRows)
	found, err := a.read(r.Context(), c, (page-1)*lineRows, lineRows)
	if err != nil {
		return err
	}
	v.Parsed = found.about.Parsed
	v.First, v.Last = (page-1)*lineRows+1, (page-1)*lineRows+len(found.lines)
	v.showLines(found, (page-1)*lineRows)
	v.say(found, a)
	if page > 1 {
		v.Newer = withParams(v.address, "page", pageParam(page-1), "lang", "")
	}
	if found.more {
		v.Older = withParams(v.address, "page", pageParam(page+1), "lang", "")
	}
	window := a.options.Window
	v.Wide = window.Words && window.Size > wideWords || !window.Words && window.Size > wideWindow
	if len(v.Lines) == 0 {
		return nil
	}
	for _, f := range lineFormats {
		address := url.URL{Path: "/api/v1/kwic." + f.Value, RawQuery: a.values().Encode()}
		v.Downloads = append(v.Downloads, option{Value: address.String(), Label: f.Label})
	}
	return v.showNear(r, c, parsed)
}

func (v *concordanceView) showLines(found linesOf, from int) {
	for i, l := range found.lines {
		address := url.URL{
			Path: "/articles/" + l.DocID, Fragment: "at",
			RawQuery: url.Values{"q": {v.Q}, "at": {strconv.Itoa(l.Start) + "-" + strconv.Itoa(l.End)}}.Encode(),
		}
		v.Lines = append(v.Lines, lineView{
			Number: from + i + 1, Left: oneLine(l.Left), Hit: oneLine(l.Hit), Right: oneLine(l.Right),
			Day: day(l.Published), Source: shorten(l.Source, 30), Title: shorten(l.Title, 120), Address: address.String(),
		})
	}
}

// oneLine is a text with one space for each run of white space.
func oneLine(s string) string { return visible(strings.Join(strings.Fields(s), " ")) }

// say tells how much of how much is shown.
func (v *concordanceView) say(found linesOf, a concordanceRequest) {
	about := found.about
	in := v.N("kwic.articles", about.Articles)
	switch sample := a.options.Lines.Sample; {
	case about.Hits == 0:
		v.Total = v.T("kwic.none")
	case !about.Complete:
		v.Total = v.N("kwic.atleast", about.Hits-1)
		v.Notes = append(v.Notes, v.N("kwic.matching", about.Found))
	case sample > 0 && sample < about.Hits:
		v.Total = v.N("kwic.sample", sample) + v.N("kwic.of", about.Hits) + in
	default:
		v.Total = v.N("kwic.lines", about.Hits) + in
	}
	if about.Drawn < about.Found && about.Complete {
		v.Notes = append(v.Notes, v.ofMany("kwic.drawn", about.Drawn, about.Found))
	}
	if len(found.lines) > 0 && !found.more && !about.Complete {
		v.Notes = append(v.Notes, v.N("kwic.end", maxLines))
	}
}

// showForm fills in the form with what was asked for.
func (v *concordanceView) showForm(a concordanceRequest) {
	for i := range 3 {
		chosen := ""
		if i < len(a.options.Lines.Order) {
			chosen = a.options.Lines.Order[i]
		}
		var keys []option
		for _, key := range concordance.Keys() {
			value := strings.TrimPrefix(key, "doc") // the order of the tables needs no parameter
			label := "lines." + key
			if i > 0 && value == "" {
				label = "lines.then"
			}
			keys = append(keys, option{value, v.T(label), value == chosen})
		}
		v.Sorts = append(v.Sorts, keys)
	}
	w := a.options.Window
	v.Window = w.Size
	v.Units = []option{{"", v.T("unit.characters"), !w.Words}, {"words", v.T("unit.words"), w.Words}}
	if a.options.Lines.Sample > 0 {
		v.Sample = strconv.Itoa(a.options.Lines.Sample)
	}
	v.Seed, v.Reprints = strconv.FormatUint(max(a.options.Lines.Seed, 1), 10), a.options.Reprints
}

// showNear fills in what stands near a word of the query: the chosen one, or the
// first. A query that asks for no word has none.
func (v *concordanceView) showNear(r *http.Request, c *volume, parsed query.Node) error {
	nodes := textsOf(parsed)
	if len(nodes) == 0 {
		return nil
	}
	n := nearView{Node: nodes[0], Least: weakFloor}
	for _, node := range nodes {
		if node == r.FormValue("node") {
			n.Node = node
		}
	}
	for _, node := range nodes {
		n.Nodes = append(n.Nodes, option{withParams(v.address, "node", node, "lang", ""), shorten(node, 20), node == n.Node})
	}
	n.Label = shorten(n.Node, 20)
	order := "logdice"
	if r.FormValue("by") == "g2" {
		order = "g2"
	}
	n.By = rankings(v.view, order)
	options := pipeline.TermOptions{Query: v.Q, Limit: nearRows, Least: weakFloor, Most: nearArticles}
	found, err := c.Collocates(r.Context(), n.Node, pipeline.Span{Left: nearSpan, Right: nearSpan}, orderOf(order), options)
	if isNoWord(err) {
		return nil
	}
	if err != nil {
		return err
	}
	n.fill(v.view, found, parsed)
	v.Near = &n
	return nil
}

// fill takes what was found.
func (n *nearView) fill(v view, found pipeline.Collocates, parsed query.Node) {
	n.About = v.N("near.nodes", int(found.Nodes)) + v.N("kwic.articles", int(found.Articles))
	if found.Found > 0 {
		n.Notes = append(n.Notes, v.ofMany("terms.drawn", int(found.Articles), int(found.Found)))
	}
	more := url.URL{Path: "/terms", RawQuery: url.Values{"view": {inCollocates}, "q": {found.Query}, "word": {n.Node}}.Encode()}
	n.More = more.String()
	for _, row := range found.Collocates {
		n.Rows = append(n.Rows, nearRow{visible(row.Word), searchFor(within(parsed, row.Word)), grouped(row.Together), decimal(row.LogDice, 2), decimal(row.G2, 1)})
	}
}

// Example is the address of a concordance.
func (v concordanceView) Example(q, first, second string) string {
	values := url.Values{"q": {q}, "sort": {first}}
	if second != "" {
		values.Add("sort", second)
	}
	address := url.URL{Path: "/kwic", RawQuery: values.Encode()}
	return address.String()
}
