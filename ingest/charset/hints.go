package charset

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Hints is what is said of a document's encoding. It may be wrong: half of the
// pages that are declared as iso-8859-1 are not.
type Hints struct {
	Header string // the charset of the HTTP header Content-Type, or that header whole
	HTML   bool   // look for <meta charset> and the like
}

// prescan is how far into a page a declaration may stand. HTML says 1,024
// bytes; pages do not keep to it.
const prescan = 4096

var declaration = regexp.MustCompile(`(?i)<(?:meta\s[^>]*?|\?xml\s[^>]*?en)c(?:harset|oding)\s*=\s*["']?\s*([a-z0-9][a-z0-9_:.\-]*)`)

var parameter = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9][a-z0-9_:.\-]*)`)

// candidate is an encoding that is tried.
type candidate struct {
	name     string // as IANA has it
	encoding encoding.Encoding
}

// named are the encodings that the hints name, without those in which any
// bytes are text: passing a trial of these says nothing.
func (h Hints) named(raw []byte) []candidate {
	var labels []string
	if m := parameter.FindStringSubmatch(h.Header); m != nil {
		labels = append(labels, m[1])
	} else if h.Header != "" {
		labels = append(labels, strings.TrimSpace(h.Header))
	}
	if h.HTML {
		if m := declaration.FindSubmatch(raw[:min(len(raw), prescan)]); m != nil {
			labels = append(labels, string(bytes.ToLower(m[1])))
		}
	}
	var out []candidate
	for _, label := range labels {
		if c, ok := byLabel(label); ok {
			out = append(out, c)
		}
	}
	return out
}

// byLabel finds an encoding by a name that pages use for it, which are those of
// the WHATWG Encoding Standard.
func byLabel(label string) (candidate, bool) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return candidate{}, false
	}
	name, err := htmlindex.Name(e)
	if err != nil {
		return candidate{}, false
	}
	switch name {
	case "utf-8":
		return utf8Candidate, true
	case "gbk", "gb18030":
		return gb18030, true
	case "big5":
		return big5, true
	case "utf-16le":
		return utf16le, true
	case "utf-16be":
		return utf16be, true
	case "euc-jp", "shift_jis", "iso-2022-jp", "euc-kr":
		return candidate{strings.ToUpper(name), e}, true
	}
	return candidate{}, false
}

var utf8Candidate = candidate{"UTF-8", unicode.UTF8}
