package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/corpus"
)

// The names of fields in public crawls, as key writes them. The first that is
// filled wins.
var (
	textNames = []string{"text", "content", "rawcontent", "内容", "內容", "正文", "article", "body", "maintext", "fulltext",
		"plaintext", "articletext", "articlebody", "文本"}
	htmlNames    = []string{"html", "rawhtml", "contenthtml", "pagesource", "网页源码"}
	partsNames   = []string{"段落", "paragraphs"}
	partNames    = []string{"内容", "text", "content"}
	urlNames     = []string{"url", "uri", "link", "pageurl", "sourceurl", "requestedurl", "warctargeturi", "targeturi", "网址", "链接", "原文链接", "原文地址"}
	titleNames   = []string{"title", "标题", "標題", "headline"}
	sourceNames  = []string{"source", "来源", "來源", "sourcename", "site", "sitename", "publisher", "media", "媒体", "站点"}
	dateNames    = []string{"date", "timestamp", "datetime", "time", "日期", "时间", "時間"}
	fetchedNames = []string{"fetchedat", "crawledat", "crawltime", "crawldate", "datecrawled", "datedownload", "downloaddate",
		"fetchtime", "warcdate", "抓取时间", "采集时间"}
	// printedNames can mean nothing but the day of publication.
	printedNames = []string{"published", "publishedat", "publisheddate", "publishdate", "publishtime", "datepublish", "datepublished",
		"pubdate", "pubtime", "发表时间", "發表時間", "发布时间", "發布時間", "发布日期", "发表日期"}
	metaNames = []string{"meta", "metadata", "warcheaders", "extra", "元数据", "扩展字段"}
	// crawlNames are fields of Common Crawl's descendants, whose date is that
	// of the crawl.
	crawlNames = []string{"dump", "warcrecordid"}
)

// fill makes a document of a record's fields.
func fill(raw *corpus.Raw, fs fields) *fault {
	text := fs.text(raw)
	if text == nil {
		return &fault{NoText, errors.New("no string in any of the fields text, content, raw_content, 内容 and their like")}
	}
	if id := fs.find([]string{"id"}, func(*field) bool { return true }); id != nil {
		raw.InputID, id.used = id.value(), true
	}
	raw.Hints.Title = fs.take(titleNames)
	if at := fs.take(fetchedNames); at != "" {
		raw.FetchedAt = fetched(at)
	}
	fs.address(raw)
	fs.date(raw)
	fs.meta(raw)
	raw.Record = fs.record()
	return nil
}

// text sets the bytes of a document; nil when no field has any. An empty text
// is taken when there is no other.
func (fs fields) text(raw *corpus.Raw) *field {
	f := fs.find(textNames, filled)
	if f == nil {
		if f = fs.find(htmlNames, filled); f != nil {
			raw.Media = corpus.HTML
		} else if f = fs.parts(); f == nil {
			f = fs.find(textNames, isString)
		}
	}
	if f == nil {
		return nil
	}
	f.used = true
	raw.Bytes, raw.Surrogates = f.text, f.lone
	raw.UTF8 = !f.bytes && f.isUTF8()
	if raw.Media == "" {
		raw.Media = corpus.Text
		if looksLikeHTML(f.text) {
			raw.Media = corpus.HTML
		}
	}
	return f
}

// parts joins the paragraphs of a record that keeps each in an object of its
// own. The field stays in the record only as text.
func (fs fields) parts() *field {
	list := fs.find(partsNames, func(f *field) bool { return bytes.HasPrefix(f.json, []byte("[")) })
	if list == nil {
		return nil
	}
	var items []json.RawMessage
	if json.Unmarshal(list.json, &items) != nil {
		return nil
	}
	joined := &field{plain: true}
	for _, item := range items {
		line := &field{json: item}
		if bytes.HasPrefix(item, []byte("{")) {
			object, err := parseObject(item)
			if err != nil {
				return nil
			}
			line = object.find(partNames, isString)
		}
		if line == nil || !isString(line) {
			continue
		}
		if len(joined.text) > 0 {
			joined.text = append(joined.text, '\n')
		}
		for _, at := range line.lone {
			joined.lone = append(joined.lone, len(joined.text)+at)
		}
		joined.text = append(joined.text, line.text...)
	}
	if !filled(joined) {
		return nil
	}
	list.used = true
	return joined
}

// address sets where a document was and who published it. A source that is an
// address says the former.
func (fs fields) address(raw *corpus.Raw) {
	if url := fs.take(urlNames); url != "" {
		raw.URI = strings.TrimSpace(url)
	}
	f := fs.find(sourceNames, filled)
	if f == nil {
		return
	}
	source := strings.TrimSpace(string(bytes.ToValidUTF8(f.text, []byte("\ufffd"))))
	if !strings.HasPrefix(source, "http://") && !strings.HasPrefix(source, "https://") {
		raw.Hints.Source, f.used = source, true
	} else if raw.URI == "" {
		raw.URI, f.used = source, true
	}
}

// date sets when a document was published or, in a descendant of Common Crawl,
// when it was fetched.
func (fs fields) date(raw *corpus.Raw) {
	if raw.Hints.Published = fs.take(printedNames); raw.Hints.Published != "" {
		return
	}
	if fs.find(crawlNames, isString) != nil {
		if raw.FetchedAt.IsZero() {
			raw.FetchedAt = fetched(fs.take(dateNames))
		}
		return
	}
	if raw.Hints.Published = fs.take(dateNames); raw.Hints.Published != "" {
		return
	}
	if f := fs.find(dateNames, isEpoch); f != nil {
		raw.Hints.Published, f.used = epoch(f.json).Format(time.RFC3339), true
	}
}

// meta takes what is still unknown from an object in the record, which stays
// there whole. Its source is the part of the data set, not the publisher, and
// its timestamp that of the crawl.
func (fs fields) meta(raw *corpus.Raw) {
	for _, f := range fs {
		inner := f.object()
		if inner == nil {
			continue
		}
		if raw.URI == "" {
			raw.URI = strings.TrimSpace(inner.take(urlNames))
		}
		if raw.Hints.Title == "" {
			raw.Hints.Title = inner.take(titleNames)
		}
		if raw.Hints.Source == "" {
			raw.Hints.Source = inner.take([]string{"来源", "來源", "publisher", "media", "媒体"})
		}
		if raw.Hints.Published == "" {
			raw.Hints.Published = inner.take(slices.Concat(printedNames, []string{"date", "日期", "时间", "時間"}))
		}
		if raw.FetchedAt.IsZero() {
			raw.FetchedAt = fetched(inner.take(slices.Concat(fetchedNames, []string{"timestamp"})))
		}
	}
}

// object is the members of a field that holds an object of metadata, as such
// or as a string; nil for others.
func (f *field) object() fields {
	for _, name := range metaNames {
		if f.used || key(f.name) != name {
			continue
		}
		object := []byte(f.json)
		if text, ok := f.str(); ok {
			object = text
		}
		if !bytes.HasPrefix(object, []byte("{")) {
			return nil
		}
		if inner, err := parseObject(object); err == nil {
			return inner
		}
	}
	return nil
}

// fetched reads when a document was fetched; the zero time when it cannot.
// Without a zone it is UTC, as crawlers write.
func fetched(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime, time.DateOnly, "20060102150405"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// isEpoch reports whether a field holds a number that is a time between 1990
// and 2100, in seconds or milliseconds since 1970.
func isEpoch(f *field) bool { return !epoch(f.json).IsZero() }

func epoch(number []byte) time.Time {
	n, err := strconv.ParseFloat(string(number), 64)
	const from, to = 631_152_000, 4_102_444_800
	switch {
	case err != nil:
	case n >= from && n < to:
		return time.Unix(int64(n), 0).In(corpus.Beijing)
	case n >= from*1000 && n < to*1000:
		return time.UnixMilli(int64(n)).In(corpus.Beijing)
	}
	return time.Time{}
}
