package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

// published indexes docs in a new directory and opens a reader on them.
func published(t testing.TB, docs []Doc) *Reader {
	t.Helper()
	dir := t.TempDir()
	w, err := OpenWriter(dir, testLanguage(), Options{BatchDocs: 1 + len(docs)/3}) // several segments
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(w.Index(t.Context(), docs), w.Publish(t.Context(), 1), w.Close())
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, dir)
}

func opened(t testing.TB, dir string) *Reader {
	t.Helper()
	r, err := OpenReader(dir, testLanguage())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func found(t testing.TB, r *Reader, q string) []string {
	t.Helper()
	res, err := r.Search(t.Context(), parse(t, q), SearchOptions{Size: -1})
	if err != nil {
		t.Fatalf("search %s: %v", q, err)
	}
	ids := []string{}
	for _, h := range res.Hits {
		ids = append(ids, h.ID)
	}
	if res.Total != len(ids) {
		t.Errorf("search %s: total %d, %d hits", q, res.Total, len(ids))
	}
	slices.Sort(ids)
	return ids
}

// placed are mentions of two characters each, side by side from the beginning of
// a text.
func placed(mentions ...query.Mention) []Mention {
	var out []Mention
	for i, m := range mentions {
		out = append(out, Mention{m, 2 * i, 2*i + 2})
	}
	return out
}

func searchDocs() []Doc {
	l := testLanguage()
	docs := []Doc{
		testDoc(l, "a", "百色成立臨時黨支部", "臨時黨支部衝鋒在一線，黨員幹部值守交通卡口。"),
		testDoc(l, "b", "简讯", "党员干部队伍在检查站值守。支部书记登记车辆 120 辆"),
		testDoc(l, "c", "复工复产", "村民 复工，群众复产；Covid-19 检测 AB12"),
		testDoc(l, "d", "日报", "党员、干部分头检测体温"),
		testDoc(l, "e", "", ""),
	}
	docs[0].Source, docs[0].Place = "廣西日報", "广西百色"
	docs[1].Source, docs[1].Place = "山村快讯", "广西"
	docs[0].Script = corpus.Hant
	docs[0].Mentions = placed(
		query.Mention{Category: "branch", Term: "临时党支部", Place: "百色", Value: corpus.Some(12), Lo: corpus.Some(12), Hi: corpus.Some(12), Counted: true, Rule: "branch.head"},
		query.Mention{Category: "cadre", Term: "党员干部", Place: "南宁", Value: corpus.Some(300), Lo: corpus.Some(301), Flags: []string{"subtotal"}},
		query.Mention{Category: "cadre", Term: "干部", Place: "百色", Lo: corpus.Some(20), Hi: corpus.Some(99), Counted: true},
	)
	docs[1].Mentions = placed(query.Mention{Category: "cadre", Term: "党员干部", Place: "百色", Value: corpus.Some(7), Counted: true, AsOf: "2020-02-23"})
	docs[0].Printed, docs[0].Text = "臨時黨支部衝鋒在一線，黨員幹部值守交通卡口。", l.Fold("臨時黨支部衝鋒在一線，黨員幹部值守交通卡口。")
	docs[0].Site, docs[0].Authors = "news.gx.example", []string{"張書記", "李四"}
	docs[0].Published = corpus.Moment{Time: corpus.Date(18341).Time(), Precision: corpus.ToDay}
	docs[1].Published = corpus.Moment{Time: corpus.Date(18262).Time(), Precision: corpus.ToDay}
	return docs
}

func TestSearch(t *testing.T) {
	r := published(t, searchDocs())
	tests := []struct{ query, want string }{
		// One term, whatever the script of either side.
		{"臨時黨支部", "a"}, {"临时党支部", "a"}, {"臨時党支部", "a"},
		// Words inside a dictionary word.
		{"干部", "a b d"}, {"党员", "a b d"}, {"幹部", "a b d"}, {"党支部", "a"}, {"支部", "a b"}, {"书记", "b"},
		{"卡口", "a"}, {"复产", "c"},
		// A term of several words is a phrase; so is a quoted one.
		{"党员干部值守", "a"}, {`"党员干部队伍"`, "b"}, {`"党员 干部"`, "a b"}, {"干部队伍", "b"},
		{`"党员、干部"`, "d"}, {`"党员，干部"`, "d"}, {"干部党员", ""}, {`"值守 支部书记"`, ""}, {"值守。支部书记", "b"},
		{`"登记车辆 120辆"`, "b"}, {"村民复工", "c"}, {`"支部 书记"`, "b"},
		// Operators.
		{"党员干部 值守", "a b"}, {"卡口 OR 检查站", "a b"}, {"干部 -值守", "d"}, {"干部 NOT (卡口 OR 检查站)", "d"},
		{"-干部", "c e"}, {"*:*", "a b c d e"}, {"*:* -干部", "c e"}, {"+干部 +一线", "a"},
		{"(卡口 OR 复工) AND NOT 群众", "a"}, {"NOT NOT 卡口", "a"}, {"NOT (卡口 AND 检查站)", "a b c d e"},
		{"火箭", ""}, {"火箭 -干部", ""}, {"火箭 OR 卡口", "a"}, {"卡口 火箭", ""}, {"topics -火箭", ""}, {"-火箭", "a b c d e"},
		// Letters and digits, in any case and width.
		{"covid", "c"}, {"COVID-19", "c"}, {"ab12", "c"}, {"ＡＢ１２", "c"}, {"120", "b"},
		// What has no word in it asks for nothing.
		{"，", ""}, {"， 卡口", "a"}, {`"、" OR 卡口`, "a"}, {"-， 卡口", "a"}, {"-，", ""},
		// Fields.
		{"title:百色", "a"}, {"text:百色", ""}, {"百色", "a"}, {"title:日报", "d"}, {"日报", "d"},
		{"source:日报", "a"}, {"source:广西日报", "a"}, {"place:百色", "a"}, {"place:廣西", "a b"},
		{"script:hant", "a"}, {"script:HANS", "b c d e"},
		{"category:cadre", "a b"}, {"category:branch", "a"}, {"branch:臨時黨支部", "a"}, {"branch:党支部", ""},
		{"cadre:干部", "a"}, {"cadre:党员干部 -category:branch", "b"}, {"branch:火箭 -干部", ""},
		{"author:书记", "a"}, {`author:"书记李"`, ""}, {"site:gx.example", "a"}, {"site:news.gx.example", "a"}, {"site:example", ""},
		{"rule:branch.head", "a"}, {"rule:branch.*", "a"},
		// Days.
		{"published:2020", "a b"}, {"published:2020-03", "a"}, {"published:2020-03-20", "a"}, {"published:<2020-03", "b"},
		{"published:[2020-01-01 TO 2020-03-19]", "b"}, {"published:{2020-01-01 TO *]", "a"}, {"published:*", "a b"},
		{"-published:*", "c d e"}, {"published:2019", ""},
		// Counts.
		{"branch:>=10", "a"}, {"branch:12", "a"}, {"branch:>12", ""}, {"cadre:>=300", "a"}, {"cadre:[90 TO 99]", "a"}, {"cadre:<20", "b"},
		{"cadre:*", "a b"}, {"cadre:党员*", "a b"}, {"count(category:cadre place:百色 value:>=200)", ""}, {"count(category:cadre place:南宁 value:>=200)", "a"},
		{"count(category:cadre flag:subtotal)", "a"}, {"count(category:cadre -flag:subtotal)", "a b"}, {"count(as_of:2020-02)", "b"},
		{"count(term:臨時黨支部 counted:true)", "a"}, {"count(rule:branch.head OR value:7)", "a b"}, {"-count(category:branch)", "b c d e"},
		// Patterns.
		{"检*", "b c d"}, {"檢*", "b c d"}, {"*支部", "a b"}, {"党?", "a b d"}, {"title:日?", "d"}, {"干步~1", "a b d"}, {"臨時黨支不~1", "a"},
		{"/(卡|关)口/", "a"}, {"/检.*站/ OR 卡口", "a b"}, {"COV*", "c"}, {"/covid/", "c"}, {"source:/日.*/", "a"}, {"script:h?ns", "b c d e"},
		// Distance, in characters.
		{`"临时党支部 卡口"~16`, "a"}, {`"临时党支部 卡口"~14`, "a"}, {`"临时党支部 卡口"~13`, ""}, {`"卡口 临时党支部"~14`, "a"}, {`"卡口 临时党支部"~>14`, ""},
		{`"临时党支部 卡口"~>14`, "a"}, {`"党员 党员"~9`, ""}, {`"党员 干部"~0`, "a b"}, {`"党员 干部"~1`, "a b d"}, {`"复产 群众"~0`, "c"},
		{`"村民复工"~1`, "c"}, {`title:"百色 支部"~9`, "a"},
		// As printed.
		{"exact:臨時黨支部", "a"}, {"exact:临时党支部", ""}, {`exact:"臨時黨支部衝鋒"`, "a"}, {"exact:党支部", ""}, {"exact:黨支部", "a"}, {"exact:支部", "a b"}, {"exact:干部", "b d"},
		{"exact:幹部", "a"}, {"exact:交通", "a"}, {"exact:成立臨時", "a"},
		// Reprints.
		{"干部 cluster:all", "a b d"}, {"cluster:all", "a b c d e"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(strings.Fields(tt.want), found(t, r, tt.query)); diff != "" {
			t.Errorf("search %s (-want +got):\n%s", tt.query, diff)
		}
	}
}

func TestSearchFields(t *testing.T) {
	docs := searchDocs()[:1]
	docs[0].URI = "2020/a.txt"
	day := corpus.Date(18341)
	docs[0].Published = corpus.Moment{Time: day.Time(), Precision: corpus.ToDay}
	res, err := published(t, docs).Search(t.Context(), parse(t, "卡口"), SearchOptions{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Hits) != 1 || res.Hits[0].Score <= 0 || res.Took <= 0 {
		t.Fatalf("result %+v", res)
	}
	res.Hits[0].Score = 0
	want := Hit{ID: "a", URI: "2020/a.txt", Title: "百色成立臨時黨支部", Source: "廣西日報", Published: "2020-03-20"}
	if diff := cmp.Diff(want, res.Hits[0]); diff != "" {
		t.Errorf("hit (-want +got):\n%s", diff)
	}
}

func TestSearchPages(t *testing.T) {
	l := testLanguage()
	var docs []Doc
	for i := range 50 {
		docs = append(docs, testDoc(l, fmt.Sprintf("%02d", i), "", "卡口"+strings.Repeat("，卡口值守", i%3)))
	}
	r := published(t, docs)
	all, err := r.Search(t.Context(), parse(t, "卡口"), SearchOptions{Size: -1})
	if err != nil {
		t.Fatal(err)
	}
	sorted := slices.IsSortedFunc(all.Hits, func(a, b Hit) int {
		if a.Score != b.Score {
			return int(2 * (b.Score - a.Score) / max(b.Score-a.Score, a.Score-b.Score))
		}
		return strings.Compare(a.ID, b.ID)
	})
	if all.Total != 50 || len(all.Hits) != 50 || !sorted {
		t.Errorf("total %d, %d hits, sorted %v", all.Total, len(all.Hits), sorted)
	}
	var paged []Hit
	for from := 0; from < 50; from += 7 {
		page, err := r.Search(t.Context(), parse(t, "卡口"), SearchOptions{Size: 7, From: from})
		if err != nil {
			t.Fatal(err)
		}
		paged = append(paged, page.Hits...)
	}
	if diff := cmp.Diff(all.Hits, paged); diff != "" {
		t.Errorf("pages (-whole +pages):\n%s", diff)
	}
	for _, opts := range []SearchOptions{{}, {From: 1 << 62, Size: 1 << 62}, {From: -1}} {
		res, err := r.Search(t.Context(), parse(t, "卡口"), opts)
		if err != nil || res.Total != 50 || len(res.Hits) != 0 {
			t.Errorf("search %+v: %d hits of %d, %v", opts, len(res.Hits), res.Total, err)
		}
	}
}

// TestSearchRank holds that titles come first, that of two texts that say a word
// once the shorter does, and that a word said often weighs less than two words
// said once.
func TestSearchRank(t *testing.T) {
	l := testLanguage()
	long := strings.Repeat("村民在公路，", 60)
	tests := []struct {
		query, want string
		docs        []Doc
	}{
		{"卡口", "title many short one", []Doc{
			testDoc(l, "one", "", long+"卡口"),
			testDoc(l, "many", "", long+strings.Repeat("卡口，", 12)),
			testDoc(l, "short", "", "村民在公路卡口"),
			testDoc(l, "title", "卡口", "村民在公路卡口"),
			testDoc(l, "none", "", long),
		}},
		{"卡口 OR 检查站", "both often station", []Doc{
			testDoc(l, "often", "", long+strings.Repeat("卡口，", 30)),
			testDoc(l, "both", "", long+"卡口，检查站"),
			testDoc(l, "station", "", long+"检查站"),
			testDoc(l, "none", "", long),
		}},
	}
	for _, tt := range tests {
		res, err := published(t, tt.docs).Search(t.Context(), parse(t, tt.query), SearchOptions{Size: -1})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
			t.Errorf("rank of %s (-want +got):\n%s", tt.query, diff)
		}
	}
}

// TestRecall holds the index to what it promises: a word of the dictionary is
// found exactly where it stands in a text between word boundaries, those
// inside longer words included.
func TestRecall(t *testing.T) {
	l := testLanguage()
	var docs []Doc
	for i := range 60 {
		docs = append(docs, testDoc(l, fmt.Sprintf("%02d", i), "", article(uint64(i), 60)))
	}
	r := published(t, docs)
	queries := slices.Clone(dictionary)
	for i := 1; i < len(dictionary); i++ {
		queries = append(queries, dictionary[i-1]+dictionary[i])
	}
	total := 0
	for _, q := range queries {
		want := []string{}
		for _, d := range docs {
			if scan(l, d, q) {
				want = append(want, d.ID)
			}
		}
		total += len(want)
		if diff := cmp.Diff(want, found(t, r, q)); diff != "" {
			t.Errorf("search %s (-scan +index):\n%s", q, diff)
		}
	}
	if total < len(dictionary) {
		t.Errorf("only %d hits: the texts are too poor for this test", total)
	}
}

// scan reports whether the words of q stand side by side in d, by looking for
// each word's string at the boundaries of d's words.
func scan(l Language, d Doc, q string) bool {
	starts, ends := map[int]bool{}, map[int]bool{}
	pieces := map[corpus.Span]bool{}
	for _, tok := range d.Tokens {
		word := d.Text[tok.Start:tok.End]
		for _, sub := range append(l.SubWords(nil, word), corpus.Token{Start: 0, End: len(word)}) {
			s := corpus.Span{Start: tok.Start + sub.Start, End: tok.Start + sub.End}
			pieces[s], starts[s.Start], ends[s.End] = true, true, true
		}
	}
	for at := range starts {
		if !strings.HasPrefix(d.Text[at:], q) {
			continue
		}
		ok := true
		for _, w := range l.Segment(nil, q) {
			ok = ok && pieces[corpus.Span{Start: at + w.Start, End: at + w.End}]
		}
		if ok && ends[at+len(q)] {
			return true
		}
	}
	return false
}

func TestSearchCancelled(t *testing.T) {
	r := published(t, searchDocs())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Search(ctx, parse(t, "卡口"), SearchOptions{Size: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("search with a cancelled context: %v", err)
	}
}

// TestHostileQueries runs strings that try to break the parser or the index:
// each gives hits or a syntax error.
func TestHostileQueries(t *testing.T) {
	r := published(t, searchDocs())
	pieces := []string{
		"(", ")", `"`, "“", "-", "+", "AND", "OR", "NOT", ":", "title:", "*:*", "\\", "干部", "党", "，",
		"\x00", "\u202e", "\ufeff", "😀", "ſ", "İ", "\n", "0", "[1 TO", "~", "é", "𠮷", "&&", "branch:",
		"*", "?", "~2", "/.*/", "/(", "count(", "count(value:", "published:", ">=9", "[* TO *]", "exact:", "cluster:all", `"~3`, `"~>0`, "site:", "*支",
	}
	var queries []string
	for i := range pieces {
		for j := range pieces {
			queries = append(queries, pieces[i]+pieces[j]+"干部", pieces[i]+" "+pieces[j])
		}
	}
	queries = append(queries,
		strings.Repeat("干部 OR ", 1000)+"党", strings.Repeat("-(", 30)+"干部"+strings.Repeat(")", 30),
		strings.Repeat("党支部", 42), `"`+strings.Repeat("党", 128)+`"`, strings.Repeat("党员 ", 900),
		strings.Repeat("*", 120), strings.Repeat("*a", 60), strings.Repeat("?", 128), "/"+strings.Repeat("(a*)*", 25)+"/", "/(((((a{30}){30}){30}))))/",
		`"`+strings.Repeat("党员 ", 40)+`"~1000`, `"`+strings.Repeat("党员 干部 ", 20)+`"~>1000`, strings.Repeat("*干 OR ", 1000)+"党",
		"count("+strings.Repeat("-(value:1 OR ", 15)+"value:2"+strings.Repeat(")", 15)+")", "branch:<1", "published:<0000", "published:>9999",
		strings.Repeat("(", 50_000), strings.Repeat(`"`, 100_000), strings.Repeat("a", 100_000))
	ran := 0
	for _, q := range queries {
		n, err := query.Parse(q, "branch")
		if err != nil {
			var syntax *query.SyntaxError
			if !errors.As(err, &syntax) {
				t.Errorf("parse %.40q: %v", q, err)
			}
			continue
		}
		ran++
		if _, err := r.Search(t.Context(), n, SearchOptions{Size: 3}); err != nil && !errors.Is(err, ErrTooBroad) {
			t.Errorf("search %.40q: %v", q, err)
		}
		r.Highlighter(n).Snippets("党员干部在交通卡口，党员干部。", "党员干部在交通卡口，党员干部。", nil)
	}
	if ran < 100 {
		t.Errorf("only %d of %d queries were searched", ran, len(queries))
	}
}
