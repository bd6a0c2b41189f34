package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const axeFile = "testdata/axe/node_modules/axe-core/axe.min.js"

// missing ends a test for which something is not installed: `make test` installs
// it where it can.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed", what)
	}
	t.Skipf("SKIPPED: the pages are not looked at in a browser: %s is not installed (make test installs it where it can)", what)
}

// newBrowser starts Chromium; it ends with the test. Whatever the pages say on
// the console is an error: a page that breaks its own policy says so there.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("lang", "en"), chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	err = chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("a script failed: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the console says: %v", e.Args)
		case *page.EventJavascriptDialogOpening:
			t.Errorf("a dialog opened: %s", e.Message)
		case *log.EventEntryAdded:
			if e.Entry.Source == log.EntrySourceSecurity || e.Entry.Source == log.EntrySourceJavascript {
				t.Errorf("the browser complains: %s", e.Entry.Text)
			}
		}
	})
	if err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	return ctx
}

// ask runs an action and returns its value.
func ask[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func run(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ask(t, ctx, chromedp.Steps(steps...))
}

// eval is the value of an expression.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	return ask(t, ctx, chromedp.Evaluate[T](expression))
}

func at(t *testing.T, ctx context.Context) *url.URL {
	t.Helper()
	u, err := url.Parse(ask(t, ctx, chromedp.Location()))
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func count(t *testing.T, ctx context.Context, selector string) int {
	t.Helper()
	return eval[int](t, ctx, fmt.Sprintf("document.querySelectorAll(%q).length", selector))
}

// click follows a link or presses a button and waits for the page behind it.
func click(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatalf("click %s: %v", selector, err)
	}
}

// An analyst searches, narrows down, reads an article and sees why.
func TestAnalyst(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL), chromedp.SendKeys(chromedp.CSS("#q"), "臨時黨支部 干部"))
	click(t, ctx, "form[role=search] button")
	if got := at(t, ctx).Query().Get("q"); got != "臨時黨支部 干部" {
		t.Fatalf("the address holds the query %q", got)
	}
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS(".echo code"))); got != "臨時黨支部 AND 干部" {
		t.Errorf("read as %q", got)
	}
	if count(t, ctx, "mark.hit") == 0 {
		t.Error("no hit is marked")
	}
	all := count(t, ctx, ".hits li")

	click(t, ctx, ".chart svg a")
	if got := at(t, ctx).Query().Get("q"); !strings.Contains(got, "published:") {
		t.Errorf("a bar leads to %q", got)
	}
	if n := count(t, ctx, ".hits li"); n == 0 || n >= all {
		t.Errorf("a bar leads from %d to %d hits", all, n)
	}
	click(t, ctx, ".chips li:last-child a")
	if n := count(t, ctx, ".hits li"); n != all {
		t.Errorf("without the bar %d hits, want %d", n, all)
	}
	click(t, ctx, ".facets li .out")
	if got := at(t, ctx).Query().Get("q"); !strings.Contains(got, "AND NOT ") {
		t.Errorf("exclude leads to %q", got)
	}
	run(t, ctx, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape("臨時黨支部 干部")))
	click(t, ctx, ".hits h3 a")
	for _, mark := range []string{".text .hit", ".text .mention", ".text .ref"} {
		if count(t, ctx, mark) == 0 {
			t.Errorf("no %s in the article", mark)
		}
	}
	marked := count(t, ctx, ".text .hit")
	for i := range 3 {
		click(t, ctx, fmt.Sprintf(".switch a:nth-of-type(%d)", i+2))
		if n := count(t, ctx, ".text .hit"); n < marked {
			t.Errorf("%s: %d pieces are marked, want %d", at(t, ctx), n, marked)
		}
	}
}

func TestKeys(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape("干部")), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if !eval[bool](t, ctx, `document.querySelector(".hits li").classList.contains("here") && document.activeElement.matches(".hits li:first-child h3 a")`) {
		t.Error("j j k does not lead to the first hit")
	}
	run(t, ctx, chromedp.KeyEvent("?"), chromedp.KeyEvent("/"))
	if !eval[bool](t, ctx, `document.getElementById("keys").open`) {
		t.Error("? does not open the list")
	}
	if !eval[bool](t, ctx, `document.activeElement.id === "q"`) {
		t.Error("/ does not lead to the query")
	}
}

func TestRulesInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/rules"), chromedp.SendKeys(chromedp.CSS("textarea"), "全县145个村成立临时党支部96个，净增3个。"))
	click(t, ctx, "main form button")
	if n := count(t, ctx, "tr.stop"); n != 3 {
		t.Errorf("%d numbers, want 3", n)
	}
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS(".text .mention"))); got != "96" {
		t.Errorf("taken: %q", got)
	}
	if !at(t, ctx).Query().Has("text") {
		t.Error("the address does not hold the text")
	}
}

// Every page in both schemes and at two widths: axe finds nothing, and nothing
// sticks out at the side. With JIANBAO_TEST_SCREENSHOTS the pictures are kept.
func TestAccessible(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	_, locked := newServer(t, func(o *Options) { o.Token = "0123456789abcdef" })
	pages := map[string]string{
		"start":   h.URL + "/",
		"search":  h.URL + "/?q=" + url.QueryEscape("临时党支部 AND NOT script:mixed"),
		"wrong":   h.URL + "/?q=" + url.QueryEscape("党支部 AND (干部"),
		"none":    h.URL + "/?q=" + url.QueryEscape("查无此词"),
		"hostile": h.URL + "/?q=" + url.QueryEscape("敌意县"),
		"rules":   h.URL + "/rules?text=" + url.QueryEscape("全县145个村成立临时党支部96个，净增3个，2020年有党员干部1200余名，其中第一书记12名。"),
		"corpus":  h.URL + "/corpus",
		"lost":    h.URL + "/nowhere",
		"login":   locked.URL + "/login",
	}
	for name, hit := range map[string]string{"article": "临时党支部", "glossed": "復工 AND 嵐溪縣", "evil": "敌意县"} {
		run(t, ctx, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape(hit)))
		click(t, ctx, ".hits h3 a")
		pages[name] = at(t, ctx).String()
	}
	pages["raw"] = pages["article"] + "&form=raw"
	checkViews(t, ctx, pages)
}

// checkViews looks at pages, by name, in both schemes and at two widths.
func checkViews(t *testing.T, ctx context.Context, pages map[string]string) {
	t.Helper()
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		missing(t, "axe-core (npm ci in cmd/internal/web/testdata/axe)")
	}
	for name, address := range pages {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1280, 360} {
				t.Run(fmt.Sprintf("%s %s %d", name, scheme, width), func(t *testing.T) {
					address, anchor, _ := strings.Cut(address, "#")
					run(t, ctx, prefer(scheme), chromedp.EmulateViewport(width, 900), chromedp.Navigate(address+inLanguage(scheme, address)+"#"+anchor))
					checkWidth(t, ctx, width)
					picture(t, ctx, fmt.Sprintf("%s-%s-%d.png", name, scheme, width))
					checkAxe(t, ctx, string(axe))
				})
			}
		}
	}
}

// inLanguage is a parameter that shows the dark pages in Chinese, so that both
// languages are looked at.
func inLanguage(scheme, address string) string {
	sign := map[bool]string{false: "?", true: "&"}[strings.Contains(address, "?")]
	return sign + "lang=" + map[string]string{"light": "en", "dark": "zh"}[scheme]
}

// prefer sets the colour scheme.
func prefer(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
}

func checkWidth(t *testing.T, ctx context.Context, width int64) {
	t.Helper()
	if wide := eval[int64](t, ctx, "document.documentElement.scrollWidth"); wide > width {
		t.Errorf("the page is %d wide, the window %d", wide, width)
	}
}

// checkAxe wants axe to find nothing.
func checkAxe(t *testing.T, ctx context.Context, axe string) {
	t.Helper()
	eval[int](t, ctx, axe+"\n;0")
	found := ask(t, ctx, chromedp.Evaluate[string](`axe.run({resultTypes: ["violations"]}).then((r) => JSON.stringify(
		r.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.failureSummary)}))))`,
		chromedp.EvalAwaitPromise))
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Errorf("%s: %s\n%s", v.ID, v.Help, strings.Join(v.Nodes, "\n"))
	}
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("JIANBAO_TEST_SCREENSHOTS")
	if dir == "" {
		return
	}
	png := ask(t, ctx, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Nothing of a hostile article runs, and its marks of direction turn nothing.
func TestHostileArticleInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/?q="+url.QueryEscape("敌意县")))
	click(t, ctx, ".hits h3 a")
	for _, form := range []string{"", "hans", "hant", "raw"} {
		run(t, ctx, chromedp.Navigate(h.URL+at(t, ctx).Path+"?q="+url.QueryEscape("敌意县")+"&form="+form))
		if title := ask(t, ctx, chromedp.Title()); title == "broken" || count(t, ctx, "script") != 1 || count(t, ctx, "main img, main script, [onerror], [onmouseover]") != 0 {
			t.Errorf("%q: something of the article became part of the page", form)
		}
	}
}
