package web

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// An analyst asks for counts, narrows them down by a bar, and reads where one
// stands.
func TestCountsInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/"))
	click(t, ctx, `.top nav a[href="/counts"]`)
	all := count(t, ctx, ".series")
	run(t, ctx, chromedp.SendKeys(chromedp.CSS("#q"), "臨時黨支部"))
	click(t, ctx, "main form button")
	if q := at(t, ctx).Query().Get("q"); q != "臨時黨支部" || all < 3 {
		t.Errorf("asked for %q; %d categories", q, all)
	}
	click(t, ctx, "#sum-branch .meta a")
	if n := count(t, ctx, ".series"); n != 1 {
		t.Errorf("%d categories, want one", n)
	}
	label := eval[string](t, ctx, `document.querySelector(".series svg a").getAttribute("aria-label")`)
	click(t, ctx, ".series svg a")
	since := at(t, ctx).Query().Get("since")
	if year, _, _ := strings.Cut(label, ":"); !strings.HasPrefix(since, year) {
		t.Errorf("the bar %q leads to counts from %q", label, since)
	}
	if n := count(t, ctx, ".chips li"); n < 2 {
		t.Errorf("%d filters are shown", n)
	}
	click(t, ctx, ".places.chart svg a")
	if at(t, ctx).Query().Get("place") == "" {
		t.Error("the bar of a place does not narrow down to it")
	}
	run(t, ctx, chromedp.Navigate(h.URL+"/counts?q="+url.QueryEscape("臨時黨支部")+"&page=2"))
	printed := eval[string](t, ctx, `document.querySelector(".mentions mark.number").textContent`)
	click(t, ctx, ".mentions tbody a")
	if got := eval[string](t, ctx, `document.getElementById("at").textContent`); !strings.Contains(got, printed) {
		t.Errorf("the link leads to %q, want %q in it", got, printed)
	}
	if !eval[bool](t, ctx, `(() => { const at = document.getElementById("at").getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight })()`) {
		t.Error("the count is not in sight")
	}
}

func TestCountsAccessible(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		missing(t, "axe-core (npm ci in cmd/internal/web/testdata/axe)")
	}
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	pages := map[string]string{
		"counts":         "/counts",
		"counts-query":   "/counts?category=branch,checkpoint&min=3&q=" + url.QueryEscape("臨時黨支部 OR 干部"),
		"counts-county":  "/counts?level=county&since=2020-01-01&until=2020-12-31",
		"counts-hostile": "/counts?q=" + url.QueryEscape("敌意县"),
		"counts-none":    "/counts?q=" + url.QueryEscape("查无此词"),
		"counts-wrong":   "/counts?q=" + url.QueryEscape("党支部 AND (干部"),
	}
	run(t, ctx, chromedp.Navigate(h.URL+"/counts?q="+url.QueryEscape("敌意县")))
	click(t, ctx, ".mentions tbody a")
	chosen := at(t, ctx)
	pages["chosen"] = chosen.Path + "?" + chosen.RawQuery
	for name, address := range pages {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1280, 360} {
				t.Run(fmt.Sprintf("%s %s %d", name, scheme, width), func(t *testing.T) {
					address := h.URL + address + inLanguage(scheme, address)
					run(t, ctx, prefer(scheme), chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
					checkWidth(t, ctx, width)
					picture(t, ctx, fmt.Sprintf("%s-%s-%d.png", name, scheme, width))
					checkAxe(t, ctx, string(axe))
				})
			}
		}
	}
}
