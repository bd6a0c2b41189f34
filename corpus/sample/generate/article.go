package generate

import (
	"fmt"
	"strconv"
	"time"

	"jianbao/corpus"
)

// Options say what a [Generator] makes. The zero value is good.
type Options struct {
	Seed uint64

	// Traditional is the traditional form of a simplified text; script.Unfold is
	// one. Nil means that no article is in traditional script.
	Traditional func(string) string
}

// Article is a page as it was crawled, and what is known of it.
type Article struct {
	ID        string
	URL       string
	Title     string
	Source    string
	Published corpus.Date
	Text      string // the page: the body, often with its head and tail

	Script corpus.Script // Hans or Hant
	Kind   Kind
	Of     uint64 // the number of the original; its own for an original
	Dirty  bool
	Body   string  // the body without its dirt
	Counts []Count // in the order of the body
}

// Totals is the sum of the counts of each category that add up. A category that
// is not counted is not there.
func (a *Article) Totals() map[string]int64 {
	all := map[string]int64{}
	for _, c := range a.Counts {
		if c.Counted {
			all[c.Category] += c.Value
		}
	}
	return all
}

// Generator makes articles. Any number of goroutines may use it.
type Generator struct {
	opts     Options
	grammar  *grammar
	hedges   hedges
	subjects []subject
	common   common
	papers   []printed
	words    pageWords
}

// New prepares the grammar. It fails when an embedded file of it is wrong, and
// says at which line.
func New(opts Options) (*Generator, error) {
	rules, err := loadGrammar(grammarFiles, opts.Traditional)
	if err != nil {
		return nil, err
	}
	g := &Generator{opts: opts, grammar: rules}
	print := (&parser{traditional: opts.Traditional}).print
	g.hedges, g.words = newHedges(print), newPageWords(print)
	find := func(name string) int {
		n, ok := rules.names[name]
		if !ok && err == nil {
			err = fmt.Errorf("read grammar: no rule %s", name)
		}
		return n
	}
	for _, d := range domains {
		g.subjects = append(g.subjects, subject{find(d + ".title"), find(d + ".open"), find(d + ".count"), find(d + ".story")})
	}
	g.common = common{find("talk"), find("other"), find("close"), find("paper"), find("person")}
	if err != nil {
		return nil, err
	}
	for n := range uint64(papers) {
		g.papers = append(g.papers, printed{g.paper(n, hans), g.paper(n, hant)})
	}
	return g, nil
}

// paper is the name of a source.
func (g *Generator) paper(n uint64, s script) string {
	w := g.writer(n, s)
	w.r = newRandom(g.opts.Seed, n, forSource)
	w.rule(g.common.paper)
	return string(w.buf)
}

func (g *Generator) writer(owner uint64, s script) *writer {
	return &writer{g: g, owner: owner, script: s, kept: make([][]byte, len(g.grammar.kept))}
}

// Article is the article of that number.
func (g *Generator) Article(index uint64) *Article {
	p := g.plan(index)
	page := p
	if p.kind == Copy {
		page = g.plan(p.of)
	}
	a := g.write(&page)
	a.ID = fmt.Sprintf("%d-%d", g.opts.Seed, index)
	a.Kind, a.Of = p.kind, p.of
	a.Source, a.Published = g.papers[p.source][hans], corpus.Date(p.day)
	a.URL = g.url(&p)
	return a
}

// url is an address below a name that is reserved for examples.
func (g *Generator) url(p *plan) string {
	return fmt.Sprintf("https://paper%02d.example/%s/%d.html", p.source, time.Unix(int64(p.day)*86400, 0).UTC().Format("2006/01/02"), p.index)
}

// write writes the page that p plans.
func (g *Generator) write(p *plan) *Article {
	w := g.writer(p.of, p.script)
	w.buf = make([]byte, 0, 6<<10)
	a := &Article{Script: [...]corpus.Script{corpus.Hans, corpus.Hant}[p.script], Dirty: p.dirty}
	a.Title = w.title(p)
	w.buf = w.buf[:0]
	tail := w.head(p, a.Title)
	w.buf = append(w.buf, indent...)
	start := len(w.buf)
	w.body(p)
	a.Body, a.Counts = string(w.buf[start:]), w.counts
	w.buf = append(w.buf, tail...)
	a.Text = string(w.buf)
	if p.dirty {
		a.Text = w.dirt(p)
	}
	return a
}

func (w *writer) title(p *plan) string {
	r := newRandom(w.g.opts.Seed, p.of, forBody)
	o := w.g.outline(&r)
	w.r = newRandom(w.g.opts.Seed, p.of, forPage)
	w.rule(o.subject.title)
	w.counts = nil
	return string(w.buf)
}

// AppendJSON appends the article as a line of JSON: id, url, title, date, source
// and text, as crawls have them.
func (a *Article) AppendJSON(line []byte) []byte {
	for _, f := range [...][2]string{
		{`{"id":`, a.ID}, {`,"url":`, a.URL}, {`,"title":`, a.Title}, {`,"date":`, a.Published.String()}, {`,"source":`, a.Source}, {`,"text":`, a.Text},
	} {
		line = appendString(append(line, f[0]...), f[1])
	}
	return append(line, '}', '\n')
}

// appendString appends s as a JSON string. s is valid UTF-8 whose only control
// characters are line feeds.
func appendString(line []byte, s string) []byte {
	line = append(line, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '\n':
			line = append(line, '\\', 'n')
		case '"', '\\':
			line = append(line, '\\', c)
		default:
			line = append(line, c)
		}
	}
	return append(line, '"')
}

// day appends a day as bulletins print it.
func appendDay(b []byte, day int, w *pageWords) []byte {
	year, month, date := time.Unix(int64(day)*86400, 0).UTC().Date()
	b = strconv.AppendInt(b, int64(year), 10)
	b = append(b, w.year...)
	b = appendTwo(b, int(month))
	b = append(b, w.month...)
	b = appendTwo(b, date)
	return append(b, w.date...)
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
