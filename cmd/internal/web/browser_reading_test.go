package web

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Every view beside the first pages, as TestAccessible looks at those.
func TestReadingViewsAccessible(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	p, dir := spoiledCorpus(t)
	_, spoiled := serveDir(t, p, dir, nil)
	like := likeArticles(t)
	article := firstArticle(t, h.URL, "title:田埂 AND script:hant AND cluster:all")
	checkViews(t, ctx, map[string]string{
		"help":       h.URL + "/help",
		"reprints":   article + "/reprints",
		"alone":      firstArticle(t, h.URL, "敌意县") + "/reprints",
		"similar":    firstArticle(t, like.URL, "志愿者") + "/reprints?least=0.2",
		"place":      article + "?q=" + url.QueryEscape("临时党支部") + "&at=60-66#at",
		"evilplace":  firstArticle(t, h.URL, "敌意县") + "?at=400000-400002#at",
		"quarantine": spoiled.URL + "/corpus?reason=not_json",
	})
}

// An analyst goes from a hit to the article, to its reprints and back, and looks
// at what made a count.
func TestReprintsInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	h := likeArticles(t)
	run(t, ctx, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape("志愿者")))
	click(t, ctx, ".hits h3 a")
	article := at(t, ctx).Path
	click(t, ctx, "a[href$='/reprints']")
	run(t, ctx, chromedp.SetValue(chromedp.CSS("#least"), "0.3"))
	click(t, ctx, "main form button")
	if got := at(t, ctx).Query().Get("least"); got != "0.3" {
		t.Errorf("the address holds the similarity %q", got)
	}
	if count(t, ctx, ".similar li.stop") == 0 || count(t, ctx, ".changes del, .changes ins") == 0 {
		t.Error("no reprint with its differences")
	}
	click(t, ctx, ".similar h2 a")
	if other := at(t, ctx).Path; other == article || !strings.HasPrefix(other, "/articles/") {
		t.Errorf("a reprint leads to %s", other)
	}
	click(t, ctx, "a[href$='/reprints']")
	click(t, ctx, ".crumb a")
	click(t, ctx, "#c1 .why a")
	if u := at(t, ctx); u.Path != "/rules" || count(t, ctx, ".text .mention") == 0 {
		t.Errorf("%s does not explain the sentence", u)
	}
}

// A link to a span scrolls to it.
func TestPlaceInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.EmulateViewport(800, 600))
	visible := func(selector string) bool {
		return eval[bool](t, ctx, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`, selector))
	}
	evil := firstArticle(t, h.URL, "敌意县")
	run(t, ctx, chromedp.Navigate(evil+"?at=200000-200004#at"))
	if !visible("#at") || eval[float64](t, ctx, "scrollY") == 0 {
		t.Error("the place is not in the window")
	}
	run(t, ctx, chromedp.Navigate(firstArticle(t, h.URL, "title:田埂 AND cluster:all")+"#m1"))
	if !visible("#m1") {
		t.Error("the first count is not in the window")
	}
}

// The corpus page narrows the quarantine down and back.
func TestQuarantineInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	p, dir := spoiledCorpus(t)
	_, h := serveDir(t, p, dir, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/corpus"))
	if count(t, ctx, ".chart path.line") != 1 || count(t, ctx, ".chart tbody tr") == 0 || count(t, ctx, ".health .good") == 0 {
		t.Error("no growth or no health")
	}
	click(t, ctx, "th a[href*='reason=empty']")
	if u := at(t, ctx); u.Query().Get("reason") != "empty" || u.Fragment != "bad-title" {
		t.Errorf("a reason leads to %s", u)
	}
	click(t, ctx, ".pager [rel=next]")
	if got := at(t, ctx).Query(); got.Get("reason") != "empty" || got.Get("bad") != "2" {
		t.Errorf("the next page is of %s", got)
	}
	click(t, ctx, ".chips a")
	if got := at(t, ctx).Query(); got.Has("reason") || got.Has("bad") {
		t.Errorf("without the filter %s", got)
	}
}

// What was found is downloaded under a good name.
func TestExportInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	dir := t.TempDir()
	allow := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		events := true
		_, err := cdp.Call(ctx, target, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, EventsEnabled: &events})
		return err
	})
	done := make(chan struct{}, 1)
	if err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*browser.EventDownloadProgress); ok && e.State == browser.DownloadProgressStateCompleted {
			select {
			case done <- struct{}{}:
			default:
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	run(t, ctx, allow, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape("临时党支部")+"&sort=-date"), chromedp.Click(chromedp.CSS(".exports a")))
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("nothing was downloaded")
	}
	text, err := os.ReadFile(filepath.Join(dir, "jianbao-hits-临时党支部-m2.csv"))
	if err != nil || !strings.HasPrefix(string(text), "doc_id,") {
		t.Errorf("%.40q, %v", text, err)
	}
}
