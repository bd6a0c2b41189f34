package ingest

import (
	"errors"
	"strings"
	"testing"
)

// checkStream reads bytes of any kind: each thing that comes is a document or a
// bad one with a reason.
func checkStream(t *testing.T, format Format, in string) {
	t.Helper()
	opts := Options{Format: format, MaxLine: 1 << 12, MaxDocument: 1 << 12, MaxArchive: 1 << 20, MaxEntries: 20, MaxWindow: 1 << 20}
	for raw, err := range Read(t.Context(), opts, strings.NewReader(in), Stdin) {
		var bad *Bad
		switch {
		case (raw == nil) == (err == nil):
			t.Fatalf("raw %v, error %v", raw, err)
		case err == nil && (len(raw.Bytes) == 0 || len(raw.Bytes) > 1<<12 || raw.URI == "" || raw.Media == ""):
			t.Fatalf("%+v", raw)
		case err == nil:
			for _, at := range raw.Surrogates {
				if !strings.HasPrefix(string(raw.Bytes[at:]), "\ufffd") {
					t.Fatalf("no surrogate at %d of %q", at, raw.Bytes)
				}
			}
		case errors.As(err, &bad):
			if bad.Reason == "" || bad.Stage != "read" || bad.Reason == Unreadable {
				t.Fatalf("%+v", bad)
			}
		case !errors.Is(err, ErrNoDocuments):
			t.Fatal(err)
		}
	}
}

func FuzzJSONLines(f *testing.F) {
	f.Add(twoLines)
	f.Add("{}\n[]\n\"x\"\n{\"text\":\"\\ud800\"}")
	f.Add(`{"段落":[{"内容":"\ud800"},{"内容":"x"}],"meta":"{\"url\":1}"}`)
	f.Fuzz(func(t *testing.T, in string) { checkStream(t, JSONL, in) })
}

func FuzzWARC(f *testing.F) {
	one := warcRecord("response", "http://a.example/", httpPage("<p>甲", "Content-Type: text/html"))
	f.Add(one + one)
	f.Add(gz(f, one, one))
	f.Add(zst(f, one))
	f.Fuzz(func(t *testing.T, in string) { checkStream(t, WARC, in) })
}

// FuzzStream is for archives and compression: the format is found out.
func FuzzStream(f *testing.F) {
	f.Add(tarball(f, archiveEntries(f)...))
	f.Add(zipped(f, archiveEntries(f)...))
	f.Add(gz(f, twoLines, twoLines))
	f.Add(zst(f, tarball(f, entry{name: "a.txt", text: "甲"})))
	f.Add(fixture(f, "web.parquet"))
	f.Fuzz(func(t *testing.T, in string) { checkStream(t, Auto, in) })
}

func BenchmarkReadWARC(b *testing.B) {
	var records []string
	size := 0
	for i, text := range articles(500) {
		records = append(records, warcRecord("response", "http://a.example/"+string(rune('a'+i%26)),
			httpPage("<p>"+strings.Repeat(text, 20), "Content-Type: text/html; charset=utf-8")))
		size += len(records[i])
	}
	for _, c := range []struct{ name, in string }{{"plain", strings.Join(records, "")}, {"gzip", gz(b, records...)}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range Read(b.Context(), Options{}, strings.NewReader(c.in), Stdin) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != len(records) {
					b.Fatalf("%d documents", n)
				}
			}
		})
	}
}
