package newword_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment"
	"jianbao/segment/newword"
)

// known are words of the general dictionary.
var known = strings.Fields(`人民 政府 工作 组织 学习 干部 群众 服务 会议 活动 建设 发展 经济 社会 教育 文化 环境 保护 安全 生产
	企业 农村 城市 道路 交通 医院 学校 老师 学生 家庭 老人 儿童 妇女 青年 志愿 检查 登记 宣传 防控 消毒 排查 值班 巡逻 报告
	问题 解决 需要 开展 进行 加强 提高 完成 实现 推动 落实 要求 认真 积极 主动 及时 全面 深入 具体 重点 基本 主要 重要 一般
	今天 昨天 明天 上午 下午 晚上 目前 现在 最近 已经 正在 继续 开始 结束 参加 负责 管理 领导 书记 主任 居民 村民 社区 街道
	水稻 小麦 玉米 蔬菜 水果 果园 大棚 粮食 收获 种植 养殖 合作社 土地 山区 河流 水库 森林 公园 广场 图书馆 体育场 电影 音乐`)

var particles = strings.Fields("的 了 在 和 对 把 为 也 都 就 ， 。 、 12 ； ：")

// planted are words that we made up, some of characters that are in the known
// ones too.
var planted = strings.Fields(`磐涪坪 鹭栾桥 岑澧镇 昶晔 巡岸通 蒲柳驿 联保桩 萤舟 霁棠里 椿杏湾 瓯菱渡 麓桐坊 砚洄 澄笏 暖橘行动
	垄哨员 穗安码 螺湖闸 箬溪坳 舫铃队 垣讯簿 藜峰岭 炊雁 榫桥班 畦耘社
	云桥里 禾港镇 石牙村 渔灯会 长水岗 安果卡`)

// corpus is texts of sentences at random with planted words among known ones.
func corpus(seed uint64, texts, words int) []string {
	rng := rand.New(rand.NewPCG(seed, 1))
	out := make([]string, texts)
	for i := range out {
		var b strings.Builder
		for range words {
			switch n := rng.IntN(100); {
			case n < 4:
				b.WriteString(planted[rng.IntN(len(planted))])
			case n < 30:
				b.WriteString(particles[rng.IntN(len(particles))])
			default:
				b.WriteString(known[rng.IntN(len(known))])
			}
		}
		out[i] = b.String()
	}
	return out
}

func open(t testing.TB) *segment.Segmenter {
	t.Helper()
	s, err := segment.Open()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func find(t testing.TB, texts []string, o newword.Options) *newword.Result {
	t.Helper()
	r, err := newword.Find(t.Context(), slices.Values(texts), open(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func words(r *newword.Result) []string {
	var out []string
	for _, c := range r.Candidates {
		out = append(out, c.Word)
	}
	return out
}

func TestFindPlanted(t *testing.T) {
	texts := corpus(1, 200, 200)
	r := find(t, texts, newword.Options{})
	found := 0
	for _, w := range words(r) {
		if slices.Contains(planted, w) {
			found++
		} else {
			t.Logf("not planted: %s", w)
		}
	}
	precision, recall := float64(found)/float64(len(r.Candidates)), float64(found)/float64(len(planted))
	t.Logf("precision %.2f, recall %.2f", precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.2f, recall %.2f, want 0.95 of both", precision, recall)
	}
	hmm := 0
	s := open(t)
	for i, c := range r.Candidates {
		checkCandidate(t, texts, c)
		if s.Has(c.Word) {
			t.Errorf("%s is in the dictionary", c.Word)
		}
		if slices.Contains(c.Sources, newword.HMM) {
			hmm++
		}
		if i > 0 && r.Candidates[i-1].Score < c.Score {
			t.Errorf("%s stands before %s, which has the better score", r.Candidates[i-1].Word, c.Word)
		}
	}
	if hmm == 0 {
		t.Error("the model proposes none")
	}
}

// checkCandidate counts again, the slow way.
func checkCandidate(t *testing.T, texts []string, c newword.Candidate) {
	t.Helper()
	frequency, documents := 0, 0
	inExample := false
	for _, text := range texts {
		n := strings.Count(text, c.Word)
		frequency += n
		documents += min(n, 1)
		inExample = inExample || strings.Contains(text, c.Example)
	}
	if frequency != c.Frequency || documents != c.Documents {
		t.Errorf("%s: %d times in %d texts, want %d in %d", c.Word, c.Frequency, c.Documents, frequency, documents)
	}
	if !strings.Contains(c.Example, c.Word) || !inExample {
		t.Errorf("%s: the example %q is not from a text", c.Word, c.Example)
	}
	if len(c.Sources) == 0 || math.IsNaN(c.Score) || math.IsInf(c.Score, 0) {
		t.Errorf("%s: %+v", c.Word, c)
	}
}

// The figures of a text that is counted by hand.
func TestFigures(t *testing.T) {
	texts := []string{"在磐涪说，去磐涪看", "到磐涪。", "磐涪好磐石"}
	r := find(t, texts, newword.Options{MinFrequency: 2, MinDocuments: 1, MinCohesion: 1, MinEntropy: 1})
	at := slices.Index(words(r), "磐涪")
	if at < 0 {
		t.Fatalf("磐涪 is not found: %+v", r)
	}
	got := r.Candidates[at]
	want := newword.Candidate{
		Word: "磐涪", Frequency: 4, Documents: 3,
		Cohesion: math.Log2(4.0 * 16 / (5 * 4)), // of 16 characters, 磐 is 5 and 涪 is 4
		Left:     2, Right: 2,                   // four neighbours that differ
		Score:   2 + math.Log2(4.0*16/(5*4)) + 2,
		Example: "在磐涪说，去磐涪看",
	}
	got.Sources = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Texts != 3 || r.Characters != 16 || r.MinFrequency != 2 || r.Dropped != 0 {
		t.Errorf("result %+v", r)
	}
}

// What the segmenter has been told of is not new.
func TestFindKnown(t *testing.T) {
	s, err := open(t).WithWords(planted)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newword.Find(t.Context(), slices.Values(corpus(1, 100, 200)), s, newword.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Candidates) != 0 {
		t.Errorf("found %v", words(r))
	}
}

func TestFindOptions(t *testing.T) {
	texts := corpus(2, 100, 200)
	all := find(t, texts, newword.Options{})
	limited := find(t, texts, newword.Options{Limit: 5})
	if diff := cmp.Diff(all.Candidates[:5], limited.Candidates); diff != "" {
		t.Error(diff)
	}
	o := newword.Options{MinFrequency: 30, MinDocuments: 25, MinCohesion: 8, MinEntropy: 3.5}
	strict := find(t, texts, o)
	if len(strict.Candidates) == 0 || len(strict.Candidates) >= len(all.Candidates) {
		t.Errorf("%d candidates under strict options, %d without", len(strict.Candidates), len(all.Candidates))
	}
	for _, c := range strict.Candidates {
		if c.Frequency < 30 || c.Documents < 25 || slices.Contains(c.Sources, newword.Entropy) && (c.Cohesion < 8 || min(c.Left, c.Right) < 3.5) {
			t.Errorf("%+v does not reach the least", c)
		}
	}
}

// Equal input gives equal results, in any number of goroutines.
func TestFindDeterministic(t *testing.T) {
	texts := corpus(3, 60, 200)
	want := find(t, texts, newword.Options{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			r, err := newword.Find(t.Context(), slices.Values(texts), open(t), newword.Options{})
			if err != nil || !cmp.Equal(want, r) {
				t.Errorf("another result, error %v", err)
			}
		})
	}
	wg.Wait()
}

func TestFindHostileTexts(t *testing.T) {
	for _, texts := range [][]string{
		nil,
		{""},
		{"\xff\xfe", "\xed\xa0\x80", strings.Repeat("\xff党", 1000)},
		{strings.Repeat("哈", 100_000)},
		{strings.Repeat("a", 1_000_000)},
		{strings.Repeat("䶮𠮷𡃁", 5_000)},
		{strings.Repeat("一二三四五六七八九十", 10_000)},
	} {
		r := find(t, texts, newword.Options{MinDocuments: 1})
		for _, c := range r.Candidates {
			if !strings.Contains(c.Example, c.Word) || !utf8.ValidString(c.Example) || math.IsNaN(c.Score) || math.IsInf(c.Score, 0) {
				t.Errorf("%+v", c)
			}
		}
		if all := strings.Join(texts, ""); r.Texts != len(texts) || r.Characters > utf8.RuneCountInString(all) {
			t.Errorf("%d texts, %d characters", r.Texts, r.Characters)
		}
	}
}

func TestFindErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(yield func(string) bool) {
		cancel()
		yield("党")
	}
	if _, err := newword.Find(ctx, stop, open(t), newword.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	once := false
	drained := func(yield func(string) bool) {
		if !once {
			once = true
			yield("设立党支部")
		}
	}
	if _, err := newword.Find(t.Context(), drained, open(t), newword.Options{}); !errors.Is(err, newword.ErrTexts) {
		t.Errorf("error %v, want ErrTexts", err)
	}
}

func BenchmarkFind(b *testing.B) {
	texts, s := corpus(7, 1000, 1000), open(b)
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := newword.Find(b.Context(), slices.Values(texts), s, newword.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
