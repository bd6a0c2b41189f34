package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"jianbao/corpus"
)

// Field names that public crawls use, the first that is there wins.
var (
	textFields   = []string{"text", "content", "raw_content", "内容"}
	urlFields    = []string{"url", "uri"}
	titleFields  = []string{"title", "标题"}
	dateFields   = []string{"date", "timestamp", "published", "发表时间"}
	sourceFields = []string{"source", "来源"}
)

// jsonLines reads one JSON object a line. A bad line is one bad document.
func (r *reader) jsonLines(in *bufio.Reader, uri string) {
	offset := int64(0)
	for n := 1; ; n++ {
		line, size, err := readLine(in, r.opts.MaxLine)
		if size > r.opts.MaxLine {
			if !r.bad(Bad{URI: uri, Stage: "read", Reason: LineTooLong, Line: n, Offset: offset, Bytes: line,
				Err: fmt.Errorf("%d bytes, more than %d", size, r.opts.MaxLine)}) {
				return
			}
		} else if len(bytes.TrimSpace(line)) > 0 && !r.record(line, uri, n, offset) {
			return
		}
		offset += int64(size)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.bad(Bad{URI: uri, Stage: "read", Reason: Unreadable, Line: n, Offset: offset, Err: err})
			return
		}
	}
}

// readLine reads to the end of a line, keeping at most limit bytes of it.
func readLine(in *bufio.Reader, limit int) (line []byte, size int, err error) {
	for {
		part, err := in.ReadSlice('\n')
		size += len(part)
		line = append(line, part[:min(len(part), max(0, limit-len(line)))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

// record reads one object.
func (r *reader) record(line []byte, uri string, n int, offset int64) bool {
	bad := Bad{URI: uri, Stage: "read", Reason: NotJSON, Line: n, Offset: offset, Bytes: line}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			bad.Offset += syntax.Offset
		}
		bad.Err = err
		return r.bad(bad)
	}
	name, value := take(fields, textFields)
	var text string
	if name == "" || json.Unmarshal(value, &text) != nil {
		bad.Reason, bad.Err = NoText, fmt.Errorf("no string in any of the fields %s", strings.Join(textFields, ", "))
		return r.bad(bad)
	}
	raw := &corpus.Raw{
		Bytes: []byte(text), Media: corpus.Text, UTF8: true,
		URI: takeString(fields, urlFields), Container: uri, ContainerOffset: offset,
		Hints: corpus.Hints{
			Title:     takeString(fields, titleFields),
			Source:    takeString(fields, sourceFields),
			Published: takeString(fields, dateFields),
		},
	}
	raw.InputID = fields["id"]
	delete(fields, "id")
	if raw.URI == "" {
		raw.URI = fmt.Sprintf("%s#%d", uri, n)
	}
	if at, err := time.Parse(time.RFC3339, takeString(fields, []string{"fetched_at", "crawled_at"})); err == nil {
		raw.FetchedAt = at
	}
	if len(fields) > 0 {
		record, err := json.Marshal(fields)
		if err != nil {
			bad.Err = err
			return r.bad(bad)
		}
		raw.Record = record
	}
	return r.document(raw)
}

// take removes the first of the named fields from the record.
func take(fields map[string]json.RawMessage, names []string) (string, json.RawMessage) {
	for _, name := range names {
		if value, ok := fields[name]; ok {
			delete(fields, name)
			return name, value
		}
	}
	return "", nil
}

// takeString is take for a field that should hold a string; one that holds
// something else stays in the record.
func takeString(fields map[string]json.RawMessage, names []string) string {
	for _, name := range names {
		var s string
		if value, ok := fields[name]; ok && json.Unmarshal(value, &s) == nil {
			delete(fields, name)
			return s
		}
	}
	return ""
}
