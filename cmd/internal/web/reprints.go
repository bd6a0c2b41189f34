package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
)

// The bounds of the page of reprints, and of its form in the API.
const (
	similarRows    = 20
	maxSimilar     = 100 // of the API
	defaultLeast   = 0.5
	changeRows     = 10  // of one article that are shown at once
	maxChangeRows  = 200 // and in all
	maxChangeRunes = 300 // of one change
)

// leastChoices are the similarities from which others are listed.
var leastChoices = []string{"0.3", "0.5", "0.7", "0.9"}

// reprintsView is the page of the reprints of an article and of others near it.
type reprintsView struct {
	view
	Of      similarView
	Cluster string
	Least   string
	Choices []option
	Similar []similarView
	Cut     bool // there may be more
}

// similarView is an article beside the one that was asked for.
type similarView struct {
	Title, Address string
	Meta           []string
	Relation       string
	Percent        string
	Same           bool // the same words
	Changes        []changeList
}

// changeList is what differs of one kind, the numbers or the words.
type changeList struct {
	Name        string // key of a text with a number in it
	N           int
	First, Rest []pipeline.Change
	More        int // that are not shown
}

func (s *Server) reprintsPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	least, err := leastOf(r)
	if err != nil {
		return err
	}
	found, err := c.Similar(r.Context(), r.PathValue("id"), pipeline.SimilarOptions{Least: least, Limit: similarRows})
	if err != nil {
		return err
	}
	v := reprintsView{view: s.newView(w, r, "reprints"), Least: strconv.FormatFloat(least, 'f', -1, 64)}
	if v.Lag, err = c.Lag(); err != nil {
		return err
	}
	v.Of = v.similar(pipeline.Similarity{Article: found.Of})
	v.Title = shorten(v.Of.Title, 60)
	v.Cluster = v.clusterText(found)
	choices := leastChoices
	if !slices.Contains(choices, v.Least) {
		choices = slices.Concat(choices, []string{v.Least})
	}
	for _, choice := range choices {
		v.Choices = append(v.Choices, option{choice, choice, choice == v.Least})
	}
	for _, a := range found.Articles {
		v.Similar = append(v.Similar, v.similar(a))
	}
	v.Cut = len(v.Similar) == similarRows
	s.render(w, r, http.StatusOK, "reprints", v)
	return nil
}

// leastOf is the similarity that a request asks for.
func leastOf(r *http.Request) (float64, error) {
	given := r.FormValue("least")
	if given == "" {
		return defaultLeast, nil
	}
	least, err := strconv.ParseFloat(given, 64)
	if err != nil || math.IsNaN(least) || least < 0 || least > 1 {
		return 0, requestError{"least must be 0 to 1"}
	}
	return least, nil
}

// clusterText says of how many reprints an article is one.
func (v *reprintsView) clusterText(found pipeline.SimilarArticles) string {
	switch {
	case found.ClusterID == "":
		return v.T("cluster.none")
	case found.Size == 1:
		return v.T("cluster.single")
	case found.ClusterID == found.Of.DocID:
		return v.N("cluster.leads", int(found.Size))
	}
	return v.N("cluster.of", int(found.Size))
}

func (v *reprintsView) similar(a pipeline.Similarity) similarView {
	title := cmp.Or(strings.TrimSpace(a.Title), a.URI)
	out := similarView{
		Title: shorten(title, 120), Address: articleAddress(a.DocID),
		Percent: fmt.Sprintf("%.0f%%", math.Floor(100*a.Similarity)), Same: len(a.Numbers)+len(a.Words) == 0,
	}
	if a.Relation != "" {
		out.Relation = v.T("relation." + a.Relation)
	}
	for _, m := range []string{day(a.Published), shorten(a.Source, 60), shorten(a.URI, 80)} {
		if m != "" {
			out.Meta = append(out.Meta, m)
		}
	}
	for _, of := range []struct {
		name    string
		changes []pipeline.Change
	}{{"changes.numbers", a.Numbers}, {"changes.words", a.Words}} {
		if len(of.changes) > 0 {
			out.Changes = append(out.Changes, newChangeList(of.name, of.changes))
		}
	}
	return out
}

func newChangeList(name string, changes []pipeline.Change) changeList {
	list := changeList{Name: name, N: len(changes), More: max(0, len(changes)-maxChangeRows)}
	for i, c := range changes[:len(changes)-list.More] {
		c = pipeline.Change{A: shorten(c.A, maxChangeRunes), B: shorten(c.B, maxChangeRunes), Before: visible(c.Before), After: visible(c.After)}
		if i < changeRows {
			list.First = append(list.First, c)
		} else {
			list.Rest = append(list.Rest, c)
		}
	}
	return list
}

// articleAddress is the page of an article.
func articleAddress(docID string) string {
	address := url.URL{Path: "/articles/" + docID}
	return address.String()
}

// apiSimilar is what `similar -o json` says.
func (s *Server) apiSimilar(w http.ResponseWriter, r *http.Request, c *volume) error {
	o := pipeline.SimilarOptions{Limit: similarRows}
	var err error
	if o.Least, err = leastOf(r); err != nil {
		return err
	}
	if o.Limit, err = limitOf(r, similarRows, maxSimilar); err != nil {
		return err
	}
	found, err := c.Similar(r.Context(), r.PathValue("id"), o)
	if err != nil {
		return err
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", found)
	return nil
}
