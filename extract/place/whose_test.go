package place_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/place"
)

// In a text ⟦ and ⟧ stand around the mention, ¦ between sentences.
var whoseTests = []struct{ title, text, place, adcode, source string }{
	{"渭南市抗疫", "在临渭区，⟦3处检查站⟧日夜值守", "临渭区", "610502", place.Subject},
	{"渭南市抗疫", "临渭区设立⟦3处检查站⟧，澄城县设立5处", "临渭区", "610502", place.Subject},
	{"渭南市抗疫", "临渭区设立3处检查站，澄城县设立⟦5处⟧", "澄城县", "610525", place.Subject},
	{"渭南市抗疫", "目前，全市⟦1200名党员⟧下沉一线", "渭南市", "610500", place.Scope},
	{"澄城县抗疫", "全市⟦1200名党员⟧下沉一线", "渭南市", "610500", place.Scope},
	{"澄城县抗疫", "我县⟦200名党员⟧下沉一线", "澄城县", "610525", place.Scope},
	{"澄城县抗疫", "全省⟦200万名党员⟧下沉一线", "陕西省", "610000", place.Scope},
	{"田东县抗疫", "全区⟦200万名党员⟧下沉一线", "广西壮族自治区", "450000", place.Scope},
	{"临渭区抗疫", "全区⟦200名党员⟧下沉一线", "临渭区", "610502", place.Scope},
	{"渭南市抗疫", "在临渭区，全市⟦200名党员⟧支援", "渭南市", "610500", place.Scope},
	{"渭南市抗疫", "澄城县委组织部长李某告诉记者，⟦200名党员⟧报名", "澄城县", "610525", place.Speaker},
	{"渭南市抗疫", "“⟦200名党员⟧报名。”澄城县委组织部长李某告诉记者", "澄城县", "610525", place.Speaker},
	{"渭南市抗疫", "“⟦200名党员⟧报名。”¦澄城县委组织部长李某告诉记者", "澄城县", "610525", place.Speaker},
	{"渭南市抗疫", "⟦200名党员⟧报名。¦澄城县委组织部长李某告诉记者", "渭南市", "610500", place.ByDocument},
	{"澄城县抗疫", "“⟦200名党员⟧报名”，县委组织部部长李某介绍", "澄城县", "610525", place.Speaker},
	{"渭南市抗疫", "澄城县委组织部选派⟦7名干部⟧驻村", "澄城县", "610525", place.Sender},
	{"田东县抗疫", "自治区党委组织部选派⟦7名干部⟧驻村", "广西壮族自治区", "450000", place.Sender},
	{"澄城县抗疫", "市委组织部划拨专款，抽调⟦5名干部⟧", "渭南市", "610500", place.Sender},
	{"渭南市抗疫", "澄城县行动迅速。¦⟦5支队伍⟧上岗", "澄城县", "610525", place.Subject},
	{"渭南市抗疫", "澄城县行动迅速。¦全市⟦5支队伍⟧上岗", "渭南市", "610500", place.Scope},
	{"渭南市抗疫", "大家行动迅速。¦⟦5支队伍⟧上岗", "渭南市", "610500", place.ByDocument},
	{"渭南市抗疫", "⟦5支队伍⟧奔赴临渭区", "渭南市", "610500", place.ByDocument},
	{"渭南市抗疫", "党员驰援临渭区，⟦5支队伍⟧上岗", "渭南市", "610500", place.ByDocument},
	{"澄城县抗疫", "石桥镇有⟦5支队伍⟧", "石桥镇", "610525", place.Subject},
	{"青禾县抗疫", "石桥镇有⟦5支队伍⟧", "石桥镇", "", place.Subject},
	{"青禾县抗疫", "全县⟦5支队伍⟧", "青禾县", "", place.Scope},
	{"澄城县石桥镇抗疫", "全镇⟦5支队伍⟧", "石桥镇", "610525", place.Scope},
	{"澄城县石桥镇抗疫", "全县⟦5支队伍⟧", "澄城县", "610525", place.Scope},
	{"澄城县柳湾村抗疫", "全村⟦5支队伍⟧", "柳湾村", "610525", place.Scope},
	{"柳湾社区抗疫", "临渭区的柳湾社区，全市⟦5支队伍⟧", "渭南市", "610500", place.Scope},
	{"澄城县抗疫", "受灾严重，县委组织部连夜动员，⟦5支队伍⟧上岗", "澄城县", "610525", place.ByDocument},
	{"党员上岗", "⟦5支队伍⟧上岗", "", "", ""},
}

// marked is a text without its marks, its sentences and its mention.
func marked(s string) (text string, sentences []corpus.Span, mention corpus.Span) {
	for part := range strings.SplitSeq(s, "¦") {
		start := len(text)
		if i := strings.Index(part, "⟦"); i >= 0 {
			mention = corpus.Span{Start: start + i, End: start + strings.Index(part, "⟧") - len("⟦")}
		}
		text += strings.NewReplacer("⟦", "", "⟧", "").Replace(part)
		sentences = append(sentences, corpus.Span{Start: start, End: len(text)})
	}
	return text, sentences, mention
}

func TestWhose(t *testing.T) {
	g := open(t)
	for _, tt := range whoseTests {
		text, sentences, mention := marked(tt.text)
		s := place.Scene{Gazetteer: g, Text: text, Sentences: sentences, Matches: g.Find(nil, text)}
		s.Document, _ = g.Document(tt.title, g.Find(nil, text))
		got, ok := s.Whose(mention)
		if want := (place.Claim{Place: tt.place, Adcode: tt.adcode, Source: tt.source}); got != want || ok != (tt.place != "") {
			t.Errorf("%s: %s\n got %+v\nwant %+v", tt.title, tt.text, got, want)
		}
	}
}

// The time for a mention does not grow with a sentence that never ends.
func BenchmarkWhose(b *testing.B) {
	g := open(b)
	for _, n := range []int{10, 1000, 10000} {
		text := strings.Repeat("临渭区设卡，澄城县委组织部选派干部，", n)
		doc, _ := g.Document("渭南市", nil)
		s := place.Scene{Gazetteer: g, Text: text, Sentences: []corpus.Span{{End: len(text)}}, Matches: g.Find(nil, text), Document: doc}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := s.Whose(corpus.Span{Start: len(text) - len("，"), End: len(text)}); !ok {
					b.Fatal("no place")
				}
			}
		})
	}
}

func TestDocument(t *testing.T) {
	g := open(t)
	for _, tt := range []struct{ title, text, name, code string }{
		{"党员上岗", "大家都来了", "", ""},
		{"澄城县党员上岗", "渭南市和临渭区", "澄城县", "610525"},
		{"党员上岗", "本报渭南1月5日电 临渭区设卡，澄城县设卡", "渭南市", "610500"},
		{"党员上岗", "渭南市澄城县设卡。澄城县党员上岗，澄城县干部下沉", "澄城县", "610525"},
		{"党员上岗", "青禾县设卡。青禾县党员上岗", "青禾县", ""},
		{"党员上岗", "红石镇设卡，白杨镇设卡", "红石镇", ""},
		{"党员上岗", "临渭区设卡，澄城县设卡", "临渭区", "610502"},
	} {
		got, ok := g.Document(tt.title, g.Find(nil, tt.text))
		if got.Name != tt.name || got.Code != tt.code || ok != (tt.name != "") {
			t.Errorf("%s: %s: got %s %s, want %s %s", tt.title, tt.text, got.Name, got.Code, tt.name, tt.code)
		}
	}
}

func TestResolve(t *testing.T) {
	g := open(t)
	for _, tt := range []struct {
		doc, scopes string
		want        []string
	}{
		{"陕西省渭南市澄城县石桥镇", "省市县镇区村", []string{"陕西省", "渭南市", "澄城县", "石桥镇", "", ""}},
		{"重庆市江北区", "市区省县", []string{"重庆市", "江北区", "", ""}},
		{"湖北省恩施土家族苗族自治州", "省州市", []string{"湖北省", "恩施土家族苗族自治州", ""}},
		{"河南省济源市", "市省", []string{"济源市", "河南省"}},
		{"青禾县", "县市", []string{"青禾县", ""}},
		{"渭南市柳湾社区", "社街市", []string{"柳湾社区", "", "渭南市"}},
		{"渭南市松林街道", "街社镇", []string{"松林街道", "", ""}},
	} {
		doc, ok := g.Document(tt.doc, nil)
		if !ok {
			t.Fatalf("%s: not found", tt.doc)
		}
		i := 0
		for _, scope := range tt.scopes {
			m, ok := g.Resolve(scope, doc)
			if m.Name != tt.want[i] || ok != (tt.want[i] != "") {
				t.Errorf("%s: 全%c is %q, want %q", tt.doc, scope, m.Name, tt.want[i])
			}
			i++
		}
		if i != utf8.RuneCountInString(tt.scopes) {
			t.Fatal("a scope was not tried")
		}
	}
}

// Towns that the text names once each: the time grows as their number does.
func BenchmarkDocument(b *testing.B) {
	g := open(b)
	for _, n := range []int{1000, 10000} {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "，%c%c镇", '一'+rune(i%100)*7, '丁'+rune(i/100)*11)
		}
		matches := g.Find(nil, text.String())
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				g.Document("", matches)
			}
		})
	}
}
