package charset_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"jianbao/ingest/charset"
)

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type decodeCase struct {
	name    string
	raw     []byte
	hints   charset.Hints
	charset string
	want    string
}

func decodeCases(t testing.TB) []decodeCase {
	const hans = "县里在沿河的村组设了检查站，干部和民兵轮流值守，群众送来了热水。"
	const hant = "縣裡在沿河的村組設了檢查站，幹部和民兵輪流值守，群眾送來了熱水。"
	const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=`
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	gbk, gb, b5 := simplifiedchinese.GBK, simplifiedchinese.GB18030, traditionalchinese.Big5
	none := charset.Hints{}
	return []decodeCase{
		{"utf-8", []byte(hans), none, "UTF-8", hans},
		{"utf-8 with a mark", []byte("\ufeff" + hans), none, "UTF-8", "\ufeff" + hans},
		{"utf-8 with a stray byte", []byte(hans + "\xff" + hant), none, "UTF-8", hans + "\xff" + hant},
		{"gbk", encoded(t, gbk, hans), none, "GB18030", hans},
		{"gbk behind a utf-8 mark", append([]byte("\xef\xbb\xbf"), encoded(t, gbk, hans)...), none, "GB18030", hans},
		{"traditional in gbk", encoded(t, gbk, hant), none, "GB18030", hant},
		{"gb18030 beyond gbk", encoded(t, gb, hans+"𠮷"), none, "GB18030", hans + "𠮷"},
		{"big5", encoded(t, b5, hant), none, "Big5", hant},
		{"utf-16 little", append([]byte("\xff\xfe"), encoded(t, le, hans)...), none, "UTF-16LE", hans},
		{"utf-16 big", append([]byte("\xfe\xff"), encoded(t, be, hans)...), none, "UTF-16BE", hans},
		{"utf-16 little without a mark", encoded(t, le, hans), none, "UTF-16LE", hans},
		{"utf-16 big without a mark", encoded(t, be, hans), none, "UTF-16BE", hans},
		{"utf-16 page without a mark", encoded(t, le, "<html><p>1\r\n"+hans), charset.Hints{HTML: true}, "UTF-16LE", "<html><p>1\r\n" + hans},
		{"utf-16 cut in a character", append([]byte("\xff\xfe"), encoded(t, le, hans)[:5]...), none, "UTF-16LE", "县里\ufffd"},
		{"ascii", []byte("no Chinese at all"), none, "UTF-8", "no Chinese at all"},
		{"cyrillic", []byte("ни слова"), none, "UTF-8", "ни слова"},
		{"nothing", nil, none, "UTF-8", ""},

		{"gbk, one byte lost", append(encoded(t, gbk, strings.Repeat(hans, 8)), 0xB5), none, "GB18030", strings.Repeat(hans, 8) + "\ufffd"},
		{"short, header", encoded(t, gbk, "通知"), charset.Hints{Header: "GB2312"}, "GB18030", "通知"},
		{"whole header", encoded(t, b5, "通知"), charset.Hints{Header: "text/html; charset=big5"}, "Big5", "通知"},
		{"header that lies", encoded(t, gbk, hans), charset.Hints{Header: "utf-8"}, "GB18030", hans},
		{"header that passes and lies", encoded(t, b5, hant), charset.Hints{Header: "gb2312"}, "Big5", hant},
		{"header that any bytes pass", encoded(t, gbk, hans), charset.Hints{Header: "iso-8859-1"}, "GB18030", hans},
		{"unknown header", encoded(t, gbk, hans), charset.Hints{Header: "x-none; charset=???"}, "GB18030", hans},
		{"meta", encoded(t, b5, page+`big5">通知`), charset.Hints{HTML: true}, "Big5", page + `big5">通知`},
		{"meta against header", encoded(t, b5, page+`big5">通知`), charset.Hints{Header: "utf-8", HTML: true}, "Big5", page + `big5">通知`},
		{"meta of a text", encoded(t, gbk, "<meta charset=big5>"+hans), none, "GB18030", "<meta charset=big5>" + hans},
		{"xml declaration", encoded(t, gbk, `<?xml version="1.0" encoding="gbk"?>告`), charset.Hints{HTML: true}, "GB18030", `<?xml version="1.0" encoding="gbk"?>告`},
		{"korean by its header", encoded(t, mustEUCKR(t), "한국어 문서입니다"), charset.Hints{Header: "euc-kr"}, "EUC-KR", "한국어 문서입니다"},
	}
}

func mustEUCKR(t testing.TB) encoding.Encoding {
	t.Helper()
	e, err := htmlindex.Get("euc-kr")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestDecode(t *testing.T) {
	for _, c := range decodeCases(t) {
		got, name, err := charset.Decode(c.raw, c.hints)
		if err != nil || got != c.want || name != c.charset {
			t.Errorf("%s: %q %s %v", c.name, got, name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	noise := make([]byte, 4096)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for name, raw := range map[string][]byte{
		"bytes of no encoding": {0xff, 0x81, 0xff, 0x80, 0xff},
		"noise":                noise,
		"an image":             append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), noise...),
	} {
		if got, charsetName, err := charset.Decode(raw, charset.Hints{}); !errors.Is(err, charset.ErrUndecodable) {
			t.Errorf("%s: %.40q %s %v", name, got, charsetName, err)
		}
	}
}

// TestLatinStaysUndecodable: Latin-1 is no encoding of Chinese articles, and
// any bytes would be text in it.
func TestLatinStaysUndecodable(t *testing.T) {
	raw := encoded(t, charmap.ISO8859_1, strings.Repeat("Straße nach Köln, Öffnung für Gäste. ", 5))
	if got, name, err := charset.Decode(raw, charset.Hints{Header: "iso-8859-1"}); err == nil && strings.Contains(got, "ß") {
		t.Errorf("%q %s", got, name)
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range decodeCases(f) {
		f.Add(c.raw, c.hints.Header, c.hints.HTML)
	}
	f.Add([]byte("\xfe\xff\xd8"), "", false)
	f.Add([]byte("\xff\xfea"), "utf-16", true)
	f.Fuzz(func(t *testing.T, raw []byte, header string, html bool) {
		text, name, err := charset.Decode(raw, charset.Hints{Header: header, HTML: html})
		switch {
		case err != nil && !errors.Is(err, charset.ErrUndecodable):
			t.Fatal(err)
		case err == nil && name == "":
			t.Fatalf("%x: %q in no encoding", raw, text)
		case err == nil && name != "UTF-8" && !utf8.ValidString(text):
			t.Fatalf("%x: %q from %s is not valid", raw, text, name)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, c := range []struct {
		name     string
		encoding encoding.Encoding
		text     string
	}{
		{"utf-8", unicode.UTF8, hans}, {"gbk", simplifiedchinese.GBK, hans}, {"big5", traditionalchinese.Big5, hant},
	} {
		raw := encoded(b, c.encoding, strings.Repeat(c.text, 20))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, _, err := charset.Decode(raw, charset.Hints{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
