package ingest

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"jianbao/ingest/charset"
)

// archive is what is known of an archive while its members are read.
type archive struct {
	r       *reader
	uri     string
	size    int64 // in bytes, where that is known
	entries int
	total   *total
}

func (r *reader) archive(it item) *archive {
	return &archive{r: r, uri: it.uri, total: &total{max: r.opts.MaxArchive}}
}

// refuseNested tells of an archive in an archive.
func (r *reader) refuseNested(it item) bool {
	if it.archive == "" {
		return false
	}
	r.bad(Bad{URI: it.uri, Reason: Nested, Err: fmt.Errorf("an archive in the archive %s", it.archive)})
	return true
}

// next counts an entry; false when there are too many or too large ones.
func (a *archive) next() bool {
	a.entries++
	if a.r.stopped || a.total.n > a.total.max {
		return false
	}
	if a.entries > a.r.opts.MaxEntries {
		a.r.bad(Bad{URI: a.uri, Reason: TooManyEntries, Err: fmt.Errorf("more than %d entries", a.r.opts.MaxEntries)})
		return false
	}
	return true
}

// member is the URI of a member: that of the archive, "!/", and its path. ok is
// false when the member is passed over, as hidden files are, or refused.
func (a *archive) member(raw string) (uri string, ok bool) {
	name := memberName(raw)
	uri = a.uri + "!/" + strings.TrimPrefix(path.Clean("/"+name), "/")
	if why := unsafeName(name); why != "" {
		a.r.bad(Bad{URI: a.uri + "!/" + name, Reason: UnsafeName, Bytes: []byte(raw), Err: fmt.Errorf("the name %q %s", raw, why)})
		return uri, false
	}
	for part := range strings.SplitSeq(path.Clean(name), "/") {
		if strings.HasPrefix(part, ".") && part != "." {
			return uri, false
		}
	}
	return uri, true
}

// refuseSpecial tells of a member that is no file. Bytes are what it points at.
func (a *archive) refuseSpecial(uri, kind, target string) {
	a.r.bad(Bad{URI: uri, Reason: SpecialFile, Bytes: []byte(target), Err: fmt.Errorf("%s %q", kind, target)})
}

// memberName decodes the name of a member, which Chinese tools write in GBK,
// and puts slashes in it.
func memberName(raw string) string {
	name, _, err := charset.Decode([]byte(raw), charset.Hints{})
	if err != nil {
		name = strings.ToValidUTF8(raw, "\ufffd")
	}
	return strings.ReplaceAll(strings.ToValidUTF8(name, "\ufffd"), `\`, "/")
}

var driveLetter = regexp.MustCompile(`^[A-Za-z]:`)

// unsafeName says what is wrong with a name that points out of its archive, or
// is none; "" when nothing is.
func unsafeName(name string) string {
	switch {
	case name == "":
		return "is empty"
	case strings.ContainsRune(name, 0):
		return "holds a NUL"
	case strings.HasPrefix(name, "/"):
		return "is absolute"
	case driveLetter.MatchString(name):
		return "names a drive"
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return "leads out of the archive"
		}
	}
	return ""
}

// isTar knows a tar archive by its magic or, before there was one, by its name.
func isTar(head []byte, name string) bool {
	return len(head) >= 262 && bytes.Equal(head[257:262], []byte("ustar")) || strings.EqualFold(path.Ext(name), ".tar") && len(head) >= 512
}

// isZip knows a ZIP archive by its first entry or, if it has none, its end.
func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}
