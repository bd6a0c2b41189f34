package web

import (
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// lang is a language of the interface.
type lang string

const (
	english lang = "en"
	chinese lang = "zh"
)

func (l lang) other() lang {
	if l == chinese {
		return english
	}
	return chinese
}

// Tag is the language as HTML writes it.
func (l lang) Tag() string {
	if l == chinese {
		return "zh-Hans"
	}
	return "en"
}

// Name is the language in itself.
func (l lang) Name() string {
	if l == chinese {
		return "中文"
	}
	return "English"
}

// text is the text of a key; the key itself where there is none.
func (l lang) text(key string) string {
	m, ok := messages[key]
	switch {
	case !ok:
		return key
	case l == chinese:
		return m.zh
	}
	return m.en
}

// languageOf is the language of a request: that of its address, which the
// browser then keeps, of its cookie, or of the browser.
func languageOf(w http.ResponseWriter, r *http.Request) lang {
	if l := lang(r.URL.Query().Get("lang")); l == english || l == chinese {
		c := cookie(r, langCookie, string(l))
		c.MaxAge = int((365 * 24 * time.Hour).Seconds())
		http.SetCookie(w, c)
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil && (c.Value == string(english) || c.Value == string(chinese)) {
		return lang(c.Value)
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return english
	}
	for _, tag := range wanted {
		switch base, _ := tag.Base(); {
		case strings.EqualFold(base.String(), "zh"):
			return chinese
		case strings.EqualFold(base.String(), "en"):
			return english
		}
	}
	return english
}
