package pipeline

import (
	"slices"
	"testing"

	"jianbao/corpus/table"
)

// TestCountSnippets holds, in articles in either script and with repairs, that
// each hit of a query about counts has a snippet that marks a mention as the
// query asks for, as it is printed, and that no other mention is marked.
func TestCountSnippets(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 4})
	c := openCorpus(t, p, dir)
	scripts, repaired := map[string]bool{}, 0
	for query, matches := range map[string]func(*table.Mention) bool{
		"branch:>=10":          func(m *table.Mention) bool { return m.Category == "branch" && m.Value != nil && *m.Value >= 10 },
		"branch:臨時黨支部":         func(m *table.Mention) bool { return m.Category == "branch" && m.Term == "临时党支部" },
		"category:checkpoint":  func(m *table.Mention) bool { return m.Category == "checkpoint" },
		"count(counted:true)":  func(m *table.Mention) bool { return m.Counted },
		"count(flag:subtotal)": func(m *table.Mention) bool { return slices.Contains(m.Flags, "subtotal") },
		"(category:cadre 不存在) OR (category:cadre -branch:>=100)": func(m *table.Mention) bool { return m.Category == "cadre" },
	} {
		answer, err := c.Search(t.Context(), "("+query+") cluster:all", SearchOptions{Limit: -1})
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Hits) == 0 {
			t.Errorf("%s finds nothing", query)
		}
		for _, h := range answer.Hits {
			shown, err := c.Show(t.Context(), h.DocID)
			if err != nil {
				t.Fatal(err)
			}
			checkCounts(t, query, h, shown, matches)
			scripts[string(shown.Document.Script)] = true
			if len(shown.Edits) > 0 {
				repaired++
			}
		}
	}
	if !scripts["hans"] || !scripts["hant"] || repaired < 5 {
		t.Errorf("hits in %v, %d with repairs", scripts, repaired)
	}
}

// checkCounts holds that a hit has snippets and that what is marked in them are
// mentions that match.
func checkCounts(t *testing.T, query string, h Hit, shown Shown, matches func(*table.Mention) bool) {
	t.Helper()
	text, printed := []rune(shown.Document.Text), map[string]bool{}
	for i := range shown.Mentions {
		m := &shown.Mentions[i]
		if matches(m) {
			printed[string(text[m.Start:m.End])] = true
		}
	}
	if len(h.Snippets) == 0 {
		t.Errorf("%s: %s has no snippet", query, h.URI)
	}
	for _, s := range h.Snippets {
		if len(s.Highlights) == 0 {
			t.Errorf("%s: a snippet of %s without a hit: %s", query, h.URI, s.Text)
		}
		for _, x := range s.Highlights {
			if hit := string([]rune(s.Text)[x[0]:x[1]]); !printed[hit] {
				t.Errorf("%s: %s marks %s, not one of %v", query, h.URI, hit, printed)
			}
		}
	}
}
