package segment_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment"
	"jianbao/segment/lexicon"
)

// sentences are our own, from several fields.
var sentences = []string{
	"全县共设立临时党支部三十六个，组织党员干部一千二百余名下沉一线。",
	"青石镇在三个高速路口设置检查站12个，24小时轮流值守。",
	"网格员逐户摸排，登记外来人员3.7万余人次。",
	"第一书记带领驻村工作队帮助村民抢收小麦。",
	"各基层党组织要发挥战斗堡垒作用，把党旗插在防汛最前线。",
	"柳河社区设核酸采样点5处，累计采样20余万人。",
	"昨晚的比赛中，主队在加时赛第118分钟攻入制胜一球。",
	"研究人员发现这种蛋白质可以抑制肿瘤细胞的生长。",
	"乒乓球拍卖完了，下周一再进货。",
	"南京市长江大桥于1968年建成通车。",
	"他说的确实在理，结婚的和尚未结婚的都应登记。",
	"本季度净利润同比增长15.6%，每股收益0.42元。",
	"这台iPhone15 Pro的电池容量是3274mAh，支持USB-C接口。",
	"C++和Python都能调用这个API，GET请求返回JSON。",
	"请访问https://example.org/a?b=1&c=2或发邮件至info@example.org。",
	"把面粉、鸡蛋和糖搅拌均匀，放入烤箱180℃烤25分钟。",
	"明月几时有？把酒问青天。",
	"夫兵者，国之大事，死生之地，存亡之道，不可不察也。",
	"法院依照《中华人民共和国民法典》第一百八十四条作出判决。",
	"台风“海燕”中心附近最大风力14级，预计明天登陆。",
	"患者男，63岁，因反复胸闷气短3年，加重1周入院。",
	"公司股东大会审议通过了关于回购股份的议案。",
	"孩子们在操场上跑来跑去，笑声不断。",
	"列车K1068次晚点约40分钟，请旅客们耐心等候。",
	"玉米每亩增产八十公斤，茶农人均增收两千三百元。",
	"新华书店今日上架了三种关于量子计算的图书。",
	"Ｋ１２＋３００处设卡，联系电话０１０－１２３４５６７。",
	"ΑΒΓ检验和χ²检验的p值分别为½和0.03。",
	"Добро пожаловать，欢迎来到冰城！",
	"東京タワーは高さ333メートルです。",
	"乡亲们说：“感谢共产党，感谢好政策！”\n（通讯员 王小明）",
	"　　一、加强组织领导；\r\n　　二、压实工作责任。",
	"4S店和4s店、T恤与t恤、阿Q与阿q、IC卡与ic卡",
	"🚧前方施工👷‍♂️，减速慢行！",
	"哈哈哈哈哈哈哈哈，好好好好好，的的的的",
	"白白白白的的确确确实实在在",
}

var appendTable = []struct{ name, text string }{
	{"empty", ""},
	{"one character", "党"},
	{"one letter", "A"},
	{"latin run", "abc123"},
	{"run at the end", "共12"},
	{"run in the middle", "A股B超12个"},
	{"space", " \t\n"},
	{"nul", "党\x00员\x00"},
	{"unknown character", "𠮷野家"},
	{"replacement character", "党\uFFFD员"},
	{"combining", "e\u0301ee"},
	{"digits of other scripts", "٣٤٥१२三"},
}

func TestAppendEqualsGse(t *testing.T) {
	s, g := open(t), oracle(t)
	for _, tt := range appendTable {
		t.Run(tt.name, func(t *testing.T) { checkEqual(t, s, g, tt.text) })
	}
	for _, text := range sentences {
		checkEqual(t, s, g, text)
		checkTiles(t, text, s.Append(nil, text))
	}
	checkEqual(t, s, g, strings.Join(sentences, ""))
}

// Every word of the dictionary in random company, and some alone.
func TestWordsEqualGse(t *testing.T) {
	t.Parallel()
	s, g := open(t), oracle(t)
	rng := rand.New(rand.NewPCG(3, 4))
	filler := []string{"，", "。", " ", "12", "3.7", "abc", "Ａ", "\n", "é", "𠮷", "\xff", "的", "了"}
	tokens := g.Dict.Tokens
	var b strings.Builder
	for i, n := range rng.Perm(len(tokens)) {
		word := tokens[n].Text()
		if i%50 == 0 {
			checkEqual(t, s, g, word)
		}
		b.WriteString(word)
		if rng.IntN(3) == 0 {
			b.WriteString(filler[rng.IntN(len(filler))])
		}
		if b.Len() > 3000 {
			checkEqual(t, s, g, b.String())
			b.Reset()
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	s := open(t)
	dst := []corpus.Token{{Start: 7, End: 9}}
	want := append([]corpus.Token{{Start: 7, End: 9}}, s.Append(nil, sentences[0])...)
	if diff := cmp.Diff(want, s.Append(dst, sentences[0])); diff != "" {
		t.Error(diff)
	}
}

func TestWithWords(t *testing.T) {
	tests := []struct{ name, words, text, want string }{
		{"wins over splitting", "临时党支部 网格员 采样点 交通卡点", "临时党支部在交通卡点和采样点配网格员", "临时党支部|在|交通卡点|和|采样点|配|网格员"},
		{"wins across a border", "网格员", "网格员工作日志", "网格员|工作|日志"},
		{"the longer word wins", "党支部 临时党支部 临时", "临时党支部书记", "临时党支部|书记"},
		{"does not break what is around", "采样点", "采样点名", "采样|点名"},
		{"latin", "ABC行动", "开展abc行动", "开展|abc行动"},
		{"new characters", "𠮷𡃁", "在𠮷𡃁村", "在|𠮷𡃁|村"},
		{"one unit is left out", "名", "点名", "点名"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := withWords(t, strings.Fields(tt.words)...)
			got := strings.Join(split(tt.text, s.Append(nil, tt.text)), "|")
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// Each word of the lexicon is one token by itself and between commas, and
// words can be added in several steps.
func TestLexiconWords(t *testing.T) {
	words := lexicon.Words()
	half, err := open(t).WithWords(words[:len(words)/2])
	if err != nil {
		t.Fatal(err)
	}
	s, err := half.WithWords(words)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if got := split(w, s.Append(nil, w)); len(got) != 1 {
			t.Errorf("%s is cut into %v", w, got)
		}
		text := "，" + w + "，"
		if got := split(text, s.Append(nil, text)); len(got) != 3 {
			t.Errorf("%s is cut into %v", text, got)
		}
	}
}

func TestWithWordsErrors(t *testing.T) {
	for _, tt := range []struct{ name, word string }{
		{"empty", ""},
		{"white space", "党 支部"},
		{"invalid", "党\xff"},
		{"long", strings.Repeat("党", 65)},
		{"very long", strings.Repeat("䶮，", 500)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := open(t).WithWords([]string{tt.word}); !errors.Is(err, segment.ErrWord) {
				t.Errorf("error %v, want ErrWord", err)
			}
		})
	}
	if _, err := open(t).WithWords([]string{strings.Repeat("党", 64)}); err != nil {
		t.Errorf("64 units: %v", err)
	}
}

// A derived segmenter leaves the one that it comes from as it was.
func TestWithWordsLeavesTheFirst(t *testing.T) {
	s := open(t)
	before := s.Append(nil, "网格员")
	if _, err := s.WithWords([]string{"网格员", "龘𠮷"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, s.Append(nil, "网格员")); diff != "" {
		t.Error(diff)
	}
}

func TestSubWords(t *testing.T) {
	s := withWords(t, "党支部", "临时党支部", "IC卡点", "ic")
	for _, tt := range []struct{ word, want string }{
		{"", ""},
		{"党", ""},
		{"党支部", "支部"},
		{"党员干部", "党员 干部"},
		{"临时党支部", "临时 党支部 支部"},
		{"中华人民共和国", "中华 中华人民 华人 人民 人民共和国 共和 共和国"},
		{"IC卡点", "IC卡"},
		{"没有\xff字", "没有"},
	} {
		t.Run(tt.word, func(t *testing.T) {
			got := strings.Join(split(tt.word, s.SubWords(nil, tt.word)), " ")
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestConcurrentUse(t *testing.T) {
	s := withWords(t, lexicon.Words()...)
	text := strings.Join(sentences, "")
	want := s.Append(nil, text)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if !cmp.Equal(want, s.Append(nil, text)) {
					t.Error("another goroutine gets other tokens")
				}
				s.SubWords(nil, "临时党支部书记")
			}
		})
	}
	wg.Wait()
}

func FuzzSegment(f *testing.F) {
	for _, tt := range appendTable {
		f.Add(tt.text)
	}
	for _, text := range sentences {
		f.Add(text)
	}
	g := oracle(f)
	plain, domain := open(f), withWords(f, lexicon.Words()...)
	f.Fuzz(func(t *testing.T, text string) {
		checkEqual(t, plain, g, text)
		tokens := domain.Append(nil, text)
		checkTiles(t, text, tokens)
		for _, k := range tokens {
			word := text[k.Start:k.End]
			for _, sub := range domain.SubWords(nil, word) {
				if sub.Start < 0 || sub.End > len(word) || sub.End-sub.Start >= len(word) {
					t.Fatalf("sub-word %v of %q", sub, word)
				}
			}
		}
	})
}
