package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Problem is something wrong with a rule file.
type Problem struct {
	File string
	Line int // 0 when it is the whole file
	Msg  string
}

// Error is file:line: message.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Msg
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Msg)
}

// word is a scalar of a rule file and where it stands.
type word struct {
	text string
	file string
	line int
	base bool // of rules over which others were put: see Rules.Over
}

// problem says what is wrong with the word.
func (w word) problem(format string, args ...any) Problem {
	return Problem{w.file, w.line, fmt.Sprintf(format, args...)}
}

func (w word) place() string { return fmt.Sprintf("%s:%d", w.file, w.line) }

// words are the scalars of a rule file by the path of their key, each path's in
// the order of the file: "heads" has the heads that are written as words,
// "heads.term" the others.
type words map[string][]word

// based is the same words, marked as those of rules that others were put over.
func (ws words) based() words {
	out := words{}
	for path, list := range ws {
		for _, w := range list {
			w.base = true
			out[path] = append(out[path], w)
		}
	}
	return out
}

// and is the words of both, path by path.
func (ws words) and(more words) words {
	out := words{}
	for _, from := range []words{ws, more} {
		for path, list := range from {
			out[path] = append(out[path], list...)
		}
	}
	return out
}

// add enters the scalars under a node.
func (ws words) add(file, path string, n *yaml.Node) {
	switch n.Kind {
	case yaml.AliasNode:
		ws.add(file, path, n.Alias)
	case yaml.ScalarNode:
		w := word{text: n.Value, file: file, line: n.Line}
		if isNull(n) {
			w.text = ""
		}
		ws[path] = append(ws[path], w)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			ws.add(file, path, item)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if value := n.Content[i+1]; !isNull(value) { // a key with nothing behind it
				ws.add(file, strings.TrimPrefix(path+"."+n.Content[i].Value, "."), value)
			}
		}
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// decode reads the one mapping of a rule file into a struct and returns its
// words. Whatever is not as the struct has it is refused; the error joins a
// Problem for each.
func decode(file string, src []byte, into any) (words, error) {
	if p := unreadable(file, src); p != nil {
		return nil, p
	}
	root, err := document(file, src)
	if err != nil {
		return nil, err
	}
	if err := root.Decode(into); err != nil {
		return nil, located(file, err)
	}
	// Behind Decode, which has refused anchors that hold themselves. It knows
	// nothing of unknown keys below a type with an UnmarshalYAML of its own.
	if unknown := unknownKeys(file, root, reflect.TypeOf(into)); len(unknown) > 0 {
		return nil, errors.Join(unknown...)
	}
	found := words{}
	found.add(file, "", root)
	return found, nil
}

// unreadable finds what yaml refuses without saying where or why.
func unreadable(file string, src []byte) error {
	number := 0
	for line := range bytes.Lines(src) {
		number++
		if !utf8.Valid(line) {
			return Problem{file, number, "not valid UTF-8"}
		}
		text := bytes.TrimLeft(line, " ")
		if text = bytes.TrimRight(text, " \t\r\n"); bytes.HasPrefix(text, []byte("\t")) {
			return Problem{file, number, "a tab in the indentation: YAML takes spaces only"}
		}
	}
	return nil
}

// document is the mapping of which a file consists.
func document(file string, src []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(src))
	var first, second yaml.Node
	switch err := d.Decode(&first); {
	case err == io.EOF:
		return nil, Problem{file, 1, "the file is empty"}
	case err != nil:
		return nil, located(file, err)
	}
	switch err := d.Decode(&second); {
	case err == nil:
		return nil, Problem{file, second.Line, "a second document begins: a rule file has one"}
	case err != io.EOF:
		return nil, located(file, err)
	}
	root := first.Content[0]
	if isNull(root) {
		return nil, Problem{file, 1, "the file is empty"}
	}
	if root.Kind != yaml.MappingNode {
		return nil, Problem{file, root.Line, "a rule file is a mapping of keys to values"}
	}
	return root, nil
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

// located is an error of yaml with the file and, where yaml says it, the line;
// types are called by names that do not come from Go.
func located(file string, err error) error {
	messages := []string{err.Error()}
	var several *yaml.TypeError
	if errors.As(err, &several) {
		messages = several.Errors
	}
	var all []error
	for _, msg := range messages {
		p := Problem{File: file, Msg: strings.TrimPrefix(msg, "yaml: ")}
		if m := yamlLine.FindStringSubmatch(msg); m != nil {
			p.Line, _ = strconv.Atoi(m[1]) // digits
			p.Msg = m[2]
		}
		if m := yamlType.FindStringSubmatch(p.Msg); m != nil {
			p.Msg = fmt.Sprintf("%s%s where %s should be", yamlTags[m[1]], m[2], kindOf(m[3]))
		}
		all = append(all, p)
	}
	return errors.Join(all...)
}

var (
	yamlType = regexp.MustCompile("^cannot unmarshal !!(\\w+)( `.*`)? into (.+)$")
	yamlTags = map[string]string{"str": "the word", "int": "the number", "float": "the number", "bool": "the truth value", "timestamp": "the date", "seq": "a list", "map": "a mapping"}
)

// kindOf is what an analyst calls the Go type in an error of yaml.
func kindOf(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "int"):
		return "a whole number"
	case goType == "bool":
		return "true or false"
	case goType == "string", goType == "extract.Pattern":
		return "a word"
	}
	return "a mapping"
}

// unknownKeys are problems of keys of a node that a type's fields do not have.
func unknownKeys(file string, n *yaml.Node, t reflect.Type) []error {
	if t.Kind() == reflect.Pointer {
		return unknownKeys(file, n, t.Elem())
	}
	var out []error
	switch {
	case n.Kind == yaml.AliasNode:
		return unknownKeys(file, n.Alias, t)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, item := range n.Content {
			out = append(out, unknownKeys(file, item, t.Elem())...)
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		names, types := keys(t)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if field := types[key.Value]; field != nil {
				out = append(out, unknownKeys(file, n.Content[i+1], field)...)
			} else {
				out = append(out, Problem{file, key.Line, fmt.Sprintf("unknown key %q (one of %s)", key.Value, strings.Join(names, ", "))})
			}
		}
	}
	return out
}

// keys are the YAML keys of a struct, in its order, with the types of their
// values.
func keys(t reflect.Type) (names []string, types map[string]reflect.Type) {
	types = map[string]reflect.Type{}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && f.Tag.Get("yaml") != "-" {
			names = append(names, f.Tag.Get("yaml"))
			types[f.Tag.Get("yaml")] = f.Type
		}
	}
	return names, types
}
