package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"jianbao/corpus/table"
)

// whyMention says in a language what made a mention: how number and noun stand
// to each other, how the number is hedged, what says whose the count is, and
// what keeps it out of a total.
func whyMention(l lang, m table.Mention) []string {
	pattern := m.RuleID[strings.LastIndexByte(m.RuleID, '/')+1:]
	var out []string
	add := func(key, value string) {
		if text := l.text(key); text != key {
			out = append(out, strings.NewReplacer("{term}", visible(m.Term), "{value}", value).Replace(text))
		}
	}
	add("pattern."+pattern, "")
	add("modifier."+m.Modifier, "")
	if m.Place != "" {
		add("placed."+m.PlaceSource, shorten(m.Place, 40))
	}
	if !m.Counted {
		add("kept.out", l.text("flag."+m.ExcludedBy))
	}
	return out
}

// rulesAddress is the page of rules with a sentence; empty when no link can hold
// it.
func rulesAddress(sentence string) string {
	if strings.TrimSpace(sentence) == "" || utf8.RuneCountInString(sentence) > maxLinkText {
		return ""
	}
	address := url.URL{Path: "/rules", RawQuery: url.Values{"text": {sentence}}.Encode()}
	return address.String()
}
