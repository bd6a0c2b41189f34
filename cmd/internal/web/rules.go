package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/extract"
)

// The bounds of a text that rules are tried on.
const (
	maxText     = 256 << 10 // bytes
	maxLinkText = 2000      // characters that a URL can hold
)

// rulesView is the page that tries rules on a text.
type rulesView struct {
	view
	Text     string
	Asked    bool
	Linked   bool // the text is in the URL
	Readings []readingView
	Segments []segment
	Taken    int
}

// readingView is what became of one number.
type readingView struct {
	pipeline.Explanation
	Row    int // from 1
	Reason string
}

func (s *Server) rulesPage(w http.ResponseWriter, r *http.Request, _ *volume) error {
	return s.showRules(w, r, r.FormValue("text"), true)
}

// rulesForm takes a text from the form. One that a URL can hold gets one.
func (s *Server) rulesForm(w http.ResponseWriter, r *http.Request, _ *volume) error {
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return errTooLong
		}
		return requestError{err.Error()}
	}
	text := r.PostFormValue("text")
	if utf8.RuneCountInString(text) <= maxLinkText {
		address := url.URL{Path: "/rules", RawQuery: url.Values{"text": {text}}.Encode()}
		http.Redirect(w, r, address.String(), http.StatusSeeOther)
		return nil
	}
	return s.showRules(w, r, text, false)
}

func (s *Server) showRules(w http.ResponseWriter, r *http.Request, text string, linked bool) error {
	if len(text) > maxText {
		return errTooLong
	}
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD")
	v := rulesView{view: s.newView(w, r, "rules"), Text: text, Asked: strings.TrimSpace(text) != "", Linked: linked}
	if v.Asked {
		v.read(s.opts.Pipeline.Explanations(text))
	}
	s.render(w, r, http.StatusOK, "rules", v)
	return nil
}

// read fills in what became of the numbers of the text.
func (v *rulesView) read(all []pipeline.Explanation) {
	at := corpus.NewCodePoints(v.Text)
	var marks []mark
	for i, e := range all {
		v.Readings = append(v.Readings, readingView{e, i + 1, reason(v.Lang, e)})
		m := mark{kind: isDoubt, span: at.Bytes(e.Start, e.End), note: reason(v.Lang, e)}
		if e.RuleID != "" {
			v.Taken++
			m = mark{kind: isMention, span: m.span, mention: i + 1, note: e.Category + ": " + e.Head + " (" + e.RuleID + ")"}
		}
		marks = append(marks, m)
	}
	v.Segments = segments(v.Text, corpus.Span{End: len(v.Text)}, marks)
}

// reason is why a number is a count or none, in a language.
func reason(l lang, e pipeline.Explanation) string {
	if l != chinese || e.RuleID != "" && len(e.Flags) == 0 {
		return e.Reason()
	}
	switch {
	case e.RuleID != "":
		var flags []string
		for _, f := range e.Flags {
			flags = append(flags, l.text("flag."+f))
		}
		return strings.Join(flags, "、")
	case e.Why == string(extract.IsKind):
		return strings.ReplaceAll(l.text("why.kind"), "{kind}", l.text("kind."+strings.ToLower(e.Kind)))
	case e.Why != string(extract.NotTaken):
		return l.text("why." + e.Why)
	}
	var parts []string
	for _, o := range e.Obstacles {
		at := strings.ReplaceAll(o.At, "\n", "行末")
		parts = append(parts, strings.NewReplacer("{noun}", o.Noun, "{at}", at).Replace(l.text("why."+o.Why)))
	}
	return strings.Join(parts, "；")
}
