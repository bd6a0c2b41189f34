package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index/query"
)

// termsView is the page of counted words.
type termsView struct {
	view
	Kind    string // one of termViews
	Views   []option
	Q       string
	Problem *problem

	// The form, of which each kind shows a part.
	Against, Word, Words string
	Left, Right, Min     int
	Ns, By               []option
	StopWords, Reprints  bool

	Asked   bool
	About   string
	Notes   []string
	Heads   []string
	Rows    []termRow
	More    []option // addresses of longer lists
	Scatter *scatterView
}

// termRow is a word of a list.
type termRow struct {
	Number  int
	Word    string
	Search  string // address
	Lines   string // address of its concordance
	Numbers []string
}

func (s *Server) termsPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := termsView{view: s.newView(w, r, "terms"), Kind: r.FormValue("view"), Q: strings.TrimSpace(r.FormValue("q"))}
	if !slices.Contains(termViews(), v.Kind) {
		v.Kind = inWords
	}
	var err error
	if v.Lag, err = c.Lag(); err != nil {
		return err
	}
	status := http.StatusOK
	a, err := readTerms(r, v.Kind)
	if err == nil {
		v.Asked = a.missing(v.Kind) == "" && r.URL.Query().Has("view")
	}
	if v.Asked {
		err = v.fill(r, c, a)
	}
	if err != nil {
		if v.Problem, err = s.inPage(w, err); err != nil {
			return err
		}
		status = v.Problem.Status
	}
	v.showForm(r, a)
	s.render(w, r, status, "terms", v)
	return nil
}

// showForm fills in the form with what was asked for.
func (v *termsView) showForm(r *http.Request, a termsRequest) {
	for _, kind := range termViews() {
		address := url.URL{Path: "/terms", RawQuery: url.Values{"view": {kind}, "q": {v.Q}}.Encode()}
		v.Views = append(v.Views, option{address.String(), v.T("terms." + kind), kind == v.Kind})
	}
	v.Against, v.Word = r.FormValue("against"), r.FormValue("word")
	v.Words = strings.Join(typedWords(r), " ")
	v.Left, v.Right, v.Min = a.near.Left, a.near.Right, max(1, int(a.options.Least))
	v.StopWords, v.Reprints = a.options.StopWords, a.options.Reprints
	for n := 2; n <= 5; n++ {
		v.Ns = append(v.Ns, option{strconv.Itoa(n), strconv.Itoa(n), n == a.options.N})
	}
	if v.Kind == inCollocates {
		v.By = []option{{"", v.T("col.logdice"), a.by != "g2"}, {"g2", v.T("col.g2"), a.by == "g2"}}
	}
	if v.Kind == inDispersion {
		for _, p := range pipeline.Partings() {
			v.By = append(v.By, option{string(p), v.T("parts." + string(p)), p == a.parts})
		}
	}
}

// fill counts, and prepares what is shown of it.
func (v *termsView) fill(r *http.Request, c *volume, a termsRequest) error {
	var parsed query.Node
	if a.options.Query != "" {
		var err error
		if parsed, err = query.Parse(a.options.Query, c.Categories()...); err != nil {
			return err
		}
	}
	counted, err := a.count(r.Context(), c, v.Kind)
	if err != nil {
		return err
	}
	switch counted := counted.(type) {
	case pipeline.WordList:
		v.showWords(counted, a.options.N)
	case pipeline.Collocates:
		v.showCollocates(counted)
		parsed = beside(parsed, a.words[0])
	case pipeline.Keyness:
		v.showKeyness(counted)
	case pipeline.Scatter:
		v.Scatter = newScatterView(v.view, counted, parsed)
		v.about(counted.Total, counted.Articles, counted.Found)
	}
	v.longer(len(v.Rows), a.options.Limit)
	for i := range v.Rows {
		row := &v.Rows[i]
		q := within(parsed, row.Word)
		row.Number, row.Search, row.Lines = i+1, searchFor(q), linesFor(q)
		row.Word = visible(row.Word)
	}
	return nil
}

// longer offers longer lists when this one ends with its limit.
func (v *termsView) longer(rows, limit int) {
	if rows < limit || rows == 0 {
		return
	}
	for _, n := range []int{300, maxTermRows} {
		if n > limit {
			v.More = append(v.More, option{Value: withParams(v.address, "limit", strconv.Itoa(n), "lang", ""), Label: v.N("terms.longer", n)})
		}
	}
}

// beside asks for a word beside what a query asks for.
func beside(n query.Node, word string) query.Node {
	all := slices.Clone(clauses(n))
	if !has(n, wordNode(word)) {
		all = append(all, wordNode(word))
	}
	if len(all) == 1 {
		return all[0]
	}
	return query.And{Nodes: all}
}

// about says what was counted.
func (v *termsView) about(total, articles, found int64) {
	v.About = v.N("terms.total", int(total)) + v.N("kwic.articles", int(articles))
	v.drawn(articles, found)
}

func (v *termsView) drawn(articles, found int64) {
	if found > 0 {
		v.Notes = append(v.Notes, v.ofMany("terms.drawn", int(articles), int(found)))
	}
}

func (v *termsView) heads(keys ...string) {
	for _, key := range keys {
		v.Heads = append(v.Heads, v.T("col."+key))
	}
}

func (v *termsView) row(word string, numbers ...string) {
	v.Rows = append(v.Rows, termRow{Word: word, Numbers: numbers})
}

func (v *termsView) showWords(l pipeline.WordList, n int) {
	v.about(l.Total, l.Articles, l.Found)
	if n > 1 {
		v.About = v.ofMany("terms.ngrams.total", int(l.Total), n) + v.N("kwic.articles", int(l.Articles))
	}
	v.heads("frequency", "articles", "permillion")
	for _, w := range l.Words {
		v.row(w.Word, grouped(w.Frequency), grouped(w.Documents), decimal(w.PerMillion, 1))
	}
}

func (v *termsView) showCollocates(l pipeline.Collocates) {
	v.About = v.N("near.nodes", int(l.Nodes)) + v.N("kwic.articles", int(l.Articles)) + v.ofMany("near.words", int(l.Near), int(l.Others))
	v.drawn(l.Articles, l.Found)
	v.heads("together", "articles", "frequency", "expected", "logdice", "g2")
	for _, w := range l.Collocates {
		v.row(w.Word, grouped(w.Together), grouped(w.Documents), grouped(w.Frequency), decimal(w.Expected, 1), decimal(w.LogDice, 2), decimal(w.G2, 1))
	}
}

func (v *termsView) showKeyness(l pipeline.Keyness) {
	v.About = v.ofMany("keyness.this", int(l.Articles), int(l.Total)) + v.ofMany("keyness.other", int(l.AgainstArticles), int(l.AgainstTotal))
	if l.Both > 0 {
		v.Notes = append(v.Notes, v.N("keyness.both", int(l.Both)))
	}
	v.drawn(l.Articles, l.Found)
	v.drawn(l.AgainstArticles, l.AgainstFound)
	v.heads("frequency", "permillion", "other", "otherpermillion", "g2", "logratio")
	for _, w := range l.Words {
		v.row(w.Word, grouped(w.Frequency), decimal(w.PerMillion, 1), grouped(w.AgainstFrequency), decimal(w.AgainstPerMillion, 1), decimal(w.G2, 1), decimal(w.LogRatio, 2))
	}
}

// decimal is a number with so many digits behind the point, as the command line
// writes it.
func decimal(x float64, digits int) string { return fmt.Sprintf("%.*f", digits, x) }
