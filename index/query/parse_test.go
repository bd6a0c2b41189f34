package query

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var parseTests = []struct {
	in   string
	want string // printed
	tree Node
}{
	{`党支部`, `党支部`, Term{"", "党支部"}},
	{`臨時黨支部 幹部`, `臨時黨支部 AND 幹部`, And{[]Node{Term{"", "臨時黨支部"}, Term{"", "幹部"}}}},
	{`a AND b && c`, `a AND b AND c`, And{[]Node{Term{"", "a"}, Term{"", "b"}, Term{"", "c"}}}},
	{`a OR b || c`, `a OR b OR c`, Or{[]Node{Term{"", "a"}, Term{"", "b"}, Term{"", "c"}}}},
	{`a b OR c d`, `(a AND b) OR (c AND d)`, Or{[]Node{
		And{[]Node{Term{"", "a"}, Term{"", "b"}}}, And{[]Node{Term{"", "c"}, Term{"", "d"}}}}}},
	{`a (b OR c)`, `a AND (b OR c)`, And{[]Node{Term{"", "a"}, Or{[]Node{Term{"", "b"}, Term{"", "c"}}}}}},
	{`(a b) c`, `a AND b AND c`, And{[]Node{Term{"", "a"}, Term{"", "b"}, Term{"", "c"}}}},
	{`a OR (b OR c)`, `a OR b OR c`, Or{[]Node{Term{"", "a"}, Term{"", "b"}, Term{"", "c"}}}},
	{`-a`, `NOT a`, Not{Term{"", "a"}}},
	{`!a`, `NOT a`, Not{Term{"", "a"}}},
	{`NOT NOT a`, `a`, Term{"", "a"}},
	{`--a`, `a`, Term{"", "a"}},
	{`-(-a)`, `a`, Term{"", "a"}},
	{`NOT (a b)`, `NOT (a AND b)`, Not{And{[]Node{Term{"", "a"}, Term{"", "b"}}}}},
	{`a AND NOT b`, `a AND NOT b`, And{[]Node{Term{"", "a"}, Not{Term{"", "b"}}}}},
	{`+a +b`, `a AND b`, And{[]Node{Term{"", "a"}, Term{"", "b"}}}},
	{`a-b`, `a-b`, Term{"", "a-b"}},
	{`"党支部 书记"`, `"党支部 书记"`, Phrase{"", "党支部 书记"}},
	{`“党支部”「书记」`, `"党支部" AND "书记"`, And{[]Node{Phrase{"", "党支部"}, Phrase{"", "书记"}}}},
	{`"say \"hi\" \\"`, `"say \"hi\" \\"`, Phrase{"", `say "hi" \`}},
	{`关于“三会一课”制度`, `关于 AND "三会一课" AND 制度`, And{[]Node{
		Term{"", "关于"}, Phrase{"", "三会一课"}, Term{"", "制度"}}}},
	{`title:复工`, `title:复工`, Term{"title", "复工"}},
	{`TITLE:复工 place："广西"`, `title:复工 AND place:"广西"`, And{[]Node{
		Term{"title", "复工"}, Phrase{"place", "广西"}}}},
	{`title:(a OR text:b)`, `title:a OR text:b`, Or{[]Node{Term{"title", "a"}, Term{"text", "b"}}}},
	{`source: 日报`, `source:日报`, Term{"source", "日报"}},
	{`branch:党支部 category:cadre`, `branch:党支部 AND category:cadre`, And{[]Node{
		Term{"branch", "党支部"}, Term{"category", "cadre"}}}},
	{`（甲 OR 乙）丙`, `(甲 OR 乙) AND 丙`, And{[]Node{
		Or{[]Node{Term{"", "甲"}, Term{"", "乙"}}}, Term{"", "丙"}}}},
	{`10:30`, `10\:30`, Term{"", "10:30"}},
	{`记者：张三`, `记者\：张三`, Term{"", "记者：张三"}},
	{`a\:b \AND \-c \*`, `a\:b AND \AND AND \-c AND \*`, And{[]Node{
		Term{"", "a:b"}, Term{"", "AND"}, Term{"", "-c"}, Term{"", "*"}}}},
	{`and or not`, `and AND or AND not`, And{[]Node{Term{"", "and"}, Term{"", "or"}, Term{"", "not"}}}},
	{`*:* -演练`, `*:* AND NOT 演练`, And{[]Node{All{}, Not{Term{"", "演练"}}}}},
	{`2020/3/20 a[b`, `2020/3/20 AND a[b`, And{[]Node{Term{"", "2020/3/20"}, Term{"", "a[b"}}}},
	{`"党支部 书记"~5`, `"党支部 书记"~5`, Near{"", "党支部 书记", 5, false}},
	{`title:“党支部 书记”~>0`, `title:"党支部 书记"~>0`, Near{"title", "党支部 书记", 0, true}},
	{`防控*`, `防控*`, Wildcard{"", "防控*"}},
	{`title:防?点 \**`, `title:防?点 AND \**`, And{[]Node{Wildcard{"title", "防?点"}, Wildcard{"", `\**`}}}},
	{`a*:b\(`, `a*\:b\(`, Wildcard{"", "a*:b("}},
	{`干部~ AND~2`, `干部~1 AND \AND~2`, And{[]Node{Fuzzy{"", "干部", 1}, Fuzzy{"", "AND", 2}}}},
	{`/党(支|总支)部/ title:/a\/b\\d/`, `/党(支|总支)部/ AND title:/a\/b\\d/`, And{[]Node{
		Regexp{"", "党(支|总支)部"}, Regexp{"title", `a/b\\d`}}}},
	{`published:2020-03`, `published:2020-03`, days("2020-03", "2020-03")},
	{`published:2020/3/5`, `published:2020-03-05`, days("2020-03-05", "2020-03-05")},
	{`published:>=2020`, `published:>=2020`, days("2020", "")},
	{`published:<2020-03`, `published:<2020-03`, Range{"published", Bound{}, Bound{"2020-03", true}}},
	{`published:[2020-01-01 TO 2020-03-31]`, `published:[2020-01-01 TO 2020-03-31]`, days("2020-01-01", "2020-03-31")},
	{`published:{2019 TO 2020-03]`, `published:{2019 TO 2020-03]`, Range{"published", Bound{"2019", true}, Bound{"2020-03", false}}},
	{`published:[* TO 2020]`, `published:<=2020`, days("", "2020")},
	{`published:*`, `published:*`, days("", "")},
	{`published:(2019 OR 2020)`, `published:2019 OR published:2020`, Or{[]Node{days("2019", "2019"), days("2020", "2020")}}},
	{`branch:>=0100`, `branch:>=100`, Range{"branch", Bound{"100", false}, Bound{}}},
	{`branch:[5 TO 20}`, `branch:[5 TO 20}`, Range{"branch", Bound{"5", false}, Bound{"20", true}}},
	{`branch:12`, `branch:12`, Range{"branch", Bound{"12", false}, Bound{"12", false}}},
	{`branch:\12`, `branch:\12`, Term{"branch", "12"}},
	{`count(category:branch value:>=100 -place:百色)`, `count(category:branch AND value:>=100 AND NOT place:百色)`, Count{And{[]Node{
		Term{"category", "branch"}, Range{"value", Bound{"100", false}, Bound{}}, Not{Term{"place", "百色"}}}}}},
	{`COUNT（counted:TRUE as_of:2020-02 adcode:45*） 干部`, `count(counted:true AND as_of:2020-02 AND adcode:45*) AND 干部`, And{[]Node{
		Count{And{[]Node{Term{"counted", "true"}, Range{"as_of", Bound{"2020-02", false}, Bound{"2020-02", false}}, Wildcard{"adcode", "45*"}}}},
		Term{"", "干部"}}}},
	{`count (a b)`, `count AND a AND b`, And{[]Node{Term{"", "count"}, Term{"", "a"}, Term{"", "b"}}}},
	{`exact:"臨時黨支部" cluster:all`, `exact:"臨時黨支部" AND cluster:all`, And{[]Node{Phrase{"exact", "臨時黨支部"}, Unfold{}}}},
	{`cluster:all`, `cluster:all`, Unfold{}},
	{"\u3000党\u3000员", `党 AND 员`, And{[]Node{Term{"", "党"}, Term{"", "员"}}}},
}

func days(lo, hi string) Node {
	return Range{"published", Bound{lo, false}, Bound{hi, false}}
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		got, err := Parse(tt.in, "branch", "cadre")
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if diff := cmp.Diff(tt.tree, got); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", tt.in, diff)
		}
		if got.String() != tt.want {
			t.Errorf("Parse(%q) prints %q, want %q", tt.in, got, tt.want)
		}
	}
}

var errorTests = []struct {
	in     string
	offset int
	msg    string // part of it
	hint   string // part of it
}{
	{``, 0, "empty", "*:*"},
	{" \t", 2, "empty", ""},
	{`党支部 AND`, 13, "missing", ""},
	{`OR a`, 0, "OR needs a term on either side", `\OR`},
	{`a AND OR b`, 6, "OR needs", ""},
	{`NOT`, 3, "missing", ""},
	{`a -`, 2, `"-" must stand right before`, "backslash"},
	{`(a b`, 0, "never closed", ")"},
	{`a)`, 1, "closes nothing", `\)`},
	{`()`, 1, "missing", ""},
	{`党 "支部`, 4, "quote is never closed", `"`},
	{`“支部`, 0, "quote is never closed", "”"},
	{`""`, 0, "empty", ""},
	{`a\`, 1, "nothing follows the backslash", ""},
	{`*`, 0, "needs some text", "*:*"},
	{`title:**`, 6, "needs some text", ""},
	{`干部~3`, 6, "1 or 2 characters", "~1"},
	{`干部~1x`, 6, "ends with ~", `\~`},
	{`干*~1`, 4, "cannot be fuzzy", ""},
	{`~1`, 0, "empty", ""},
	{`"a b"~`, 5, "number of characters", "~>5"},
	{`"a b"~1001`, 5, "at most 1000", ""},
	{`"a b"^2`, 5, "boosts", ""},
	{`a^2`, 1, "boosts", `\^`},
	{`/a.b`, 0, "never closed", "/"},
	{`/a/b`, 3, "ends with the slash", ""},
	{`/a(/`, 0, "missing closing", ""},
	{`/a{5000}/`, 0, "repeat", ""},
	{`]`, 0, "ends no range", `\]`},
	{`title:[a TO b]`, 6, "title: takes no range", "published"},
	{`[1 TO 2]`, 0, "needs a field", "branch"},
	{`title:>=100`, 6, "takes no range", ""},
	{`published:[2020`, 10, "never closed", "TO"},
	{`published:[2020 2021]`, 10, "TO between", ""},
	{`published:[2020 TO 2021]x`, 24, "ends with its bracket", ""},
	{`published:2020-13`, 10, "day, a month or a year", "published:>=2020"},
	{`published:20-1-1`, 10, "day, a month", ""},
	{`published:>`, 11, "a value is missing", ""},
	{`published:[2021 TO 2020]`, 10, "nothing lies", "first"},
	{`branch:[20 TO 5]`, 7, "nothing lies", ""},
	{`branch:>=一百`, 7, "no number", "digits"},
	{`branch:>=1234567890123456789`, 7, "no number", ""},
	{`script:"a b"~5`, 7, "no distance", ""},
	{`exact:臨*`, 6, "word or a phrase", ""},
	{`cluster:none`, 8, "does not know", "cluster:all"},
	{`(a OR cluster:all) b`, 6, "whole query", "end"},
	{`-cluster:all`, 1, "whole query", ""},
	{`count(百色)`, 6, "field is missing", "place:"},
	{`count(title:百色)`, 6, "no field \"title\"", "value"},
	{`count(category:branch`, 5, "never closed", ""},
	{`count(count(value:1))`, 6, "within count", ""},
	{`count(*:*)`, 6, "fields only", ""},
	{`count(term:/a/)`, 11, "no such term", "wildcards"},
	{`title:(count(value:1))`, 7, "fields of its own", ""},
	{`count(value:many)`, 12, "no number", ""},
	{`標題 topic:x`, 7, `no field "topic"`, "title, text, source, author, place"},
	{`http://example.org`, 0, `no field "http"`, `\:`},
	{`title:`, 6, "missing after title:", "title:"},
	{`title:text:x`, 6, "missing after title:", ""},
	{`title:-x`, 6, "missing after title:", ""},
	{"a \xff", 2, "UTF-8", ""},
	{strings.Repeat("(", MaxDepth+1) + "a" + strings.Repeat(")", MaxDepth+1), MaxDepth, "nested", ""},
	{strings.Repeat("(a b OR c ", 20) + strings.Repeat(")", 20), 0, "nested", ""},
	{strings.Repeat("a ", MaxTerms+1), 2 * MaxTerms, "terms", ""},
	{strings.Repeat("党", MaxRunes+1), 0, "characters", ""},
	{strings.Repeat("a", MaxBytes+1), MaxBytes, "longer", ""},
	{"place:(" + strings.Repeat("党党党党党党党党党 ", 560) + ")", 0, "longer", ""},
}

func TestParseErrors(t *testing.T) {
	for _, tt := range errorTests {
		n, err := Parse(tt.in, "branch")
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%.40q) = %v, %v; want a SyntaxError", tt.in, n, err)
			continue
		}
		want := tt.offset
		if strings.HasPrefix(tt.in, "place:(") {
			want = len(tt.in)
		}
		if syntax.Offset != want || !strings.Contains(syntax.Msg, tt.msg) || !strings.Contains(syntax.Hint, tt.hint) {
			t.Errorf("Parse(%.40q): %d %q %q; want %d, %q, %q",
				tt.in, syntax.Offset, syntax.Msg, syntax.Hint, want, tt.msg, tt.hint)
		}
	}
}

// Every kind of error comes about, and what it says names all of its parts.
func TestKinds(t *testing.T) {
	seen := map[Kind]bool{}
	for _, tt := range errorTests {
		_, err := Parse(tt.in, "branch")
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Fatalf("Parse(%.40q): %v", tt.in, err)
		}
		seen[syntax.Kind] = true
		if strings.Contains(syntax.Msg+syntax.Hint, "{0}") || strings.Contains(syntax.Msg+syntax.Hint, "{1}") {
			t.Errorf("Parse(%.40q): %q, %q with the parts %q", tt.in, syntax.Msg, syntax.Hint, syntax.Parts)
		}
	}
	for _, k := range Kinds() {
		if !seen[k] {
			t.Errorf("no query is wrong in the way %s", k)
		}
	}
	if len(seen) != len(Kinds()) {
		t.Errorf("%d kinds come about, %d are known", len(seen), len(Kinds()))
	}
}

// What a part holds is not taken for another part.
func TestInOtherWords(t *testing.T) {
	e := &SyntaxError{Query: "a", Parts: []string{"{1}", "b"}, Msg: "before"}
	if got := e.In("甲{0}乙{1}", "{1}{1}"); got.Msg != "甲{1}乙b" || got.Hint != "bb" || e.Msg != "before" {
		t.Errorf("%+v of %+v", got, e)
	}
}

func TestCaret(t *testing.T) {
	tests := []struct {
		err  SyntaxError
		want string
	}{
		{SyntaxError{Query: "党支部*", Offset: 9, Msg: "no wildcards", Hint: "write \\*"}, "党支部*\n      ^ no wildcards\nwrite \\*\n"},
		{SyntaxError{Query: "a\nb (", Offset: 4, Msg: "open", Hint: ""}, "a b (\n    ^ open\n"},
		{SyntaxError{Query: strings.Repeat("党", 50) + "x" + strings.Repeat("y", 100), Offset: 150, Msg: "m", Hint: ""},
			"…" + strings.Repeat("党", 30) + "x" + strings.Repeat("y", 59) + "…\n" + strings.Repeat(" ", 61) + "^ m\n"},
		{SyntaxError{Query: "a", Offset: 99, Msg: "m", Hint: ""}, "a\n ^ m\n"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.err.Caret()); diff != "" {
			t.Errorf("Caret of %.20q (-want +got):\n%s", tt.err.Query, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.in)
	}
	for _, tt := range errorTests {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		n, err := Parse(in, "branch", "cadre")
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("Parse(%q): %T is no SyntaxError", in, err)
			}
			if syntax.Offset < 0 || syntax.Offset > len(in) || syntax.Msg == "" {
				t.Fatalf("Parse(%q): offset %d, message %q", in, syntax.Offset, syntax.Msg)
			}
			if caret := syntax.Caret(); !strings.HasSuffix(caret, "\n") || strings.Count(caret, "\n") > 3 || !utf8.ValidString(caret) {
				t.Fatalf("caret of %q: %q", in, caret)
			}
			return
		}
		again, err := Parse(n.String(), "branch", "cadre")
		if err != nil {
			t.Fatalf("Parse(%q) prints %q: %v", in, n, err)
		}
		if diff := cmp.Diff(n, again); diff != "" {
			t.Fatalf("Parse(%q) prints %q, which is another query (-want +got):\n%s", in, n, diff)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const in = `臨時黨支部 AND (title:疫情 OR place:"广西 百色") -演练 source:日报`
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(in); err != nil {
			b.Fatal(err)
		}
	}
}
