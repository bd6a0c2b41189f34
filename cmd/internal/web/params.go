package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode"
)

// numberOf reads a parameter that is a number from least to most; where it is
// missing, it is other.
func numberOf(r *http.Request, name string, other, least, most int) (int, error) {
	text := r.FormValue(name)
	if text == "" {
		return other, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, requestError{fmt.Sprintf("%s must be a number from %d to %d", name, least, most)}
	}
	return n, nil
}

// flag reads a parameter that is on or off.
func flag(r *http.Request, name string) (bool, error) {
	text := r.FormValue(name)
	if text == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(text)
	if err != nil {
		return false, requestError{name + " must be true or false"}
	}
	return on, nil
}

// queryOf reads a parameter that is a query, which may be missing.
func queryOf(r *http.Request, name string) (string, error) {
	q := strings.TrimSpace(r.FormValue(name))
	if len(q) > maxQuery {
		return "", requestError{fmt.Sprintf("%s has more than %d bytes", name, maxQuery)}
	}
	return q, nil
}

// wordsOf are the words of a text, with commas, other marks of lists or white
// space between them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",，、;；", r) })
}
