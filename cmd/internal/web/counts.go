package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
)

// The bounds of the page of counts.
const (
	maxPlaceBars = 10
	maxPlaceRows = 40
)

// errBehind is a sum that would miss articles.
var errBehind = errors.New("the index is behind the tables and would miss articles: it is brought up to date by the ingest that runs, or by the next")

// countsView is the page of counts.
type countsView struct {
	view
	Form     countsForm
	Problem  *problem
	Answer   pipeline.Overview
	Filters  []chip
	Added    int64 // of the counts those that the sums have
	Notes    []string
	Series   []series
	Levels   []option // Value is an address
	Mentions []mentionRow
	Exports  []option

	First, Last  int // numbers of the counts that are listed
	Newer, Older string
	Number       int // of the page
}

// countsForm is what the form holds.
type countsForm struct {
	Q, Min, Max, Place, Since, Until, Rule, Level string
	Counted                                       bool
	Categories, Flags, Sorts                      []option
	Open                                          bool // some filter is set
}

func (s *Server) countsPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := countsView{view: s.newView(w, r, "counts"), Number: pageOf(r)}
	values := r.URL.Query()
	v.Form = v.form(values, c.Categories())
	if v.Form.Q != "" {
		v.Title = shorten(v.Form.Q, 60) + " · " + v.Title
	}
	var err error
	if v.Lag, err = c.Lag(); err != nil {
		return err
	}
	status := http.StatusOK
	if err := v.look(r, c, values); err != nil {
		p := problemOf(err)
		if p.Status >= http.StatusInternalServerError {
			return err
		}
		status, v.Problem = p.Status, &p
	}
	s.render(w, r, status, "counts", v)
	return nil
}

// look fills in what the counts come to.
func (v *countsView) look(r *http.Request, c *volume, values url.Values) error {
	o, err := askCounts(values, c.Categories())
	if err != nil {
		return err
	}
	o.Limit, o.From, o.MaxPlaces = pageSize, (v.Number-1)*pageSize, maxPlaceRows
	if v.Answer, err = c.overview(r, o); err != nil {
		return err
	}
	for _, row := range v.Answer.Categories {
		v.Added += row.Mentions
	}
	v.Filters = v.filters(values)
	v.Notes = v.notes()
	v.Series = v.series(o)
	v.Levels = v.levels()
	v.Exports = v.exports()
	v.list(o)
	return nil
}

// overview asks the corpus, unless its index would miss articles.
func (v *volume) overview(r *http.Request, o pipeline.OverviewOptions) (pipeline.Overview, error) {
	if err := v.complete(o.Query); err != nil {
		return pipeline.Overview{}, err
	}
	return v.Overview(r.Context(), o)
}

// complete fails when a query would miss articles.
func (v *volume) complete(query string) error {
	if query == "" {
		return nil
	}
	lag, err := v.Lag()
	if err == nil && lag > 0 {
		return errBehind
	}
	return err
}

// form is the form as it was sent.
func (v *countsView) form(values url.Values, categories []string) countsForm {
	get := func(name string) string { return strings.TrimSpace(values.Get(name)) }
	f := countsForm{
		Q: get("q"), Min: get("min"), Max: get("max"), Place: get("place"), Since: get("since"), Until: get("until"),
		Rule: get("rule"), Level: get("level"), Counted: get("counted") == "1" || get("counted") == "true",
	}
	chosen := func(name string, all []string, label func(string) string) (out []option) {
		for _, value := range all {
			out = append(out, option{value, label(value), slices.Contains(listOf(values[name]), value)})
		}
		return out
	}
	f.Categories = chosen("category", categories, v.Category)
	f.Flags = chosen("flag", flagNames(), func(flag string) string { return v.T("flag." + flag) })
	for _, order := range []string{"-value", "value", "-date", "date", "place"} {
		f.Sorts = append(f.Sorts, option{order, v.T("order." + order), order == get("sort")})
	}
	for _, name := range filterParams {
		f.Open = f.Open || get(name) != ""
	}
	return f
}

// filterParams are the parameters that choose among the counts.
var filterParams = []string{"category", "min", "max", "place", "since", "until", "flag", "counted", "rule"}

func flagNames() []string {
	var out []string
	for _, f := range corpus.Flags() {
		out = append(out, string(f))
	}
	return out
}

// ask is the address of other counts.
func (v *countsView) ask(pairs ...string) string {
	return withParams(v.address, append(pairs, "page", "", "lang", "")...)
}

// filters are the filters that are set, each with the address without it.
func (v *countsView) filters(values url.Values) []chip {
	var out []chip
	for _, name := range filterParams {
		value := strings.Join(listOf(values[name]), ", ")
		if value == "" {
			continue
		}
		switch name {
		case "category":
			value = v.join(listOf(values[name]), v.Category)
		case "flag":
			value = v.join(listOf(values[name]), func(flag string) string { return v.T("flag." + flag) })
		case "counted":
			value = v.T("yes")
		}
		out = append(out, chip{v.T("filter."+name) + " " + shorten(value, 60), v.ask(name, "")})
	}
	return out
}

func (v *countsView) join(values []string, label func(string) string) string {
	var out []string
	for _, value := range values {
		out = append(out, label(value))
	}
	return strings.Join(out, v.T("comma"))
}

// notes say what the sums leave out, and what they cannot say.
func (v *countsView) notes() []string {
	var out []string
	say := func(key string, n int64) {
		if n > 0 {
			out = append(out, v.N(key, int(n)))
		}
	}
	for _, flag := range slices.Sorted(maps.Keys(v.Answer.LeftOut)) {
		out = append(out, strings.ReplaceAll(v.N("left.flag", int(v.Answer.LeftOut[flag])), "{flag}", v.named("flag", flag)))
	}
	say("left.reprints", v.Answer.Reprints)
	if len(out) == 0 {
		out = append(out, v.T("left.nothing"))
	}
	valued := int64(0)
	for _, row := range v.Answer.Categories {
		valued += row.Valued
	}
	say("left.joint", v.Answer.Joint)
	say("left.unvalued", v.Added-valued)
	say("left.undated", without(v.Answer.Time, v.Answer.Step))
	say("left.unplaced."+v.Answer.Level, without(v.Answer.Places, "place"))
	say("left.ungrouped", v.Answer.Ungrouped)
	return out
}

// without is how many counts have nothing for a key.
func without(rows []pipeline.SumRow, key string) (n int64) {
	for _, row := range rows {
		if row.Of(key) == "" {
			n += row.Mentions
		}
	}
	return n
}

// levels are the levels of places, with their addresses.
func (v *countsView) levels() []option {
	var out []option
	for _, level := range pipeline.Levels() {
		out = append(out, option{v.ask("level", level), v.T("level." + level), level == v.Answer.Level})
	}
	return out
}

// Sum is a sum, or that it is not known.
func (v countsView) Sum(n corpus.Int64) string {
	if !n.Valid {
		return "?"
	}
	return grouped(n.N)
}

// Only is the address of the counts of one category.
func (v countsView) Only(category string) string { return v.ask("category", category) }
