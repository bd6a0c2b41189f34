package ingest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/corpus"
)

func readOne(t *testing.T, line string) *corpus.Raw {
	t.Helper()
	for raw, err := range Read(t.Context(), Options{Format: JSONL}, strings.NewReader(line), Stdin) {
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		return raw
	}
	t.Fatalf("%s: nothing", line)
	return nil
}

// TestRecords reads records as public crawls of many makers have them.
func TestRecords(t *testing.T) {
	day := time.Date(2020, 3, 21, 1, 2, 3, 0, time.UTC)
	for _, c := range []struct {
		name, line string
		want       corpus.Raw
	}{
		{"a text alone", `{"text":"正文"}`, corpus.Raw{Bytes: []byte("正文")}},
		{"a multilingual web corpus", `{"text":"正文","timestamp":"2020-03-20T02:52:00Z","url":"http://a.example/1"}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", Hints: corpus.Hints{Published: "2020-03-20T02:52:00Z"}}},
		{"a text with an object of metadata", `{"text":"正文","meta":{"url":"http://a.example/1","timestamp":"2020-03-21T01:02:03Z","source":"cc"}}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", FetchedAt: day,
				Record: []byte(`{"meta":{"url":"http://a.example/1","timestamp":"2020-03-21T01:02:03Z","source":"cc"}}`)}},
		{"metadata as a string", `{"content":"正文","metadata":"{\"url\":\"http://a.example/1\",\"标题\":\"题\",\"来源\":\"报\",\"发布时间\":\"2020-03-20\"}"}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", Hints: corpus.Hints{Title: "题", Source: "报", Published: "2020-03-20"},
				Record: []byte(`{"metadata":"{\"url\":\"http://a.example/1\",\"标题\":\"题\",\"来源\":\"报\",\"发布时间\":\"2020-03-20\"}"}`)}},
		{"WARC headers in a record", `{"content":"正文","warc_headers":{"warc-target-uri":"http://a.example/1","warc-date":"2020-03-21T01:02:03Z"}}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", FetchedAt: day,
				Record: []byte(`{"warc_headers":{"warc-target-uri":"http://a.example/1","warc-date":"2020-03-21T01:02:03Z"}}`)}},
		{"a crawl with quality signals", `{"raw_content":"正文","url":"http://a.example/1","date_download":"2020-03-21T01:02:03Z","source_domain":"a.example","title":"题"}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", FetchedAt: day, Hints: corpus.Hints{Title: "题"}, Record: []byte(`{"source_domain":"a.example"}`)}},
		{"a news corpus", `{"news_id":"1","title":"题","desc":"","source":"报","time":"2020-03-20 10:52","content":"正文"}`,
			corpus.Raw{Bytes: []byte("正文"), Hints: corpus.Hints{Title: "题", Source: "报", Published: "2020-03-20 10:52"}, Record: []byte(`{"news_id":"1","desc":""}`)}},
		{"a corpus with types", `{"id":7,"uniqueKey":"k","dataType":"百科","title":"题","content":"正文"}`,
			corpus.Raw{Bytes: []byte("正文"), InputID: []byte("7"), Hints: corpus.Hints{Title: "题"}, Record: []byte(`{"uniqueKey":"k","dataType":"百科"}`)}},
		{"paragraphs", `{"文件名":"x","段落":[{"行号":1,"内容":"甲\ud800"},{"行号":2,"内容":""},{"行号":3,"内容":"\udfff乙"}],"时间":"20200320"}`,
			corpus.Raw{Bytes: []byte("甲\ufffd\n\n\ufffd乙"), Surrogates: []int{3, 8}, Hints: corpus.Hints{Published: "20200320"}, Record: []byte(`{"文件名":"x"}`)}},
		{"Chinese names", `{"标题":"题","正文":"正文","来源":"报","发表时间":"2020年3月20日","网址":"http://a.example/1"}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", Hints: corpus.Hints{Title: "题", Source: "报", Published: "2020年3月20日"}}},
		{"other spellings", `{"Raw-Content":"正文","URL":"http://a.example/1","pubTime":"2020-03-20","Title":"题"}`,
			corpus.Raw{Bytes: []byte("正文"), URI: "http://a.example/1", Hints: corpus.Hints{Title: "题", Published: "2020-03-20"}}},
		{"seconds since 1970", `{"text":"正文","timestamp":1584672720}`, corpus.Raw{Bytes: []byte("正文"), Hints: corpus.Hints{Published: "2020-03-20T10:52:00+08:00"}}},
		{"milliseconds", `{"text":"正文","publish_date":"","date":1584672720000}`,
			corpus.Raw{Bytes: []byte("正文"), Hints: corpus.Hints{Published: "2020-03-20T10:52:00+08:00"}, Record: []byte(`{"publish_date":""}`)}},
		{"the date of a dump", `{"text":"正文","dump":"CC-MAIN-2020-16","date":"2020-03-21T01:02:03Z"}`,
			corpus.Raw{Bytes: []byte("正文"), FetchedAt: day, Record: []byte(`{"dump":"CC-MAIN-2020-16"}`)}},
		{"a source that is an address", `{"text":"正文","source":"https://a.example/1"}`, corpus.Raw{Bytes: []byte("正文"), URI: "https://a.example/1"}},
		{"the first text is empty", `{"text":"","content":" ","article":"正文"}`, corpus.Raw{Bytes: []byte("正文"), Record: []byte(`{"text":"","content":" "}`)}},
		{"a page", `{"html":"<p>正文"}`, corpus.Raw{Bytes: []byte("<p>正文"), Media: corpus.HTML}},
		{"a page as text", `{"content":"\n<!DOCTYPE html><p>正文"}`, corpus.Raw{Bytes: []byte("\n<!DOCTYPE html><p>正文"), Media: corpus.HTML}},
		{"lone surrogates", `{"text":"正\ud83d文\ude00","x":"\ud800"}`,
			corpus.Raw{Bytes: []byte("正\ufffd文\ufffd"), Surrogates: []int{3, 9}, Record: []byte(`{"x":"\ud800"}`)}},
		{"a mark and a line end of Windows", "\ufeff{\"text\":\"正文\"}\r\n", corpus.Raw{Bytes: []byte("正文")}},
	} {
		want := c.want
		want.UTF8, want.Container = true, "stdin"
		if want.Media == "" {
			want.Media = corpus.Text
		}
		if want.URI == "" {
			want.URI = "stdin#1"
		}
		if diff := cmp.Diff(&want, readOne(t, c.line)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestLinesInOtherEncodings(t *testing.T) {
	line := `{"text":"县里在沿河的村组设了检查站，幹部和民兵轮流值守。","title":"通知"}`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(line)
	if err != nil {
		t.Fatal(err)
	}
	if raw := readOne(t, gbk); !raw.UTF8 || !strings.HasPrefix(string(raw.Bytes), "县里") || raw.Hints.Title != "通知" {
		t.Errorf("%+v", raw)
	}
	broken := strings.Replace(line, "检查", "检\xff查", 1)
	raw := readOne(t, broken)
	if text, charset, err := DecodeRaw(raw); raw.UTF8 || charset != "UTF-8" || err != nil || !strings.Contains(text, "检\xff查") {
		t.Errorf("%q %s %v", text, charset, err)
	}
}

func TestBadLines(t *testing.T) {
	good := `{"text":"甲"}`
	for _, c := range []struct {
		line   string
		reason Reason
		offset int
	}{
		{`{"text":"x",}`, NotJSON, 12}, {`{"text":"x"},`, NotJSON, 12}, {`{"text":"x","text":"y"}`, NotJSON, 12}, {`["text"]`, NotJSON, 0},
		{"\ufeff" + `{"text":oops}`, NotJSON, 11}, {`{"text":null}`, NoText, 0}, {`{"title":"x"}`, NoText, 0}, {`{"text":" \u3000"}`, Empty, 0},
		{`{"text":"a\u0000b"}`, Binary, 1},
	} {
		in := good + "\n" + c.line + "\n" + good
		var bad *Bad
		docs := 0
		for _, err := range Read(t.Context(), Options{Format: JSONL}, strings.NewReader(in), Stdin) {
			if err == nil {
				docs++
			} else if !errors.As(err, &bad) {
				t.Fatal(err)
			}
		}
		at := len(good) + 1 + c.offset
		if c.reason == Binary {
			at = c.offset // of the document
		}
		if docs != 2 || bad == nil || bad.Reason != c.reason || bad.Offset != int64(at) || len(bad.Bytes) == 0 {
			t.Errorf("%s: %d documents, %+v, want %s at %d", c.line, docs, bad, c.reason, at)
		}
	}
}

func TestParquetRows(t *testing.T) {
	var got []*corpus.Raw
	for raw, err := range Read(t.Context(), Options{}, strings.NewReader(fixture(t, "web.parquet")), Stdin) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, raw)
	}
	want := &corpus.Raw{
		Bytes: []byte("乙"), Media: corpus.Text, UTF8: true, URI: "http://b.example/", Container: "stdin", ContainerOffset: 1,
		FetchedAt: time.Date(2020, 3, 30, 1, 2, 3, 0, time.UTC), InputID: []byte(`"<urn:uuid:2>"`),
		Record: []byte(`{"dump":"CC-MAIN-2020-16","language":"zh","language_score":0.5}`),
	}
	if len(got) != 2 {
		t.Fatalf("%d documents", len(got))
	}
	if diff := cmp.Diff(want, got[1]); diff != "" {
		t.Error(diff)
	}
}

func TestWARCRecords(t *testing.T) {
	uri := func(i int) string { return fmt.Sprintf("http://%d.example/", i) }
	html := "Content-Type: text/html; charset=GBK"
	in := warcRecord("warcinfo", "", "software: x") + warcRecord("request", uri(0), "GET / HTTP/1.1\r\n\r\n") +
		warcRecord("response", "<"+uri(1)+">", httpPage("<p>甲", html)) +
		warcRecord("response", uri(2), httpPage("GIF89a", "Content-Type: image/gif")) +
		warcRecord("response", uri(3), "HTTP/1.1 301 Moved\r\n"+html+"\r\n\r\n<p>moved") +
		warcRecord("response", uri(4), httpPage("丁丁丁", "Content-Type: text/plain")) +
		warcRecord("response", uri(5), httpPage("\n<html>戊")) +
		warcRecord("response", uri(6), "no response") +
		warcRecord("response", "dns:a.example", "20200321 127.0.0.1") +
		warcRecord("revisit", uri(7), "HTTP/1.1 200 OK\r\n\r\n") +
		warcRecord("resource", uri(8), "<p>庚", "Content-Type: text/html\r\n") +
		warcRecord("response", uri(9), httpPage("", html)) +
		warcRecord("conversion", uri(10), "癸", "Content-Type: text/plain\r\n")
	want := []string{
		"html http://1.example/ <p>甲", "text http://4.example/ 丁丁丁", "html http://5.example/ \n<html>戊", "bad http://6.example/ not_warc",
		"html http://8.example/ <p>庚", "bad http://9.example/ empty", "text http://10.example/ 癸",
	}
	if diff := cmp.Diff(want, fromStdin(t, Options{}, in)); diff != "" {
		t.Error(diff)
	}
	for raw, err := range Read(t.Context(), Options{}, strings.NewReader(in), Stdin) {
		if err != nil || raw.Charset != "GBK" || raw.FetchedAt != time.Date(2020, 3, 21, 1, 2, 3, 0, time.UTC) || string(raw.Record) != `{"warc-type":"response"}` {
			t.Errorf("%+v, %v", raw, err)
		}
		break
	}
}
