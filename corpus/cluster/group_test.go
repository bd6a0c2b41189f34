package cluster

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// naive is grouping by its definition: all pairs, all in memory.
func naive(articles []article, threshold float64) []Row {
	all := slices.Clone(articles)
	slices.SortFunc(all, func(a, b article) int {
		if (a.published == nil) != (b.published == nil) {
			if a.published == nil {
				return 1
			}
			return -1
		}
		if a.published != nil && *a.published != *b.published {
			return cmp.Compare(*a.published, *b.published)
		}
		return cmp.Compare(a.id, b.id)
	})
	signatures := make([]Signature, len(all))
	lead := make([]int, len(all))
	rows := make([]Row, len(all))
	sizes := make(map[int]int)
	for i, a := range all {
		signatures[i], lead[i] = Sign(a.hans), i
		rows[i] = Row{DocID: a.id, Similarity: 1}
		if first := slices.IndexFunc(all[:i], func(b article) bool { return a.hans == b.hans }); first >= 0 {
			lead[i], rows[i].Similarity, rows[i].Kind = lead[first], rows[first].Similarity, Near
		} else {
			best := threshold
			for _, l := range leadersBefore(signatures, lead, i) {
				if j := alike(a.hans, all[l].hans); j > best || j == best && lead[i] == i {
					best, lead[i], rows[i].Similarity, rows[i].Kind = j, l, j, Near
				}
			}
		}
		if lead[i] != i && all[lead[i]].hans == a.hans {
			rows[i].Kind, rows[i].Similarity = Exact, 1
		}
		sizes[lead[i]]++
	}
	for i := range rows {
		rows[i].ClusterID, rows[i].Size = all[lead[i]].id, sizes[lead[i]]
		if lead[i] == i {
			rows[i].Kind = Leader
			if rows[i].Size == 1 {
				rows[i].Kind = Single
			}
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.DocID, b.DocID) })
	return rows
}

func leadersBefore(signatures []Signature, lead []int, i int) (leaders []int) {
	for c := range i {
		if !signatures[i].Empty() && shareBand(&signatures[i], &signatures[c]) {
			leaders = append(leaders, lead[c])
		}
	}
	slices.Sort(leaders)
	return slices.Compact(leaders)
}

func TestGroupEqualsItsDefinition(t *testing.T) {
	kinds := make(map[Kind]int)
	for seed := range uint64(12) {
		articles := world(seed, 12, 12)
		threshold := []float64{0.72, 0.5, 0.9}[seed%3]
		result, got := groupAll(t, articles, Options{Threshold: threshold, Neighbours: 1 << 20, Memory: 1 << (8 + seed)})
		if diff := gocmp.Diff(naive(articles, threshold), got); diff != "" {
			t.Fatalf("seed %d: (-want +got)\n%s", seed, diff)
		}
		checkStats(t, result.Stats, got)
		for _, row := range got {
			kinds[row.Kind]++
		}
	}
	for _, kind := range []Kind{Single, Leader, Exact, Near} {
		if kinds[kind] < 30 {
			t.Errorf("only %d documents of kind %s: the test says little", kinds[kind], kind)
		}
	}
}

func checkStats(t *testing.T, got Stats, rows []Row) {
	t.Helper()
	want := Stats{Documents: len(rows), Fetched: got.Fetched, Compared: got.Compared, Candidates: got.Candidates}
	for _, row := range rows {
		switch row.Kind {
		case Exact:
			want.Exact++
		case Near:
			want.Near++
		default:
			want.Clusters++
		}
	}
	if got != want {
		t.Errorf("stats are %+v, rows say %+v", got, want)
	}
}

// The order of arrival, the batches, the memory and what is known from before must
// leave no trace, with few neighbours too.
func TestGroupDependsOnTheSetAlone(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 11))
		articles := world(seed, 10, 40)
		opts := Options{Neighbours: 1 + int(seed%4)}
		result, want := groupAll(t, articles, opts)

		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		opts.Memory = 1 << (4 + seed)
		if _, got := groupAll(t, articles, opts); !slices.Equal(got, want) {
			t.Fatalf("seed %d, another order and memory: %s", seed, gocmp.Diff(want, got))
		}

		opts.Known = result.Pairs
		again, got := groupWith(t, articles, noTexts(t), opts)
		if !slices.Equal(got, want) || again.Stats.Compared != 0 {
			t.Fatalf("seed %d, all pairs known: %s", seed, gocmp.Diff(want, got))
		}

		part := articles[:r.IntN(len(articles))]
		opts.Known = nil
		before, _ := groupAll(t, part, opts)
		opts.Known = before.Pairs
		if _, got = groupInRuns(t, r, articles, opts); !slices.Equal(got, want) {
			t.Fatalf("seed %d, in batches after %d documents: %s", seed, len(part), gocmp.Diff(want, got))
		}
	}
}

func groupWith(t testing.TB, articles []article, texts Texts, opts Options) (*Result, []Row) {
	t.Helper()
	opts.Dir = t.TempDir()
	result, err := Group(t.Context(), items(articles), texts, opts)
	if err != nil {
		t.Fatal(err)
	}
	return result, slices.Collect(result.Rows())
}

// groupInRuns cuts articles into runs of random lengths, merges some of them, and
// keeps the known pairs in a file meanwhile.
func groupInRuns(t testing.TB, r *rand.Rand, articles []article, opts Options) (*Result, []Row) {
	t.Helper()
	opts.Dir = t.TempDir()
	var paths []string
	for rest := articles; len(rest) > 0; {
		n := min(1+r.IntN(3), len(rest))
		paths = append(paths, writeTestRun(t, rest[:n]))
		rest = rest[n:]
	}
	if n := r.IntN(len(paths)); n > 0 {
		merged := filepath.Join(t.TempDir(), "merged")
		err := writeFile(merged, func(w io.Writer) error { return MergeRuns(t.Context(), w, paths[:n]) })
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths[n:], merged)
	}
	var file bytes.Buffer
	if n, err := opts.Known.WriteTo(&file); err != nil || n != int64(file.Len()) {
		t.Fatalf("%d of %d bytes written: %v", n, file.Len(), err)
	}
	known, err := ReadPairs(&file)
	if err != nil {
		t.Fatal(err)
	}
	opts.Known = known
	result, err := GroupRuns(t.Context(), paths, textsOf(articles), opts)
	if err != nil {
		t.Fatal(err)
	}
	checkEmptyDir(t, opts.Dir)
	return result, slices.Collect(result.Rows())
}

func writeTestRun(t testing.TB, articles []article) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run")
	if err := writeFile(path, func(w io.Writer) error { return WriteRun(w, items(articles)) }); err != nil {
		t.Fatal(err)
	}
	return path
}

func checkEmptyDir(t testing.TB, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Few bodies may be asked for when one document is new.
func TestGroupAsksForNewCandidatesOnly(t *testing.T) {
	articles := world(99, 60, 12)
	r := rand.New(rand.NewPCG(99, 1))
	before, _ := groupAll(t, articles, Options{})
	alone := newArticle(1, string(prose(r, 200)))
	result, _ := groupWith(t, append(articles, alone), noTexts(t), Options{Known: before.Pairs})
	if result.Stats.Documents != len(articles)+1 {
		t.Errorf("%d documents", result.Stats.Documents)
	}
	copied := articles[slices.IndexFunc(articles, func(a article) bool { return len(a.hans) > 600 })]
	reprint := newArticle(2, string(revise(r, []rune(copied.hans), 1)))
	more := append(articles, reprint)
	result, rows := groupWith(t, more, textsOf(more), Options{Known: before.Pairs})
	if n := result.Stats.Fetched; n == 0 || n > 15 {
		t.Errorf("asked for %d bodies of %d", n, len(more))
	}
	if _, want := groupAll(t, more, Options{}); !slices.Equal(rows, want) {
		t.Error(gocmp.Diff(want, rows))
	}
}

func dated(hans string, day corpus.Date) article {
	a := newArticle(uint64(day), hans)
	a.published = &day
	return a
}

func TestGroupReprints(t *testing.T) {
	const folded = "清河县在主要路口设立检查站十二处，抽调党员干部四十六名，成立临时党支部九个，昼夜轮流值守，为过往群众测量体温、登记信息。" +
		"各村党支部书记带头走访，把防控要求送到每家每户，做到不漏一户、不落一人。"
	first := dated(folded, 100)
	mirror := dated(folded, 101) // printed in the other script: the folded body is the same
	framed := dated("来源：清河日报\n"+folded+"（责任编辑：某某）", 102)
	marks := dated(string(bytes.ReplaceAll([]byte(folded), []byte("，"), []byte(",\n"))), 103)
	other := dated("南山乡召开春耕生产动员会，安排农资调运和农技指导，要求各村因地制宜抓好早稻育秧，确保不误农时。", 99)
	_, rows := groupAll(t, []article{marks, other, framed, mirror, first}, Options{})
	want := []Row{
		{first.id, first.id, 4, 1, Leader},
		{mirror.id, first.id, 4, 1, Exact},
		{framed.id, first.id, 4, exactJaccard(framed.hans, folded), Near},
		{marks.id, first.id, 4, 1, Near},
		{other.id, other.id, 1, 1, Single},
	}
	slices.SortFunc(want, func(a, b Row) int { return cmp.Compare(a.DocID, b.DocID) })
	if diff := gocmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	undatedFirst := first
	undatedFirst.published = nil
	_, rows = groupAll(t, []article{marks, other, framed, mirror, undatedFirst}, Options{})
	for _, row := range rows {
		if row.Size > 1 && row.ClusterID != mirror.id {
			t.Errorf("%s is in the cluster of %s, not of the first that has a date", row.DocID, row.ClusterID)
		}
	}
}

// Candidates whose bodies differ must come apart, whatever their signatures say.
func TestGroupVerifies(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	a, b := string(prose(r, 300)), string(prose(r, 300))
	forged := func(yield func(Item, error) bool) {
		for i, hans := range []string{a, b} {
			it := newArticle(uint64(i), hans).item()
			it.Signature = Sign(a)
			if !yield(it, nil) {
				return
			}
		}
	}
	articles := []article{newArticle(0, a), newArticle(1, b)}
	result, err := Group(t.Context(), forged, textsOf(articles), Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if result.Stats.Candidates != 1 || result.Stats.Compared != 1 || result.Stats.Clusters != 2 {
		t.Errorf("%+v", result.Stats)
	}
}

// A bulletin that changes a little each day must not become one cluster whose ends
// share nothing.
func TestGroupDoesNotChain(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	text := prose(r, 400)
	var articles []article
	for day := range 60 {
		articles = append(articles, dated(string(text), corpus.Date(day)))
		text = revise(r, text, 8)
	}
	result, rows := groupAll(t, articles, Options{})
	byID := make(map[string]string)
	for _, a := range articles {
		byID[a.id] = a.hans
	}
	for _, row := range rows {
		if j := exactJaccard(byID[row.DocID], byID[row.ClusterID]); j != row.Similarity || j < 0.72 {
			t.Errorf("%s: similarity %v to its leader, row says %v", row.DocID, j, row.Similarity)
		}
	}
	if n := result.Stats.Clusters; n < 10 || n > 45 {
		t.Errorf("%d clusters of 60 days", n)
	}
}

// Boilerplate: thousands of texts in one bucket must not be compared with each
// other all.
func TestGroupOfBoilerplate(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	form := prose(r, 60)
	const n = 2000
	articles := make([]article, n)
	for i := range articles {
		articles[i] = newArticle(uint64(i), fmt.Sprintf("%s第%d号", string(form), i))
	}
	result, rows := groupAll(t, articles, Options{})
	if result.Stats.Candidates > n*Bands*17 || result.Stats.Candidates < n || result.Stats.Compared > 2*n {
		t.Errorf("%+v", result.Stats)
	}
	for _, row := range rows {
		if row.Size < n*9/10 {
			t.Fatalf("a cluster of %d, not of about %d", row.Size, n)
		}
	}
}

func TestGroupFails(t *testing.T) {
	good := world(5, 8, 12)
	errBroken := errors.New("broken")
	with := func(change func(*Item)) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) {
			for i, a := range good {
				it := a.item()
				if i == 3 {
					change(&it)
				}
				if !yield(it, nil) {
					return
				}
			}
		}
	}
	broken := func(yield func(Item, error) bool) { yield(Item{}, errBroken) }
	brokenTexts := func(context.Context, []string) iter.Seq2[Text, error] {
		return func(yield func(Text, error) bool) { yield(Text{}, errBroken) }
	}
	for name, c := range map[string]struct {
		items iter.Seq2[Item, error]
		texts Texts
		want  error
	}{
		"doc_id":         {with(func(it *Item) { it.DocID = it.DocID[:31] + "G" }), textsOf(good), ErrItem},
		"short doc_id":   {with(func(it *Item) { it.DocID = it.DocID[1:] }), textsOf(good), ErrItem},
		"text_sha256":    {with(func(it *Item) { it.TextSHA256 = "" }), textsOf(good), ErrItem},
		"upper case":     {with(func(it *Item) { it.TextSHA256 = "A" + it.TextSHA256[1:] }), textsOf(good), ErrItem},
		"twice":          {with(func(it *Item) { it.DocID = good[2].id }), textsOf(good), ErrItem},
		"items break":    {broken, textsOf(good), errBroken},
		"texts break":    {items(good), brokenTexts, errBroken},
		"texts too few":  {items(good), textsOf(good[:len(good)/2]), ErrNoText},
		"no texts given": {items(good), textsOf(nil), ErrNoText},
	} {
		dir := t.TempDir()
		if _, err := Group(t.Context(), c.items, c.texts, Options{Dir: dir}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		checkEmptyDir(t, dir)
	}
	if _, err := Group(t.Context(), items(good), textsOf(good), Options{Dir: filepath.Join(t.TempDir(), "none")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
}

func TestGroupIsCancelled(t *testing.T) {
	articles := world(6, 40, 12)
	ctx, cancel := context.WithCancel(t.Context())
	texts := func(ctx context.Context, ids []string) iter.Seq2[Text, error] {
		cancel()
		return cancellable(ctx, textsOf(articles)(ctx, ids))
	}
	if _, err := Group(ctx, items(articles), texts, Options{Dir: t.TempDir()}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while texts were fetched: %v", err)
	}
	if _, err := Group(ctx, items(articles), texts, Options{Dir: t.TempDir()}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled from the start: %v", err)
	}
}

func TestGroupOfNothing(t *testing.T) {
	result, rows := groupWith(t, nil, noTexts(t), Options{})
	if len(rows) != 0 || result.Stats != (Stats{}) || result.Pairs.Len() != 0 {
		t.Errorf("%v %+v", rows, result.Stats)
	}
	none, err := GroupRuns(t.Context(), nil, noTexts(t), Options{Dir: t.TempDir()})
	if err != nil || none.Stats != (Stats{}) {
		t.Errorf("%+v, %v", none, err)
	}
}

// Bulletins of one pattern that say other numbers are no reprints of each
// other; one that lost a number or its digits is.
func TestFiguresTellApart(t *testing.T) {
	body := "全县在沿河各村设检查站%d处，选派县乡干部%d名驻点值守，组建临时党支部%d个，发动党员志愿者%d名轮班巡查，群众都说这样心里踏实。"
	body += "夜里风大，大家就挤在帐篷里烤火，听老支书讲从前修渠的事；天一亮又分头上路，查看堤脚有没有渗水，把险情写在本子上，一天不落地报到镇里。"
	first := fmt.Sprintf(body, 12, 340, 26, 1180)
	for name, c := range map[string]struct {
		other string
		same  bool
	}{
		"other numbers":    {fmt.Sprintf(body, 17, 355, 31, 1206), false},
		"one other number": {fmt.Sprintf(body, 12, 340, 26, 1181), true},
		"no digits":        {strings.NewReplacer("12", "", "340", "", "26", "", "1180", "").Replace(first), true},
	} {
		if exactJaccard(first, c.other) < 0.5 {
			t.Fatalf("%s: the texts are too different to show anything", name)
		}
		if same := contentOf(first).similarity(contentOf(c.other)) > 0; same != c.same {
			t.Errorf("%s: similar is %v, want %v", name, same, c.same)
		}
	}
}
