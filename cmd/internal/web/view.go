package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed templates
var templateFiles embed.FS

// pages are the templates by the name of their page, each with the frame.
type pages map[string]*template.Template

func readPages() (pages, error) {
	all := pages{}
	for _, name := range []string{"search", "article", "counts", "help", "kwic", "reprints", "rules", "terms", "corpus", "login", "error"} {
		t, err := template.ParseFS(templateFiles, "templates/frame.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("read templates: %w", err)
		}
		all[name] = t
	}
	return all, nil
}

// view is what every page shows.
type view struct {
	Lang  lang
	Page  string // the name of its template
	Title string // before the name of the program; may be empty
	CSRF  string // for the forms that write; empty without them

	LoggedIn bool
	Lag      int64 // commits by which the index is behind
	address  *url.URL
	static   map[string]asset
}

func (s *Server) newView(w http.ResponseWriter, r *http.Request, page string) view {
	v := view{Lang: languageOf(w, r), Page: page, address: r.URL, static: s.static}
	v.Title = v.T("title." + page)
	if s.opts.Token != "" && page != "login" && s.keys.admitted(r) {
		v.LoggedIn, v.CSRF = true, s.keys.csrfToken(w, r)
	}
	return v
}

// T is a text of the interface.
func (v view) T(key string) string { return v.Lang.text(key) }

// N is a text with a number in it: that of one or of many.
func (v view) N(key string, n int) string {
	if n == 1 {
		key += ".one"
	}
	return strings.ReplaceAll(v.T(key), "{n}", grouped(int64(n)))
}

// ofMany is a text with two numbers in it, {n} of {m}.
func (v view) ofMany(key string, n, m int) string {
	return strings.NewReplacer("{n}", grouped(int64(n)), "{m}", grouped(int64(m))).Replace(v.T(key))
}

// Grouped is a number with its thousands apart.
func (v view) Grouped(n int64) string { return grouped(n) }

// Amount is Grouped for what was counted in memory.
func (v view) Amount(n int) string { return grouped(int64(n)) }

// LagText says that the index is behind.
func (v view) LagText() string { return v.N("lag", int(v.Lag)) }

// Category is a category as the interface names it.
func (v view) Category(id string) string { return v.named("category", id) }

// Kind is a kind of number as the interface names it.
func (v view) Kind(name string) string { return v.named("kind", strings.ToLower(name)) }

// named is the name of a value; the value itself, made short, where the
// interface has none.
func (v view) named(of, value string) string {
	if _, ok := messages[of+"."+value]; ok {
		return v.T(of + "." + value)
	}
	return shorten(value, 40)
}

// Static is the address of a file.
func (v view) Static(name string) string { return v.static[name].address }

// With is the address of this page with one parameter changed; an empty value
// takes it away.
func (v view) With(name, value string) string { return withParams(v.address, name, value) }

// Other is the language that the page is not in, and its address.
func (v view) Other() lang { return v.Lang.other() }

// withParams is an address of ours with pairs of parameters changed.
func withParams(address *url.URL, pairs ...string) string {
	q := address.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	changed := url.URL{Path: address.Path, RawQuery: q.Encode()}
	return changed.String()
}

// render writes a page. A template that fails writes nothing of it.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, page string, v any) {
	var b bytes.Buffer
	if err := s.pages[page].ExecuteTemplate(&b, "frame", v); err != nil {
		s.opts.Log.Error("render", "page", page, "error", err)
		http.Error(w, "the server failed", http.StatusInternalServerError)
		return
	}
	w.Header().Add("Vary", "Accept-Language, Cookie")
	if err := s.send(w, r, status, "text/html; charset=utf-8", b.Bytes()); err != nil {
		s.opts.Log.Info("send", "path", r.URL.Path, "error", err)
	}
}
