package web

import (
	"net/url"
	"testing"

	"jianbao/corpus/table"
)

// The operations for counts answer as openapi.json says. TestAPI looks whether
// each answer was tried.
var countsAPI = []struct {
	path, query string
	server      string
	status      int
}{
	{"/api/v1/mentions", "?limit=2&q=" + url.QueryEscape("臨時黨支部"), "open", 200},
	{"/api/v1/mentions", "?category=branch,cadre&flag=subtotal&min=1&max=90&counted=false&rule=branch&since=2019-01-01&until=2023-12-31&place=" + url.QueryEscape("县"), "open", 200},
	{"/api/v1/mentions", "?q=(", "open", 400},
	{"/api/v1/mentions", "?limit=101", "open", 400},
	{"/api/v1/mentions", "?cursor=!", "open", 400},
	{"/api/v1/mentions", "?cursor=" + (mentionCursor{Asked: askedFor(url.Values{}), Manifest: 99}).behind(&table.Mention{}), "open", 410},
	{"/api/v1/mentions", "", "locked", 401},
	{"/api/v1/mentions", "", "full", 503},
	{"/api/v1/counts", "", "open", 200},
	{"/api/v1/counts", "?level=county&since=2020-01-01&until=2020-12-31", "open", 200},
	{"/api/v1/counts", "?places=2&q=" + url.QueryEscape("党支部"), "open", 200},
	{"/api/v1/counts", "?places=0", "open", 400},
	{"/api/v1/counts", "?level=village", "open", 400},
	{"/api/v1/counts", "", "locked", 401},
	{"/api/v1/counts", "", "full", 503},
}

// A cursor leads back to the count that it was made of.
func TestMentionCursorReads(t *testing.T) {
	cur := mentionCursor{Asked: "a", Manifest: 3}
	m := table.Mention{DocID: "d", Seq: 4, Category: "branch"}
	got, err := cur.read(cur.behind(&m))
	if err != nil || got.DocID != "d" || got.Seq != 4 || got.Category != "branch" {
		t.Errorf("%+v, %v", got, err)
	}
	if first, err := cur.read(""); first != nil || err != nil {
		t.Errorf("no cursor: %+v, %v", first, err)
	}
}
