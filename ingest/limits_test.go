package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// reasons are the reasons of what a stream yields; "ok" for a document.
func reasons(t testing.TB, opts Options, in string) (out []string) {
	t.Helper()
	for _, err := range Read(t.Context(), opts, strings.NewReader(in), Stdin) {
		var bad *Bad
		switch {
		case err == nil:
			out = append(out, "ok")
		case errors.As(err, &bad):
			out = append(out, string(bad.Reason))
		default:
			t.Fatal(err)
		}
	}
	return out
}

func TestBombs(t *testing.T) {
	zeroes := strings.Repeat("\x00", 8<<20)
	lines := strings.Repeat(`{"text":"甲"}`+"\n", 300_000)
	long := strings.Repeat("x", 200_000)
	window := zst(t, strings.Repeat("x", 4<<20), zstd.WithWindowSize(4<<20))
	for _, c := range []struct {
		name string
		opts Options
		in   string
		want []string
	}{
		{"gzip", Options{}, gz(t, zeroes), []string{"bomb"}},
		{"zstd", Options{}, zst(t, zeroes), []string{"bomb"}},
		{"zip", Options{}, zipped(t, entry{name: "a.txt", text: zeroes}, entry{name: "b.txt", text: "乙"}), []string{"bomb", "ok"}},
		{"tar in gzip", Options{}, gz(t, tarball(t, entry{name: "a.txt", text: zeroes}, entry{name: "b.txt", text: "乙"})), []string{"bomb"}},
		{"gzip in tar", Options{}, tarball(t, entry{name: "a.txt.gz", text: gz(t, zeroes)}, entry{name: "b.txt", text: "乙"}), []string{"bomb", "ok"}},
		{"parquet", Options{MaxExpansion: 2}, fixture(t, "bomb.parquet"), nil},
		{"a ratio that is allowed", Options{MaxExpansion: 10_000}, gz(t, strings.Repeat("x ", 2<<20)), []string{"ok"}},
		{"the first MB is free", Options{}, gz(t, strings.Repeat("x ", 400_000)), []string{"ok"}},
		{"zstd window", Options{MaxWindow: 1 << 20}, window, []string{"bomb"}},
		{"zstd window that is allowed", Options{MaxExpansion: 1 << 20}, window, []string{"ok"}},
		{"zip over the size of an archive", Options{MaxArchive: 250_000, MaxExpansion: 1 << 20},
			zipped(t, entry{name: "a.txt", text: long}, entry{name: "b.txt", text: long}, entry{name: "c.txt", text: long}), []string{"ok", "archive_too_large"}},
		{"tar over the size of an archive", Options{MaxArchive: 250_000},
			tarball(t, entry{name: "a.txt", text: long}, entry{name: "b.txt", text: long}, entry{name: "c.txt", text: long}), []string{"ok", "archive_too_large"}},
		{"zip with too many entries", Options{MaxEntries: 2},
			zipped(t, entry{name: "a.txt", text: "甲"}, entry{name: "b.txt", text: "乙"}, entry{name: "c.txt", text: "丙"}), []string{"ok", "ok", "too_many_entries"}},
		{"tar with too many entries", Options{MaxEntries: 2},
			tarball(t, entry{name: "a.txt", text: "甲"}, entry{name: "b.txt", text: "乙"}, entry{name: "c.txt", text: "丙"}), []string{"ok", "ok", "too_many_entries"}},
		{"a document that is too large", Options{MaxDocument: 100}, gz(t, long), []string{"too_large"}},
		{"a WARC record that is too large", Options{MaxDocument: 100},
			warcRecord("conversion", "http://a.example/", long) + warcRecord("conversion", "http://b.example/", "乙"), []string{"too_large", "ok"}},
	} {
		got := reasons(t, c.opts, c.in)
		if c.name == "parquet" { // after the first MB
			if n := len(got); n < 2 || got[n-1] != "bomb" || got[n-2] != "ok" {
				t.Errorf("%s: %d outcomes, the last %s", c.name, n, got[max(0, n-1):])
			}
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	if got := reasons(t, Options{}, gz(t, lines)); len(got) < 1000 || got[len(got)-1] != "bomb" {
		t.Errorf("lines in a bomb: %d outcomes", len(got))
	}
}

// TestHugeDirectory is refused before archive/zip holds it in memory.
func TestHugeDirectory(t *testing.T) {
	var entries []entry
	for i := range 60 {
		entries = append(entries, entry{name: fmt.Sprintf("%d%s.txt", i, strings.Repeat("x", 30_000))})
	}
	if diff := cmp.Diff([]string{"too_many_entries"}, reasons(t, Options{MaxEntries: 50}, zipped(t, entries...))); diff != "" {
		t.Error(diff)
	}
}

// articles are different enough not to look like a bomb.
func articles(n int) (out []string) {
	random := rand.New(rand.NewPCG(1, 2))
	for range n {
		var b strings.Builder
		for range 40 {
			b.WriteRune(rune(0x4E00 + random.IntN(5000)))
		}
		out = append(out, b.String())
	}
	return out
}

// TestCutEverywhere cuts compressed containers at every byte: the whole records
// before the cut are there, and the cut is told.
func TestCutEverywhere(t *testing.T) {
	texts := articles(6)
	var records, lines []string
	for i, text := range texts {
		uri := fmt.Sprintf("http://%d.example/", i)
		records = append(records, warcRecord("response", uri, httpPage("<p>"+text, "Content-Type: text/html")))
		lines = append(lines, `{"text":"`+text+`"}`+"\n")
	}
	for _, c := range []struct {
		name  string
		parts []string
	}{{"warc", records}, {"jsonl", lines}} {
		whole := gz(t, c.parts...)
		var ends []int // of the members
		for i := range c.parts {
			ends = append(ends, len(gz(t, c.parts[:i+1]...)))
		}
		for cut := len(gzipMagic); cut <= len(whole); cut++ {
			sound := 0
			for sound < len(ends) && ends[sound] <= cut {
				sound++
			}
			got, broken := 0, 0
			for raw, err := range Read(t.Context(), Options{}, strings.NewReader(whole[:cut]), Stdin) {
				switch {
				case err != nil:
					broken++
				case !strings.HasSuffix(strings.TrimSpace(string(raw.Bytes)), texts[got]):
					t.Fatalf("%s cut at %d: document %d is %q", c.name, cut, got, raw.Bytes)
				default:
					got++
				}
			}
			atSeam := sound > 0 && ends[sound-1] == cut
			if got < sound || got > sound+1 || (broken == 0) != atSeam {
				t.Fatalf("%s cut at %d: %d of %d documents, %d bad", c.name, cut, got, sound, broken)
			}
		}
	}
}

// TestTurnedBytes damages one byte at a time of a WARC of several members: no
// more than the record with the byte, and the one before it, is lost.
func TestTurnedBytes(t *testing.T) {
	texts := articles(4)
	var records []string
	for i, text := range texts {
		records = append(records, warcRecord("conversion", fmt.Sprintf("http://%d.example/", i), text, "Content-Type: text/plain\r\n"))
	}
	whole := gz(t, records...)
	for at := len(gzipMagic); at < len(whole); at++ { // without its magic it is no gzip
		turned := []byte(whole)
		turned[at] ^= 0xff
		got := 0
		for raw, err := range Read(t.Context(), Options{Format: WARC}, strings.NewReader(string(turned)), Stdin) {
			if err == nil && strings.Contains(strings.Join(texts, "\n"), string(raw.Bytes)) {
				got++
			}
		}
		if got < len(texts)-2 {
			t.Fatalf("byte %d: %d of %d documents", at, got, len(texts))
		}
	}
}

func TestDamage(t *testing.T) {
	text := strings.Join(articles(50), "\n")
	whole := gz(t, text)
	wrong := whole[:len(whole)-8] + "12345678"
	tarred := tarball(t, entry{name: "a.txt", text: "甲"}, entry{name: "b.txt", text: text})
	packed := zst(t, text)
	ziped := zipped(t, entry{name: "a.txt", text: text}, entry{name: "b.txt", text: "乙"})
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"gzip, cut", whole[:len(whole)/2], []string{"truncated"}},
		{"gzip, wrong checksum", wrong, []string{"damaged"}},
		{"gzip, zeroes behind", whole + strings.Repeat("\x00", 700), []string{"ok"}},
		{"gzip, rubbish behind", whole + "rubbish", []string{"damaged"}},
		{"zstd, cut", packed[:len(packed)/2], []string{"truncated"}},
		{"zstd, damaged", packed[:30] + "xxxx" + packed[34:], []string{"damaged"}},
		{"tar, cut in a member", tarred[:2000], []string{"ok", "truncated"}},
		{"tar, cut in a header", tarred[:1100], []string{"ok", "truncated"}},
		{"tar, damaged header", tarred[:1030] + "xxxx" + tarred[1034:], []string{"ok", "damaged"}},
		{"tar in gzip, cut", gz(t, tarred)[:2000], []string{"ok", "truncated"}},
		{"zip, cut", ziped[:len(ziped)/2], []string{"damaged"}},
		{"zip, damaged member", ziped[:100] + "xxxx" + ziped[104:], []string{"damaged", "ok"}},
		{"parquet, cut", fixture(t, "web.parquet")[:900], []string{"damaged"}},
		{"lines in gzip, wrong checksum", strings.Replace(gz(t, twoLines), gz(t, twoLines)[len(gz(t, twoLines))-8:], "12345678", 1), []string{"ok", "ok", "damaged"}},
	} {
		if diff := cmp.Diff(c.want, reasons(t, Options{}, c.in)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// generator makes JSON lines without holding them.
type generator struct {
	line []byte
	left int
	n    int
}

func (g *generator) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if g.left == 0 {
			return n, io.EOF
		}
		k := copy(p[n:], g.line[g.n:])
		n, g.n, g.left = n+k, g.n+k, g.left-k
		if g.n == len(g.line) {
			g.n = 0
		}
	}
	return n, nil
}

// TestMemory streams 200 MB (20 under the race detector, which is slow) through each of the containers for lines and
// records.
func TestMemory(t *testing.T) {
	body := strings.Repeat("县里在沿河的村组设了检查站。", 150)
	for _, c := range []struct{ name, record string }{
		{"jsonl", `{"text":"` + body + `","url":"http://a.example/","meta":{"lang":"zh"}}` + "\n"},
		{"warc", warcRecord("response", "http://a.example/", httpPage("<p>"+body, "Content-Type: text/html"))},
	} {
		size := 200 << 20
		if raceEnabled {
			size /= 10
		}
		n := size / len(c.record)
		docs, peak := 0, uint64(0)
		runtime.GC()
		for _, err := range Read(t.Context(), Options{}, &generator{line: []byte(c.record), left: n * len(c.record)}, Stdin) {
			if err != nil {
				t.Fatal(err)
			}
			if docs++; docs%500 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
		t.Logf("%s: %d documents, heap at most %d MB", c.name, docs, peak>>20)
		if docs != n || peak > 64<<20 {
			t.Errorf("%s: %d documents of %d, %d bytes of heap", c.name, docs, n, peak)
		}
	}
}

// TestCancelledInALongRecord ends a run inside a container of which no
// document comes.
func TestCancelledInALongRecord(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in := io.MultiReader(strings.NewReader(warcRecord("request", "x", strings.Repeat("x", 1<<20))), cancelling{cancel}, zeroes{})
	var last error
	for _, err := range Read(ctx, Options{Format: WARC}, in, Stdin) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("%v", last)
	}
}

type cancelling struct{ cancel func() }

func (c cancelling) Read([]byte) (int, error) { c.cancel(); return 0, io.EOF }

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestTurnedArchives turns over, and cuts at, each byte of small archives: no
// fault of theirs is taken for one of the system.
func TestTurnedArchives(t *testing.T) {
	entries := []entry{{name: "a.txt", text: "甲"}, {name: "b.jsonl", text: twoLines}}
	for _, in := range []string{zipped(t, entries...), gz(t, tarball(t, entries...)), zst(t, twoLines), fixture(t, "web.parquet")} {
		for at := range len(in) {
			turned := []byte(in)
			turned[at] ^= 0xff
			checkStream(t, Auto, string(turned))
			checkStream(t, Auto, in[:at])
		}
	}
}
