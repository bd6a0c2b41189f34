package web

import (
	"net/http"
	"strings"
	"time"
)

// loginView is the page that asks for the token.
type loginView struct {
	view
	Next  string
	Wrong bool
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) {
	s.showLogin(w, r, http.StatusOK, false)
}

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request, status int, wrong bool) {
	v := loginView{view: s.newView(w, r, "login"), Next: nextPage(r.FormValue("next")), Wrong: wrong}
	v.CSRF = s.keys.csrfToken(w, r)
	w.Header().Set("Cache-Control", "no-store")
	s.render(w, r, status, "login", v)
}

// login takes the token and gives a session for it.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	if !s.keys.checkCSRF(r) {
		s.fail(w, r, errForged)
		return
	}
	if !s.keys.isToken(strings.TrimSpace(r.PostFormValue("token"))) {
		s.showLogin(w, r, http.StatusForbidden, true)
		return
	}
	c := cookie(r, sessionCookie, s.keys.newSession(time.Now()))
	c.MaxAge = int(sessionLife.Seconds())
	http.SetCookie(w, c)
	http.Redirect(w, r, nextPage(r.PostFormValue("next")), http.StatusSeeOther)
}

// logout ends the session, also for who has kept its cookie, and takes the
// cookie back.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if !s.keys.checkCSRF(r) {
		s.fail(w, r, errForged)
		return
	}
	if session, err := r.Cookie(sessionCookie); err == nil {
		s.keys.endSession(session.Value, time.Now())
	}
	c := cookie(r, sessionCookie, "")
	c.MaxAge = -1
	http.SetCookie(w, c)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// nextPage is an address of ours, or the first page.
func nextPage(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}
