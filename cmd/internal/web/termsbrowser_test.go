package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// termAddresses are the views of lines and counted words that axe looks at.
func termAddresses(base string) map[string]string {
	q := url.QueryEscape
	return map[string]string{
		"kwic":             base + "/kwic?sort=r1&sort=date&q=" + q("临时党支部 OR 干部"),
		"kwic-found":       base + "/kwic?q=" + q("临时党支部 OR 干部"),
		"kwic-run":         base + "/kwic?window=30&unit=words&sample=20&q=" + q("敌意县 OR 红"),
		"kwic-wrong":       base + "/kwic?q=" + q("党支部 AND (干部"),
		"terms":            base + "/terms",
		"terms-words":      base + "/terms?view=words",
		"terms-ngrams":     base + "/terms?view=ngrams&n=3&q=" + q("党支部"),
		"terms-collocates": base + "/terms?view=collocates&min=2&word=" + q("党员"),
		"terms-keyness":    base + "/terms?view=keyness&min=1&q=" + q("防汛"),
		"terms-dispersion": base + "/terms?view=dispersion&words=" + q("党员 干部 冰淇淋"),
		"terms-sources":    base + "/terms?view=dispersion&by=source&words=" + q("党员"),
		"terms-wrong":      base + "/terms?view=keyness&q=" + q("党支部 AND (干部"),
	}
}

// An analyst sorts lines, reads one where it stands, and follows a word beside it.
func TestConcordanceInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(h.URL+"/kwic"), chromedp.SendKeys(chromedp.CSS("#q"), "党支部 OR 干部"))
	eval[int](t, ctx, `document.querySelectorAll("select[name=sort]")[0].value = "r1", 0`)
	eval[int](t, ctx, `document.querySelectorAll("select[name=sort]")[1].value = "date", 0`)
	click(t, ctx, "main form button")
	if got := at(t, ctx).Query()["sort"]; strings.Join(got, ",") != "r1,date," || count(t, ctx, ".kwic tbody tr") != lineRows {
		t.Fatalf("%d lines at %s", count(t, ctx, ".kwic tbody tr"), at(t, ctx))
	}
	// The hits stand in one column, with their contexts on either side.
	aligned := `[...document.querySelectorAll(".kwic tbody tr")].every((r) => {
		const [n, left, hit, right] = [...r.cells].map((c) => c.getBoundingClientRect());
		return left.right <= hit.left + 1 && hit.right <= right.left + 1 && hit.left === document.querySelector(".kwic td.node").getBoundingClientRect().left;
	})`
	if !eval[bool](t, ctx, aligned) {
		t.Error("the lines are not aligned")
	}
	click(t, ctx, ".pager a[rel=next]")
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS(".kwic tbody tr td.n"))); strings.TrimSpace(got) != "51" {
		t.Errorf("the second page begins with line %q", got)
	}
	run(t, ctx, chromedp.KeyEvent("j"))
	if !eval[bool](t, ctx, `document.activeElement.matches(".kwic tbody tr:first-child td.node a")`) {
		t.Error("j does not lead to the first line")
	}
	hit := ask(t, ctx, chromedp.Text(chromedp.CSS(".kwic tbody tr:first-child td.node")))
	click(t, ctx, ".kwic tbody tr:first-child td.node a")
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS("#at"))); got != strings.TrimSpace(hit) || at(t, ctx).Fragment != "at" {
		t.Errorf("the line of %q leads to %q at %s", hit, got, at(t, ctx))
	}

	run(t, ctx, chromedp.Navigate(h.URL+"/kwic?sort=r1&q="+url.QueryEscape("党员 OR 干部")))
	click(t, ctx, ".near .switch a:nth-of-type(2)")
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS("#near-title"))); !strings.Contains(got, "干部") {
		t.Errorf("the second word is %q", got)
	}
	word := ask(t, ctx, chromedp.Text(chromedp.CSS(".near tbody th a")))
	click(t, ctx, ".near tbody th a")
	if got := at(t, ctx).Query().Get("q"); !strings.HasSuffix(got, "AND "+word) || count(t, ctx, ".hits li") == 0 {
		t.Errorf("%s leads to %q with %d hits", word, got, count(t, ctx, ".hits li"))
	}
}

// An analyst counts words, compares sub-corpora and sees where a word stands.
func TestTermsInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	run(t, ctx, chromedp.Navigate(h.URL+"/terms"))
	click(t, ctx, "main form button")
	if n := count(t, ctx, ".list tbody tr"); n != termRows {
		t.Errorf("%d words", n)
	}
	click(t, ctx, ".list tbody tr:first-child td:last-child a")
	if u := at(t, ctx); u.Path != "/kwic" || count(t, ctx, ".kwic tbody tr") == 0 {
		t.Errorf("a word leads to %s", u)
	}
	run(t, ctx, chromedp.Navigate(h.URL+"/terms?view=keyness"), chromedp.SendKeys(chromedp.CSS("#q"), "防汛"), chromedp.SendKeys(chromedp.CSS("#against"), "扶贫 OR 地震"))
	click(t, ctx, "main form button")
	if got := ask(t, ctx, chromedp.Text(chromedp.CSS(".total"))); !regexp.MustCompile(`^1 article.* against \d+ articles`).MatchString(got) {
		t.Errorf("compared: %q", got)
	}
	run(t, ctx, chromedp.Navigate(h.URL+"/terms?view=dispersion"), chromedp.SendKeys(chromedp.CSS("#words"), "党员 支部"))
	click(t, ctx, "main form button")
	if n := count(t, ctx, ".strip svg"); n != 2 {
		t.Errorf("%d strips", n)
	}
	click(t, ctx, ".strip svg a")
	if got := at(t, ctx).Query().Get("q"); !strings.HasPrefix(got, "党员 AND published:") || count(t, ctx, ".kwic tbody tr") == 0 {
		t.Errorf("a bar leads to %q with %d lines", got, count(t, ctx, ".kwic tbody tr"))
	}
}

// What an article holds does nothing in a line.
func TestHostileLines(t *testing.T) {
	ctx := newBrowser(t)
	_, h := newServer(t, nil)
	for _, width := range []int64{1280, 360} {
		for _, q := range []string{"敌意县", "红", "没有尽头"} {
			run(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(h.URL+"/kwic?window=200&q="+url.QueryEscape(q)))
			checkWidth(t, ctx, width)
			if count(t, ctx, ".kwic tbody tr") == 0 || count(t, ctx, "script") != 1 || count(t, ctx, "main img, main script, [onmouseover]") != 0 {
				t.Errorf("%s: something of the article became part of the page", q)
			}
		}
	}
}
