package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"jianbao/corpus"
	"jianbao/ingest/warc"
)

// warc reads the responses, resources and conversions of a web archive. Pages
// and texts that a server gave with success are documents; everything else in
// an archive (images, redirects, errors of servers, requests) is no article
// and is passed over.
func (r *reader) warc(it item, in *bufio.Reader) {
	opts := warc.Options{MaxBlock: r.opts.MaxDocument + maxHTTPHeader, Want: wanted}
	for rec, err := range warc.Read(in, opts) {
		var damage *warc.Damage
		goOn := true
		switch {
		case errors.As(err, &damage):
			goOn = r.failed(Bad{URI: it.uri, Offset: damage.Offset, Bytes: damage.Bytes, Err: err})
		case rec.Type == "response":
			goOn = r.response(it, rec)
		default:
			goOn = r.entity(it, rec, rec.Header.Get("Content-Type"), rec.Block)
		}
		if !goOn {
			return
		}
	}
}

// maxHTTPHeader is how much longer than a document a block may be.
const maxHTTPHeader = 64 << 10

func wanted(rec *warc.Record) bool {
	switch rec.Type {
	case "response":
		scheme, _, _ := strings.Cut(strings.TrimPrefix(rec.Header.Get("WARC-Target-URI"), "<"), ":")
		return scheme != "dns"
	case "resource", "conversion":
		return true
	}
	return false
}

// response reads an HTTP response.
func (r *reader) response(it item, rec *warc.Record) bool {
	e, err := warc.ParseHTTP(rec.Block, r.opts.MaxDocument)
	if e != nil && (e.Status < 200 || e.Status > 299 || mediaOf(e.Header.Get("Content-Type"), e.Body) == "") {
		return true
	}
	if err != nil {
		b := Bad{URI: recordURI(it, rec), Offset: rec.Offset, Bytes: rec.Block, Err: err, Reason: reasonOf(err)}
		return r.bad(b)
	}
	return r.entity(it, rec, e.Header.Get("Content-Type"), e.Body)
}

// entity passes on what a record carried.
func (r *reader) entity(it item, rec *warc.Record, contentType string, body []byte) bool {
	media := mediaOf(contentType, body)
	if media == "" {
		return true
	}
	raw := &corpus.Raw{
		Bytes: body, Media: media, Charset: charsetOf(contentType),
		URI: recordURI(it, rec), Container: it.uri, ContainerOffset: rec.Offset,
		FetchedAt: fetched(rec.Header.Get("WARC-Date")),
		Record:    recordJSON(rec),
	}
	// The text of a conversion is UTF-8: the crawl's own tool wrote it.
	raw.UTF8 = rec.Type == "conversion" && raw.Charset == ""
	return r.document(raw)
}

func recordURI(it item, rec *warc.Record) string {
	if uri := strings.Trim(rec.Header.Get("WARC-Target-URI"), "<> "); uri != "" {
		return uri
	}
	return it.uri + "#" + strings.Trim(rec.Header.Get("WARC-Record-ID"), "<> ")
}

// recordJSON is the fields of a record's header that are kept nowhere else.
func recordJSON(rec *warc.Record) json.RawMessage {
	rest := make(map[string]string)
	for name, value := range rec.Header {
		switch name {
		case "warc-target-uri", "warc-date", "content-length":
		default:
			rest[name] = strings.ToValidUTF8(value, "\ufffd")
		}
	}
	return encode(rest)
}

// mediaOf is what a body is by its Content-Type and, where that says nothing,
// by its first bytes; "" for what no article is in.
func mediaOf(contentType string, body []byte) corpus.Media {
	kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(contentType)), ";")
	switch kind = strings.TrimSpace(kind); kind {
	case "text/html", "application/xhtml+xml":
		return corpus.HTML
	case "text/plain":
		if looksLikeHTML(body) {
			return corpus.HTML
		}
		return corpus.Text
	case "", "application/octet-stream", "unknown/unknown":
		switch guess := http.DetectContentType(body); {
		case looksLikeHTML(body) || strings.HasPrefix(guess, "text/html"):
			return corpus.HTML
		case strings.HasPrefix(guess, "text/plain"):
			return corpus.Text
		}
	}
	return ""
}

// charsetOf is the charset parameter of a Content-Type; "" when there is none.
func charsetOf(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	if _, value, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		value, _, _ = strings.Cut(value, ";")
		return strings.Trim(value, `"' `)
	}
	return ""
}
