package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/ingest/warc"
)

// record writes one record.
func record(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

// outcome is one line for each thing that an archive yields.
func outcome(in io.Reader, opts warc.Options) (out []string) {
	for rec, err := range warc.Read(in, opts) {
		var damage *warc.Damage
		switch {
		case errors.As(err, &damage):
			out = append(out, fmt.Sprintf("damage at %d: %v", damage.Offset, damage.Err))
		case err != nil:
			out = append(out, "error "+err.Error())
		default:
			out = append(out, fmt.Sprintf("%d %s %s %s", rec.Offset, rec.Type, rec.Header.Get("warc-target-uri"), rec.Block))
		}
	}
	return out
}

func TestRead(t *testing.T) {
	a, b := record("response", "http://a.example/", "甲"), record("Resource", "http://b.example/", "")
	at := fmt.Sprint(len(a))
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"line ends alone", "\r\n\r\n", nil},
		{"two", a + b, []string{"0 response http://a.example/ 甲", at + " resource http://b.example/ "}},
		{"no line ends at the end", strings.TrimRight(a, "\r\n"), []string{"0 response http://a.example/ 甲"}},
		{"line feeds alone", strings.ReplaceAll(a, "\r\n", "\n"), []string{"0 response http://a.example/ 甲"}},
		{"a folded field", "WARC/1.1\r\nWARC-Type: x\r\nWARC-Target-URI: http://a\r\n  .example/\r\ncontent-length: 1\r\n\r\ny\r\n\r\n",
			[]string{"0 x http://a .example/ y"}},
		{"cut in a block", a + b[:len(b)-4] + "x" + a[:len(a)-6],
			[]string{"0 response http://a.example/ 甲", "damage at " + at + ": broken header: no record follows after 0 bytes"}},
		{"cut in a header", a + b[:20], []string{"0 response http://a.example/ 甲", "damage at " + at + ": unexpected EOF"}},
		{"rubbish first", "rubbish\r\n" + a, []string{"damage at 0: no WARC record begins here", "9 response http://a.example/ 甲"}},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nblock\r\n\r\n" + a,
			[]string{`damage at 0: broken header: Content-Length ""`, "42 response http://a.example/ 甲"}},
		{"a length too short", strings.Replace(a, "Length: 3", "Length: 1", 1) + b,
			[]string{"damage at 0: broken header: no record follows after 1 bytes", at + " resource http://b.example/ "}},
		{"a length too long", strings.Replace(a, "Length: 3", "Length: 9", 1) + b,
			[]string{"damage at 0: broken header: no record follows after 9 bytes", at + " resource http://b.example/ "}},
		{"a length beyond the end", strings.Replace(a, "Length: 3", "Length: 9999", 1) + b,
			[]string{"damage at 0: unexpected EOF", fmt.Sprint(len(a)+3) + " resource http://b.example/ "}},
		{"a negative length", strings.Replace(a, "Length: 3", "Length: -3", 1) + b,
			[]string{`damage at 0: broken header: Content-Length "-3"`, fmt.Sprint(len(a)+1) + " resource http://b.example/ "}},
		{"an endless length", strings.Replace(a, "Length: 3", "Length: 9000000000000000000", 1), []string{"damage at 0: unexpected EOF"}},
	} {
		if diff := cmp.Diff(c.want, outcome(strings.NewReader(c.in), warc.Options{})); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestLimits(t *testing.T) {
	long, a := record("response", "http://long.example/", strings.Repeat("x", 3_000_000)), record("response", "http://a.example/", "甲")
	want := []string{
		"damage at 0: the block is too large: 3000000 bytes, more than 1000",
		fmt.Sprintf("%d response http://a.example/ 甲", len(long)),
	}
	if diff := cmp.Diff(want, outcome(strings.NewReader(long+a), warc.Options{MaxBlock: 1000})); diff != "" {
		t.Error(diff)
	}
	header := "WARC/1.0\r\nX: " + strings.Repeat("x", 100_000) + "\r\n\r\n" + a
	got := outcome(strings.NewReader(header), warc.Options{})
	if len(got) != 2 || !strings.Contains(got[0], "broken header: more than") || !strings.HasSuffix(got[1], "response http://a.example/ 甲") {
		t.Errorf("%q", got)
	}
}

func TestWant(t *testing.T) {
	in := record("request", "http://a.example/", "GET") + record("response", "http://a.example/", "甲")
	got := outcome(strings.NewReader(in), warc.Options{Want: func(r *warc.Record) bool { return r.Type == "response" }})
	if len(got) != 1 || !strings.HasSuffix(got[0], "甲") {
		t.Errorf("%q", got)
	}
}

// resuming gives an error between two stretches of bytes.
type resuming struct {
	parts []string
	at    int
}

func (r *resuming) Read(p []byte) (int, error) {
	if r.at == len(r.parts) {
		return 0, io.EOF
	}
	if r.parts[r.at] == "" {
		if r.at++; r.at == len(r.parts) {
			return 0, io.EOF
		}
		return 0, errors.New("a damaged member")
	}
	n := copy(p, r.parts[r.at])
	r.parts[r.at] = r.parts[r.at][n:]
	return n, nil
}

func TestReadGoesOnBehindDamage(t *testing.T) {
	a, b := record("response", "http://a.example/", "甲"), record("response", "http://b.example/", "乙")
	got := outcome(&resuming{parts: []string{a[:40], b}}, warc.Options{})
	want := []string{"damage at 0: a damaged member", "40 response http://b.example/ 乙"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	a := record("response", "http://a.example/", "甲")
	f.Add([]byte(a + a))
	f.Add([]byte("WARC/1.0\r\n\r\n"))
	f.Add([]byte(strings.Replace(a, "Length: 3", "Length: 33", 1) + a))
	f.Fuzz(func(t *testing.T, in []byte) {
		last := int64(-1)
		for rec, err := range warc.Read(bytes.NewReader(in), warc.Options{MaxBlock: 64}) {
			var damage *warc.Damage
			switch {
			case err == nil && (rec.Offset <= last || len(rec.Block) > 64):
				t.Fatalf("record at %d after %d, %d bytes", rec.Offset, last, len(rec.Block))
			case err == nil:
				last = rec.Offset
			case !errors.As(err, &damage) || rec != nil || damage.Offset > int64(len(in)):
				t.Fatalf("%v, %v", rec, err)
			}
		}
	})
}

func BenchmarkReadWARC(b *testing.B) {
	archive := strings.Repeat(record("response", "http://a.example/", strings.Repeat("县里设了检查站。", 1000)), 200)
	b.SetBytes(int64(len(archive)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range warc.Read(strings.NewReader(archive), warc.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 200 {
			b.Fatalf("%d records", n)
		}
	}
}
