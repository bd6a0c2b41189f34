package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonError is what is wrong with a line, at a byte of it.
type jsonError struct {
	offset int
	msg    string
}

func (e *jsonError) Error() string { return e.msg }

// parseObject splits a JSON object into its members, in their order, without
// decoding their values. A name that stands twice is an error: of which of the
// two a reader takes, nobody can know.
func parseObject(line []byte) (fields, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(line, &whole); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, &jsonError{int(min(max(0, syntax.Offset-1), int64(len(line)))), err.Error()}
		}
		return nil, &jsonError{0, err.Error()}
	}
	s := scanner{line: line}
	if s.space(); s.line[s.at] != '{' {
		return nil, &jsonError{s.at, "not an object"}
	}
	return s.members()
}

// scanner walks over JSON that is known to be valid.
type scanner struct {
	line []byte
	at   int
}

func (s *scanner) space() {
	for s.at < len(s.line) && (s.line[s.at] == ' ' || s.line[s.at] == '\t' || s.line[s.at] == '\r' || s.line[s.at] == '\n') {
		s.at++
	}
}

func (s *scanner) members() (out fields, err error) {
	seen := make(map[string]bool)
	for s.at++; ; {
		s.space()
		switch s.line[s.at] {
		case '}':
			return out, nil
		case ',':
			s.at++
			continue
		}
		start := s.at
		s.str()
		name, _ := unquote(s.line[start:s.at])
		if seen[string(name)] {
			return nil, &jsonError{start, fmt.Sprintf("the name %q stands twice", name)}
		}
		seen[string(name)] = true
		s.space()
		s.at++ // the colon
		s.space()
		start = s.at
		s.value()
		out = append(out, &field{name: string(name), json: bytes.TrimRight(s.line[start:s.at:s.at], " \t\r\n")})
	}
}

// str goes behind a string.
func (s *scanner) str() {
	for s.at++; s.line[s.at] != '"'; s.at++ {
		if s.line[s.at] == '\\' {
			s.at++
		}
	}
	s.at++
}

// value goes behind a value.
func (s *scanner) value() {
	depth := 0
	for ; s.at < len(s.line); s.at++ {
		switch s.line[s.at] {
		case '"':
			s.str()
			s.at--
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 {
				return
			}
			depth--
		case ',':
			if depth == 0 {
				return
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			s.at++
			return
		}
	}
}

// unquote decodes a JSON string. Bytes that are no UTF-8 stay as they are. A
// surrogate that is escaped alone becomes U+FFFD, and lone is where in text
// that stands: encoding/json would do so without a word.
func unquote(quoted []byte) (text []byte, lone []int) {
	body := quoted[1 : len(quoted)-1]
	text = make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		if body[i] != '\\' {
			j := i + 1
			for j < len(body) && body[j] != '\\' {
				j++
			}
			text = append(text, body[i:j]...)
			i = j
			continue
		}
		if body[i+1] != 'u' {
			text = append(text, escapes[body[i+1]])
			i += 2
			continue
		}
		r, n := escaped(body[i:])
		if r == utf8.RuneError && n < 0 {
			lone, n = append(lone, len(text)), -n
		}
		text = utf8.AppendRune(text, r)
		i += n
	}
	return text, lone
}

var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escaped decodes \uXXXX, or two of them. For a lone surrogate the length is
// negative.
func escaped(s []byte) (r rune, n int) {
	const size = len(`\u0000`)
	r = hex4(s)
	if !utf16.IsSurrogate(r) {
		return r, size
	}
	if rest := s[size:]; len(rest) >= size && rest[0] == '\\' && rest[1] == 'u' {
		if pair := utf16.DecodeRune(r, hex4(rest)); pair != utf8.RuneError {
			return pair, 2 * size
		}
	}
	return utf8.RuneError, -size
}

func hex4(s []byte) rune {
	n, err := strconv.ParseUint(string(s[2:6]), 16, 32)
	if err != nil {
		return utf8.RuneError // not in valid JSON
	}
	return rune(n)
}
