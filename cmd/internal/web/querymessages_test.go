package web

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jianbao/index/query"
)

// Every kind of error has a Chinese text, with a hint where the English has one.
func TestQueryMessages(t *testing.T) {
	hanzi := regexp.MustCompile(`\p{Han}`)
	for _, k := range query.Kinds() {
		if m := queryMessages[k]; !hanzi.MatchString(m.msg) || m.hint != "" && !hanzi.MatchString(m.hint) {
			t.Errorf("%s: %q, %q", k, m.msg, m.hint)
		}
	}
	if len(queryMessages) != len(query.Kinds()) {
		t.Errorf("%d texts for %d kinds", len(queryMessages), len(query.Kinds()))
	}
	for _, q := range []string{"", "a AND", `"a`, "x:1", "title:", "branch:[5 TO 1]", "published:x", "cluster:none", "a~9", "/(/", "-", "]"} {
		_, err := query.Parse(q, "branch")
		var e *query.SyntaxError
		if !errors.As(err, &e) {
			t.Fatalf("%q: %v", q, err)
		}
		m := queryMessages[e.Kind]
		said := e.In(m.msg, m.hint)
		if strings.ContainsAny(said.Msg+said.Hint, "{}") || (e.Hint == "") != (said.Hint == "") {
			t.Errorf("%q: %q, %q", q, said.Msg, said.Hint)
		}
	}
}

func TestQueryErrorsInBothLanguages(t *testing.T) {
	_, h := newServer(t, nil)
	wrong := "?q=" + url.QueryEscape("党支部 AND (干部")
	get(t, h.URL+"/"+wrong+"&lang=zh").want(t, 400, "检索式有误。", "党支部 AND (干部\n           ^ 这个括号没有闭合\n用 ) 结束这一组")
	get(t, h.URL+"/"+wrong+"&lang=en").want(t, 400, "           ^ this parenthesis is never closed\nend the group with )")
	article := firstArticle(t, h.URL, "党支部")
	get(t, article+wrong+"&lang=zh").want(t, 200, "^ 这个括号没有闭合")
	get(t, h.URL+"/export.csv"+wrong+"&lang=zh").want(t, 400, "^ 这个括号没有闭合")
}
