package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseObject(t *testing.T) {
	for in, want := range map[string][]string{
		`{}`:                          nil,
		` { "a" : 1 , "b":"x,}\"" } `: {"a=1", `b="x,}\""`},
		`{"a":{"b":[1,{"c":"}"}],"d":"]"},"e":null}`: {`a={"b":[1,{"c":"}"}],"d":"]"}`, "e=null"},
		`{"\u0061":[],"b":{}, "c":-1.5e3,"d":true}`:  {"a=[]", "b={}", "c=-1.5e3", "d=true"},
	} {
		fs, err := parseObject([]byte(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
		}
		var got []string
		for _, f := range fs {
			got = append(got, f.name+"="+string(f.json))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", in, diff)
		}
	}
}

func TestParseObjectRefuses(t *testing.T) {
	for in, offset := range map[string]int{
		``: 0, `x`: 0, `[{"text":"x"}]`: 0, ` "text"`: 1, `{"text":"x",}`: 12, `{"text":"x"`: 10, `{"text":"x"}}`: 12,
		`{"text":"x","text":"y"}`: 12, `{"text":"x","\u0074ext":"y"}`: 12, `{'text':'x'}`: 1, `{"text":NaN}`: 8, "{\"text\":\"a\tb\"}": 10,
		`{"text":"\x"}`: 10,
	} {
		_, err := parseObject([]byte(in))
		var at *jsonError
		if !errors.As(err, &at) || at.offset != offset {
			t.Errorf("%s: %+v, want one at %d", in, at, offset)
		}
	}
}

func TestUnquote(t *testing.T) {
	for _, c := range []struct {
		in, want string
		lone     []int
	}{
		{`""`, "", nil},
		{`"党\n\t\"\\\/\b\f\r"`, "党\n\t\"\\/\b\f\r", nil},
		{`"\u515a\ud842\udfb7"`, "党𠮷", nil},
		{`"党\ud800"`, "党\ufffd", []int{3}},
		{`"\udfb7\ud842a\ud842\u515a"`, "\ufffd\ufffda\ufffd党", []int{0, 3, 7}},
		{`"\ud842\ud842\udfb7"`, "\ufffd𠮷", []int{0}},
		{`"\ufffd"`, "\ufffd", nil},
		{`"\ud842\n"`, "\ufffd\n", []int{0}},
		{"\"\xff\"", "\xff", nil},
	} {
		got, lone := unquote([]byte(c.in))
		if string(got) != c.want || !cmp.Equal(lone, c.lone) {
			t.Errorf("%s: %q %v", c.in, got, lone)
		}
	}
}

// FuzzParseObject holds parseObject and unquote to what encoding/json makes of
// the same bytes.
func FuzzParseObject(f *testing.F) {
	for _, in := range []string{`{"a":{"b":[1,{"c":"}"}]},"e":null}`, `{"text":"\ud800x"}`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `{"a":"\\"}`, `[]`} {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		fs, err := parseObject(in)
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal(in, &want)
		if err != nil {
			if wantErr == nil && want != nil && !strings.Contains(err.Error(), "twice") {
				t.Fatalf("%q: %v", in, err)
			}
			return
		}
		if wantErr != nil {
			t.Fatalf("%q: taken, but %v", in, wantErr)
		}
		for _, f := range fs {
			name := strings.ToValidUTF8(f.name, "\ufffd")
			if _, ok := want[name]; !ok && name == f.name {
				t.Fatalf("%q: name %q", in, f.name)
			}
			if name == f.name && !bytes.Equal(want[name], f.json) {
				t.Fatalf("%q: %q is %q, not %q", in, name, f.json, want[name])
			}
			var s string
			text, ok := f.str()
			if ok && json.Unmarshal(f.json, &s) == nil && s != eachInvalid(text) {
				t.Fatalf("%q: %q, not %q", in, text, s)
			}
		}
	})
}

// eachInvalid makes each byte that is no UTF-8 a U+FFFD, as encoding/json does.
func eachInvalid(b []byte) string { return string([]rune(string(b))) }
