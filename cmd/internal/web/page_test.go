package web

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/ingest"
)

func TestPages(t *testing.T) {
	_, h := newServer(t, nil)
	tests := []struct {
		name, address string
		status        int
		parts         []string
	}{
		{"start", "/", 200, []string{"How to ask", `action="/"`}},
		{"search", "/?q=" + url.QueryEscape("臨時黨支部"), 200, []string{`<mark class="hit">临时党支部</mark>`, `<mark class="hit">臨時黨支部</mark>`, "<svg", "reprint folded"}},
		{"exclude", "/?q=" + url.QueryEscape("干部 AND NOT script:hans"), 200, []string{"<code dir=\"auto\">干部 AND NOT script:hans</code>", "chips"}},
		{"wrong query", "/?q=" + url.QueryEscape("党支部 AND (干部"), 400, []string{`aria-invalid="true"`, `<pre class="caret"`, "^"}},
		{"wrong sort", "/?q=x&sort=size", 400, []string{"cannot sort by"}},
		{"long query", "/?q=" + strings.Repeat("a", maxQuery+1), 400, []string{"4096 bytes"}},
		{"nothing found", "/?q=" + url.QueryEscape("查无此词"), 200, []string{"No article matches."}},
		{"beyond the end", "/?q=*:*&page=400", 200, []string{"No article matches."}},
		{"Chinese", "/?lang=zh", 200, []string{`<html lang="zh-Hans">`, "检索语法"}},
		{"rules", "/rules?text=" + url.QueryEscape("全县145个村成立临时党支部96个，净增3个。"), 200, []string{"branch/", `class="mention"`, "says by how much something changed"}},
		{"rules in Chinese", "/rules?lang=zh&text=" + url.QueryEscape("全县145个村成立临时党支部96个，净增3个。"), 200, []string{"表示变化的幅度"}},
		{"corpus", "/corpus", 200, []string{"nothing_left", "The index is up to date."}},
		{"no article", "/articles/00000000000000000000000000000000", 404, []string{"There is no such article."}},
		{"no page", "/nowhere", 404, []string{"There is no such page."}},
		{"no login without a token", "/login", 404, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := get(t, h.URL+tt.address, "Accept-Language", "en")
			a.want(t, tt.status, tt.parts...)
			if got := a.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
				t.Errorf("policy %q", got)
			}
			if bad := regexp.MustCompile(`(?i)<script>|<[^>]*\s(style|on[a-z]+)=|javascript:|(href|src)="https?:`).FindString(a.text); bad != "" {
				t.Errorf("the page has %q", bad)
			}
		})
	}
}

// firstArticle is the address of the first hit of a query.
func firstArticle(t *testing.T, base, q string) string {
	t.Helper()
	a := get(t, base+"/?q="+url.QueryEscape(q))
	found := regexp.MustCompile(`/articles/[0-9a-f]{32}`).FindString(a.text)
	if found == "" {
		t.Fatalf("%s finds nothing", q)
	}
	return base + found
}

func TestArticleForms(t *testing.T) {
	_, h := newServer(t, nil)
	article := firstArticle(t, h.URL, "title:田埂 AND script:hant AND cluster:all")
	hit := func(form, text string) {
		t.Helper()
		a := get(t, article+"?q="+url.QueryEscape("临时党支部")+"&form="+form)
		a.want(t, 200, `<span class="hit mention" title="branch: 52 (branch/`, text+"</span>", `id="c1"`)
	}
	hit("", "臨時黨支部")
	hit("hans", "临时党支部")
	hit("hant", "臨時黨支部")
	hit("raw", "臨時黨支部")
	get(t, article+"?form=latin").want(t, 400, "unknown form")
	get(t, article+"?q=(").want(t, 200, "The query cannot be read.")
}

func TestHostileArticle(t *testing.T) {
	_, h := newServer(t, nil)
	for _, address := range []string{h.URL + "/?q=" + url.QueryEscape("敌意县"), firstArticle(t, h.URL, "敌意县") + "?form=raw", firstArticle(t, h.URL, "敌意县")} {
		a := get(t, address)
		a.want(t, 200, "[U&#43;202E]", "&lt;script&gt;")
		for _, bad := range []string{"<script>", "<img", "<b>", "\x1b", "\u202e"} {
			if strings.Contains(a.text, bad) {
				t.Errorf("%s: the page has %q", address, bad)
			}
		}
		if len(a.text) > 4*partSize {
			t.Errorf("%s: %d bytes", address, len(a.text))
		}
	}
	get(t, firstArticle(t, h.URL, "敌意县")+"?part=99").want(t, 200, "临时党支部5个</span>", `aria-current="true"`)
}

func TestCompressionAndETag(t *testing.T) {
	_, h := newServer(t, nil)
	for _, path := range []string{"/api/v1/openapi.json", "/static/style.css", "/?q=*:*"} {
		plain, packed := get(t, h.URL+path), get(t, h.URL+path, "Accept-Encoding", "br, gzip")
		if plain.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Encoding") != "gzip" || len(packed.text) >= len(plain.text) {
			t.Errorf("%s: %q of %d bytes, plain %d", path, packed.Header.Get("Content-Encoding"), len(packed.text), len(plain.text))
		}
	}
	tag := get(t, h.URL+"/api/v1/stats").Header.Get("ETag")
	a := get(t, h.URL+"/api/v1/stats", "If-None-Match", `"other", `+tag)
	if a.want(t, 304); a.text != "" {
		t.Errorf("304 with %q", a.text)
	}
}

func TestForeignRequests(t *testing.T) {
	_, h := newServer(t, nil)
	get(t, h.URL+"/", "Host", "evil.example").want(t, http.StatusMisdirectedRequest)
	get(t, h.URL+"/", "Host", "localhost:8080").want(t, 200)
	do(t, "POST", h.URL+"/rules", "text=1", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site").want(t, 403)
	do(t, "POST", h.URL+"/rules", "text="+strings.Repeat("1", maxBody), "Content-Type", "application/x-www-form-urlencoded").want(t, 413)
	a := do(t, "POST", h.URL+"/rules", "text=%E5%B9%B2%E9%83%A83%E5%90%8D", "Content-Type", "application/x-www-form-urlencoded")
	if a.want(t, 303); a.Header.Get("Location") != "/rules?text=%E5%B9%B2%E9%83%A83%E5%90%8D" {
		t.Errorf("a short text leads to %q", a.Header.Get("Location"))
	}
	long := url.Values{"text": {strings.Repeat("干部3名。", 1000)}}.Encode()
	do(t, "POST", h.URL+"/rules", long, "Content-Type", "application/x-www-form-urlencoded").want(t, 200, "too long for a link")
}

const secret = "a token of some length"

func TestLogin(t *testing.T) {
	_, h := newServer(t, func(o *Options) { o.Token = secret })
	a := get(t, h.URL+"/corpus?page=2")
	if a.want(t, 303); a.Header.Get("Location") != "/login?next=%2Fcorpus%3Fpage%3D2" {
		t.Errorf("led to %q", a.Header.Get("Location"))
	}
	get(t, h.URL+"/api/v1/stats").want(t, 401, "urn:jianbao:problem:unauthorized")
	get(t, h.URL+"/api/v1/stats", "Authorization", "Bearer wrong").want(t, 401)
	get(t, h.URL+"/api/v1/stats", "Authorization", "Bearer "+secret).want(t, 200)
	get(t, h.URL+"/corpus", "Cookie", sessionCookie+"=9999999999."+strings.Repeat("0", 64)).want(t, 303)

	form := get(t, h.URL+"/login?next="+url.QueryEscape("//evil.example/"))
	form.want(t, 200, `name="next" value="/"`)
	csrf := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(form.text)[1]
	cookie := form.Header.Get("Set-Cookie")
	if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Errorf("cookie %q", cookie)
	}
	cookie, _, _ = strings.Cut(cookie, ";")
	login := func(token, csrf, cookie string) answer {
		body := url.Values{"token": {token}, "csrf": {csrf}, "next": {"/corpus"}}.Encode()
		return do(t, "POST", h.URL+"/login", body, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie)
	}
	login(secret, "", cookie).want(t, 403, "out of date")
	login(secret, csrf, "").want(t, 403, "out of date")
	login("wrong", csrf, cookie).want(t, 403, "This is not the token.")
	done := login(secret, csrf, cookie)
	done.want(t, 303)
	session := done.Header.Get("Set-Cookie")
	if !strings.Contains(session, "HttpOnly") || !strings.Contains(session, "SameSite=Strict") {
		t.Errorf("session %q", session)
	}
	session, _, _ = strings.Cut(session, ";")
	get(t, h.URL+done.Header.Get("Location"), "Cookie", session+"; "+cookie).want(t, 200, "Log out")
	do(t, "POST", h.URL+"/logout", "", "Cookie", session+"; "+cookie).want(t, 403)
	out := do(t, "POST", h.URL+"/logout", "csrf="+url.QueryEscape(csrf), "Content-Type", "application/x-www-form-urlencoded", "Cookie", session+"; "+cookie)
	if out.want(t, 303); !strings.Contains(out.Header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("logout sets %q", out.Header.Get("Set-Cookie"))
	}
	get(t, h.URL+"/corpus", "Cookie", session+"; "+cookie).want(t, 303) // also who kept the cookie
	again, _, _ := strings.Cut(login(secret, csrf, cookie).Header.Get("Set-Cookie"), ";")
	get(t, h.URL+"/corpus", "Cookie", again+"; "+cookie).want(t, 200)
}

func TestSessionsEnd(t *testing.T) {
	k, now := newKeys(secret), time.Unix(1_700_000_000, 0)
	s := k.newSession(now)
	if !k.isSession(s, now.Add(sessionLife-time.Second)) || k.isSession(s, now.Add(sessionLife)) {
		t.Error("a session lasts as long as it says, and no longer")
	}
	if newKeys("another token, also long").isSession(s, now) {
		t.Error("a session of another token is taken")
	}
	for _, forged := range []string{"", ".", "..", s + "0", strings.Replace(s, ".", "0.", 1), s[:strings.LastIndexByte(s, '.')]} {
		if k.isSession(forged, now) {
			t.Errorf("%q is taken for a session", forged)
		}
	}
}

// A session that was logged out is over; others of the same second are not.
func TestLogoutEndsTheSession(t *testing.T) {
	k, now := newKeys(secret), time.Unix(1_700_000_000, 0)
	one, other := k.newSession(now), k.newSession(now)
	k.endSession(one, now)
	k.endSession("nothing", now)
	if k.isSession(one, now) || !k.isSession(other, now) {
		t.Errorf("after the logout of one: %v, %v", k.isSession(one, now), k.isSession(other, now))
	}
}

// What is remembered of logouts is bounded, and no session comes back for it.
func TestRevokedIsBounded(t *testing.T) {
	k, now := newKeys(secret), time.Unix(1_700_000_000, 0)
	k.revoked = newRevoked(3)
	var ended []string
	for i := range 20 {
		at := now.Add(time.Duration(i) * time.Minute)
		s := k.newSession(at)
		k.endSession(s, at)
		ended = append(ended, s)
		if n := len(k.revoked.ends); n > 3 {
			t.Fatalf("%d are remembered", n)
		}
		for j, s := range ended {
			if k.isSession(s, at) {
				t.Errorf("after %d logouts session %d is taken again", i+1, j)
			}
		}
	}
	later := now.Add(time.Hour)
	if !k.isSession(k.newSession(later), later) {
		t.Error("a session that begins later is not taken")
	}
	r := newRevoked(2) // those that are over make room
	for i := range 9 {
		at := now.Add(time.Duration(i) * sessionLife)
		if r.add(rand.Text(), at.Add(time.Hour), at); !r.before.IsZero() {
			t.Fatal("other sessions ended without need")
		}
	}
}

// Beyond its bound the server says so at once.
func TestBusy(t *testing.T) {
	s, h := newServer(t, func(o *Options) { o.Running, o.Waiting = 1, -1 })
	leave, err := s.gate.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/?q=x", "/api/v1/search?q=x"} {
		a := get(t, h.URL+path)
		if a.want(t, 503); a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
	leave()
	get(t, h.URL+"/?q=x").want(t, 200)
}

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1, 1)
		leave, err := g.enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		waited := make(chan error, 1)
		go func() {
			_, err := g.enter(ctx)
			waited <- err
		}()
		synctest.Wait()
		if _, err := g.enter(t.Context()); !errors.Is(err, errBusy) {
			t.Errorf("a third: %v", err)
		}
		cancel()
		if err := <-waited; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up: %v", err)
		}
		leave()
		if leave, err = g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

// What is committed while the server runs is found by the next search.
func TestNewCommits(t *testing.T) {
	_, p, err := makeCorpus()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "corpus")
	add := func(name, text string) {
		t.Helper()
		docs := ingest.FS(t.Context(), ingest.Options{}, fstest.MapFS{name: {Data: []byte(text)}})
		if _, err := p.Ingest(t.Context(), dir, docs, pipeline.IngestOptions{RunID: name, Log: slog.New(slog.DiscardHandler)}); err != nil {
			t.Fatal(err)
		}
	}
	add("a.txt", "甲县有党支部3个，干部5名，都在防汛一线。")
	s, h := serveDir(t, p, dir, nil)
	get(t, h.URL+"/?q="+url.QueryEscape("防汛")).want(t, 200, "1 article")
	first := s.library.borrow()
	add("b.txt", "乙县的干部8名也在防汛一线，另有卡点4个。")
	get(t, h.URL+"/?q="+url.QueryEscape("防汛")).want(t, 200, "2 articles")
	if a, err := first.Search(t.Context(), "防汛", pipeline.SearchOptions{}); err != nil || a.Total != 1 {
		t.Errorf("who still reads the old state finds %d, %v", a.Total, err)
	}
	first.giveBack()
}

func TestServeEndsWithContext(t *testing.T) {
	dir, p, err := makeCorpus()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Pipeline: p, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, l) }()
	get(t, "http://"+l.Addr().String()+"/corpus").want(t, 200)
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("serve: %v", err)
	}
}

func TestCheckAddress(t *testing.T) {
	for address, good := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:1": true, "[::1]:80": true, ":8080": false, "0.0.0.0:80": false, "192.0.2.1:80": false, "example.org:80": false,
	} {
		if err := CheckAddress(address, ""); (err == nil) != good {
			t.Errorf("%s without a token: %v", address, err)
		}
		if err := CheckAddress(address, secret); err != nil {
			t.Errorf("%s with a token: %v", address, err)
		}
	}
}
