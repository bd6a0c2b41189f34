package segment

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"jianbao/segment/script"
)

// DictError is a bad line of a user dictionary.
type DictError struct {
	File string
	Line int // from 1 on
	Err  error
}

func (e *DictError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap is what is wrong with the line.
func (e *DictError) Unwrap() error { return e.Err }

// maxLine bounds a line of a dictionary, in bytes.
const maxLine = 4096

// ReadDictionary reads a user dictionary in gse's format: on each line a word,
// its frequency and its part of speech, with white space between them. The
// last may be left out, or both: the frequency is then 2, as gse has it under
// LoadNoFreq. As in gse the frequency of a single character is always 2. Words
// may be in either script, they are folded. Blank lines, lines that begin with
// # and a byte order mark are passed over.
//
// The error is a *DictError that calls the file name for the first line that
// is not so, where gse would skip it: more than three fields, a text that
// With refuses, a frequency that is not a number from 2 to 1e15. Any other
// error comes from r.
func ReadDictionary(r io.Reader, name string) ([]Word, error) {
	// A segmenter is asked for the units of words alone.
	s, err := Open()
	if err != nil {
		return nil, err
	}
	var words []Word
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := lines.Text()
		if n == 1 {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		w, err := parseWord(line)
		if err == nil {
			err = s.checkUserWord(w)
		}
		if err != nil {
			return nil, &DictError{File: name, Line: n, Err: err}
		}
		words = append(words, w)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, &DictError{File: name, Line: n + 1, Err: fmt.Errorf("longer than %d bytes: %w", maxLine, ErrWord)}
	case err != nil:
		return nil, fmt.Errorf("read dictionary %s: %w", name, err)
	}
	return words, nil
}

func parseWord(line string) (Word, error) {
	fields := strings.Fields(line)
	if len(fields) > 3 {
		return Word{}, fmt.Errorf("%d fields where word, frequency and part of speech are due: %w", len(fields), ErrWord)
	}
	w := Word{Text: script.Fold(fields[0]).Text, Frequency: minFrequency}
	if len(fields) > 1 {
		f, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return w, fmt.Errorf("the frequency %q is not a number: %w", fields[1], ErrWord)
		}
		// What is refused stays, so that the error can say it.
		if utf8.RuneCountInString(w.Text) > 1 || !(f >= minFrequency && f <= maxFrequency) {
			w.Frequency = f
		}
	}
	if len(fields) > 2 {
		w.Tag = fields[2]
	}
	return w, nil
}
