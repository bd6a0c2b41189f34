package place_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/place"
)

func open(t testing.TB) *place.Gazetteer {
	t.Helper()
	g, err := place.Open()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// show is the matches as span text=name/code/level.
func show(text string, all []place.Match) string {
	var b strings.Builder
	for i, m := range all {
		if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(m.Span.Of(text) + "=" + m.Name + "/" + m.Code + "/" + m.Level.String())
	}
	return b.String()
}

var findTests = []struct{ text, want string }{
	{"在临渭区设检查站3处", "临渭区=临渭区/610502/county"},
	{"陕西省渭南市临渭区的检查站", "陕西省渭南市临渭区=临渭区/610502/county"},
	{"陕西渭南设卡12处", "陕西渭南=渭南市/610500/city"},
	{"渭南市向阳街道成立支部", "渭南市向阳街道=向阳街道//town"},
	{"渭南市青禾县石桥镇柳湾村", "渭南市青禾县石桥镇柳湾村=柳湾村//village"},
	{"渭南和临渭都设了卡口", "渭南=渭南市/610500/city 临渭=临渭区/610502/county"},
	{"临渭的卡口", ""},
	{"恩施土家族苗族自治州选派干部", "恩施土家族苗族自治州=恩施土家族苗族自治州/422800/city"},
	{"内蒙古和广西的党员", "内蒙古=内蒙古自治区/150000/province 广西=广西壮族自治区/450000/province"},
	{"济源市党员", "济源市=济源市/419001/county"},
	{"北京市朝阳区的社区", "北京市朝阳区=朝阳区/110105/county"},
	{"长春的干部支援朝阳区", "长春=长春市/220100/city 朝阳区=朝阳区/220104/county"},
	{"朝阳区的干部", "朝阳区=朝阳区//county"},
	{"吉林省吉林市", "吉林省吉林市=吉林市/220200/city"},
	{"湖南湘潭", "湖南湘潭=湘潭市/430300/city"},
	{"湘潭县的村", "湘潭县=湘潭县/430321/county"},
	{"晋城市城区", "晋城市城区=城区/140502/county"},
	{"在城区设卡", ""},
	{"陕西省安康市", "陕西省安康市=安康市/610900/city"},
	{"陕西安康", "陕西安康=安康市/610900/city"},
	{"祝大家安康、日照充足、来宾入席", ""},
	{"畅通道路，通道畅通", ""},
	{"在中山路社区", "中山路社区=中山路社区//village"},
	{"走在南京路上", ""},
	{"长安镇的干部", "长安镇=长安镇//town"},
	{"渭南市场", "渭南=渭南市/610500/city"},
	{"渭南市区", "渭南市=渭南市/610500/city"},
	// by form
	{"在青禾县，12个村", "青禾县=青禾县//county"},
	{"记者走进青禾县石桥镇", "青禾县石桥镇=石桥镇//town"},
	{"青禾县委组织部", "青禾县=青禾县//county"},
	{"十六厂小区临时党支部", "十六厂小区=十六厂小区//village"},
	{"锦绣花园小区、柳湾社区和松林街道", "锦绣花园小区=锦绣花园小区//village 柳湾社区=柳湾社区//village 松林街道=松林街道//town"},
	{"下沉柳湾村的干部", "柳湾村=柳湾村//village"},
	{"支援渭南市的队伍", "渭南市=渭南市/610500/city"},
	{"青禾旗的牧民", "青禾旗=青禾旗//county"},
	{"红石乡与白杨镇", "红石乡=红石乡//town 白杨镇=白杨镇//town"},
	{"中国共产党青禾县第十三届委员会，中共青禾县委", "青禾县=青禾县//county 青禾县=青禾县//county"},
	// false friends
	{"全市各县区318个小区", ""},
	{"市区、城区、辖区、社区、地区、校区、园区、林区、山区、高新区、开发区", ""},
	{"老旧小区、居民小区、无物业小区和封控小区", ""},
	{"各县、县区、区县、乡镇、村镇、城镇", ""},
	{"行政村、自然村、贫困村、示范村、城中村", ""},
	{"12个村三个镇二十四村五家小区", ""},
	{"超市、城市、都市、股市、上市", ""},
	{"党员干部下沉社区，走村入户，驻村帮扶", ""},
	{"节省开支，反省自己，外省人员", ""},
	{"高举红旗，面对国旗和党旗", ""},
	{"中高风险区、责任区、网格区域", ""},
	{"渭南省派第一书记驻柳湾村", "渭南=渭南市/610500/city 柳湾村=柳湾村//village"},
	{"在向阳镇、和平乡、十三届市委", "向阳镇=向阳镇//town 和平乡=和平乡//town"},
	{"利用小区宣传栏，督促社区整改，明确县级责任", ""},
	{"一镇一村一街道", ""},
	{"该镇在村口设卡，本县全乡", ""},
}

func TestFind(t *testing.T) {
	g := open(t)
	for _, tt := range findTests {
		if got := show(tt.text, g.Find(nil, tt.text)); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestWithin(t *testing.T) {
	g := open(t)
	for _, tt := range []struct{ text, want string }{
		{"陕西省渭南市临渭区", "610500"},
		{"临渭区柳湾村", "610502"},
		{"渭南市青禾县柳湾村", "610500"},
		{"柳湾村", ""},
		{"重庆市江北区", "500000"},
		{"陕西省", ""},
	} {
		all := g.Find(nil, tt.text)
		if len(all) != 1 || all[0].Within != tt.want {
			t.Errorf("%s: %+v, want one match within %q", tt.text, all, tt.want)
		}
	}
}

// Every name in the table is found as itself behind its parents.
func TestEveryDivision(t *testing.T) {
	g := open(t)
	for _, d := range g.Divisions() {
		text := d.Name
		for up := d.Parent; up != ""; {
			p, ok := g.Lookup(up)
			if !ok {
				t.Fatalf("%s has no parent %s", d.Code, up)
			}
			text, up = p.Name+text, p.Parent
		}
		all := g.Find(nil, text)
		if len(all) != 1 || all[0].Code != d.Code || all[0].Span.Len() != len(text) {
			t.Errorf("%s: got %s, want %s", text, show(text, all), d.Code)
		}
	}
}

// checkMatches fails t when matches are out of order, overlap, or leave the text.
func checkMatches(t *testing.T, g *place.Gazetteer, text string, all []place.Match) {
	t.Helper()
	end := 0
	for _, m := range all {
		if m.Span.Start < end || m.Span.Empty() || m.Span.End > len(text) {
			t.Fatalf("span %v behind %d in a text of %d bytes", m.Span, end, len(text))
		}
		if s := m.Span.Of(text); utf8.ValidString(text) && !utf8.ValidString(s) {
			t.Fatalf("span %v cuts a character", m.Span)
		}
		if d, ok := g.Lookup(m.Code); m.Code != "" && (!ok || d.Name != m.Name || d.Level != m.Level || d.Parent != m.Within) {
			t.Fatalf("%+v is not %+v", m, d)
		}
		if m.Level == place.Unknown || m.Name == "" {
			t.Fatalf("%+v has no level or name", m)
		}
		end = m.Span.End
	}
}

func FuzzFind(f *testing.F) {
	for _, tt := range findTests {
		f.Add(tt.text)
	}
	f.Add("陕西\xe6\xb8渭南市\xff县区")
	g := open(f)
	f.Fuzz(func(t *testing.T, text string) {
		all := g.Find(nil, text)
		checkMatches(t, g, text, all)
		if doc, ok := g.Document("", all); ok != (doc.Name != "") || ok && len(all) == 0 || doc.Span.End > len(text) {
			t.Fatalf("document %+v, %v with %d places", doc, ok, len(all))
		}
		if n := len(all); n > 0 {
			last := all[n-1].Span
			first, rest := corpus.Span{End: last.Start}, corpus.Span{Start: last.Start, End: len(text)}
			s := place.Scene{Gazetteer: g, Text: text, Sentences: []corpus.Span{first, rest}, Matches: all, Document: all[0]}
			if c, ok := s.Whose(last); !ok || c.Place == "" {
				t.Fatalf("claim %+v, %v", c, ok)
			}
		}
	})
}

func sample() string {
	var b strings.Builder
	for _, tt := range findTests {
		b.WriteString(tt.text + "，各级党组织和广大党员干部坚守在疫情防控第一线，筑起坚强的战斗堡垒。\n")
	}
	return b.String()
}

func TestFindAllocatesNothing(t *testing.T) {
	g, text := open(t), sample()
	dst := g.Find(nil, text)
	if n := testing.AllocsPerRun(5, func() { dst = g.Find(dst[:0], text) }); n != 0 {
		t.Errorf("%v allocations a run, want none", n)
	}
}

func BenchmarkFind(b *testing.B) {
	g, text := open(b), sample()
	dst := g.Find(nil, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		dst = g.Find(dst[:0], text)
	}
}

// What one character repeated costs must not grow with the text.
func BenchmarkFindHostile(b *testing.B) {
	g := open(b)
	for _, unit := range []string{"县", "青", "渭南", "朝阳区", "城市", "、村"} {
		for _, size := range []int{1 << 16, 1 << 20} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%s/%d", unit, size), func(b *testing.B) {
				dst := g.Find(nil, text)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					dst = g.Find(dst[:0], text)
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := place.Open(); err != nil {
			b.Fatal(err)
		}
	}
}
