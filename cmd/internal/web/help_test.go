package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"jianbao/index/query"
)

// Every example of the help is a query, and each of its links is one to a
// search.
func TestHelp(t *testing.T) {
	s, h := newServer(t, nil)
	for _, lang := range []lang{english, chinese} {
		a := get(t, h.URL+"/help?lang="+string(lang))
		a.want(t, 200, lang.text("title.help"))
		for _, of := range helpSections {
			for _, e := range of.examples {
				if _, err := query.Parse(e[0], s.opts.Pipeline.Categories()...); err != nil {
					t.Errorf("%s: %v", e[0], err)
				}
				if !strings.Contains(a.text, html.EscapeString(e[0])) {
					t.Errorf("%s is not on the page", e[0])
				}
			}
		}
		for _, field := range append(query.Fields(), query.CountFields()...) {
			if !regexp.MustCompile(`\b` + field + `\b`).MatchString(a.text) {
				t.Errorf("the field %s is not named", field)
			}
		}
	}
	get(t, h.URL+"/").want(t, 200, `href="/help"`)
}
