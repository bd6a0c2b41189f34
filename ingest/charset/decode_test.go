package ingest

import (
	"errors"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const hans = "县里在沿河的村组设了检查站，干部和民兵轮流值守，群众送来了热水。"
	const hant = "縣裡在沿河的村組設了檢查站，幹部和民兵輪流值守，群眾送來了熱水。"
	for _, c := range []struct {
		name    string
		raw     []byte
		charset string
		want    string
	}{
		{"utf-8", []byte(hans), "UTF-8", hans},
		{"utf-8 with a mark", []byte("\ufeff" + hans), "UTF-8", "\ufeff" + hans},
		{"utf-8 with a stray byte", []byte(hans + "\xff" + hant), "UTF-8", hans + "\xff" + hant},
		{"gbk", encoded(t, simplifiedchinese.GBK, hans), "GB18030", hans},
		{"traditional in gbk", encoded(t, simplifiedchinese.GBK, hant), "GB18030", hant},
		{"gb18030 beyond gbk", encoded(t, simplifiedchinese.GB18030, hans+"𠮷"), "GB18030", hans + "𠮷"},
		{"big5", encoded(t, traditionalchinese.Big5, hant), "Big5", hant},
		{"utf-16 little", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), hans), "UTF-16LE", hans},
		{"utf-16 big", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), hans), "UTF-16BE", hans},
		{"ascii", []byte("no Chinese at all"), "UTF-8", "no Chinese at all"},
	} {
		got, charset, err := Decode(c.raw)
		if err != nil || got != c.want || charset != c.charset {
			t.Errorf("%s: %q %s %v", c.name, got, charset, err)
		}
	}
	if got, charset, err := Decode([]byte{0xff, 0x81, 0xff, 0x80, 0xff}); !errors.Is(err, ErrUndecodable) {
		t.Errorf("noise: %q %s %v", got, charset, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("党支部"))
	f.Add([]byte("\xff\xfea"))
	f.Add([]byte("\xfe\xff\xd8"))
	f.Add([]byte("\xb5\xb3\xd6\xa7\xb2\xbf"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if text, charset, err := Decode(raw); err == nil && (charset == "" || len(raw) > 0 && text == "" && len(raw) > 2) {
			t.Fatalf("%x: %q in %q", raw, text, charset)
		}
	})
}
