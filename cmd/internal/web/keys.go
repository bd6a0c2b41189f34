package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The cookies. None can be read by a script.
const (
	sessionCookie = "jianbao_session"
	csrfCookie    = "jianbao_csrf"
	langCookie    = "jianbao_lang"
)

// sessionLife is how long a login lasts.
const sessionLife = 12 * time.Hour

// keys makes and checks what a browser has to show: sessions, which outlive a
// restart because their key is the token, and CSRF tokens.
type keys struct {
	token   string
	session []byte
	csrf    []byte
	revoked *revoked
}

func newKeys(token string) *keys {
	k := &keys{token: token, csrf: make([]byte, sha256.Size), revoked: newRevoked(maxRevoked)}
	rand.Read(k.csrf) // never fails
	sum := sha256.Sum256([]byte("session of " + token))
	k.session = sum[:]
	return k
}

// sign is a MAC over text, in hex.
func sign(key []byte, text string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// isToken compares the hashes, so that not even the length shows.
func (k *keys) isToken(s string) bool {
	a, b := sha256.Sum256([]byte(s)), sha256.Sum256([]byte(k.token))
	return k.token != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// newSession is the value of a session's cookie: when it ends, its id, and a MAC
// of both.
func (k *keys) newSession(now time.Time) string {
	session := strconv.FormatInt(now.Add(sessionLife).Unix(), 10) + "." + rand.Text()
	return session + "." + sign(k.session, session)
}

// readSession is the id and the end of a session that was given out here; false
// for what was not, and when it ended.
func (k *keys) readSession(value string, now time.Time) (id string, end time.Time, ok bool) {
	at := strings.LastIndexByte(value, '.')
	if at < 0 || !equal(value[at+1:], sign(k.session, value[:at])) {
		return "", time.Time{}, false
	}
	until, id, _ := strings.Cut(value[:at], ".")
	seconds, err := strconv.ParseInt(until, 10, 64)
	end = time.Unix(seconds, 0)
	return id, end, err == nil && now.Before(end) && !k.revoked.has(id, end)
}

func (k *keys) isSession(value string, now time.Time) bool {
	_, _, ok := k.readSession(value, now)
	return ok
}

// endSession makes a session one that is taken no more.
func (k *keys) endSession(value string, now time.Time) {
	if id, end, ok := k.readSession(value, now); ok {
		k.revoked.add(id, end, now)
	}
}

// admitted reports whether a request has the token or a session. Without a
// token all have.
func (k *keys) admitted(r *http.Request) bool {
	if k.token == "" {
		return true
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return k.isToken(bearer)
	}
	c, err := r.Cookie(sessionCookie)
	return err == nil && k.isSession(c.Value, time.Now())
}

// csrfToken is what a form must bring back, beside the cookie that is set
// here. It is salted: a page that is compressed does not give it away by its length.
func (k *keys) csrfToken(w http.ResponseWriter, r *http.Request) string {
	salt := rand.Text()
	c, err := r.Cookie(csrfCookie)
	if err != nil || c.Value == "" {
		c = cookie(r, csrfCookie, rand.Text())
		http.SetCookie(w, c)
	}
	return salt + "." + sign(k.csrf, salt+" "+c.Value)
}

// checkCSRF reports whether a form came from a page of ours.
func (k *keys) checkCSRF(r *http.Request) bool {
	c, err := r.Cookie(csrfCookie)
	salt, mac, _ := strings.Cut(r.PostFormValue("csrf"), ".")
	return err == nil && c.Value != "" && equal(mac, sign(k.csrf, salt+" "+c.Value))
}

// cookie is one for this site alone.
func cookie(r *http.Request, name, value string) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
	}
}
