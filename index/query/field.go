package query

import (
	"slices"
	"strings"
)

// The names of the fields that every corpus has.
const (
	Title     = "title"
	Text      = "text"
	Source    = "source"
	Author    = "author"
	Place     = "place"
	Site      = "site"
	Province  = "province"
	City      = "city"
	County    = "county"
	Script    = "script"
	Category  = "category"
	Rule      = "rule"
	Published = "published"
	Exact     = "exact"
	Cluster   = "cluster"
)

// The names of the fields of one mention, within count( ). Place, Category and
// Rule are fields of both.
const (
	CountTerm     = "term"
	CountSubtype  = "subtype"
	CountValue    = "value"
	CountLo       = "lo"
	CountHi       = "hi"
	CountAdcode   = "adcode"
	CountUnit     = "unit"
	CountModifier = "modifier"
	CountFlag     = "flag"
	CountCounted  = "counted"
	CountAsOf     = "as_of"
)

// Fields are the names of the fields that every corpus has.
func Fields() []string {
	return []string{
		Title, Text, Source, Author, Place, Site, Province, City, County, Script, Category, Rule, Published, Exact, Cluster,
	}
}

// CountFields are the names of the fields within count( ).
func CountFields() []string {
	return []string{
		Category, CountTerm, CountSubtype, CountValue, CountLo, CountHi, Place, CountAdcode, CountUnit,
		CountModifier, CountFlag, CountCounted, CountAsOf, Rule,
	}
}

// IsExtra reports whether name can be a field beside those of [Fields]: small
// ASCII letters, and after the first also digits, dots and hyphens.
func IsExtra(name string) bool {
	return isName(name) && strings.ToLower(name) == name && !slices.Contains(Fields(), name)
}

// fieldType says what may stand behind a field's name.
type fieldType int

const (
	wordsField  fieldType = iota // text in words
	keyField                     // matched whole
	countField                   // the id of a category: its terms, matched whole, or numbers
	numberField                  // numbers only
	dayField                     // days, months and years
	exactField                   // words and phrases as printed
	choiceField                  // one of a few words
)

// typeOf is the type of a field; within says that it is one of a mention.
func typeOf(name string, within bool) fieldType {
	switch name {
	case CountValue, CountLo, CountHi:
		if within {
			return numberField
		}
		return countField // a category of that name
	case "", Title, Text, Source, Author:
		return wordsField
	case Site, Province, City, County, Script, Category, Rule:
		return keyField
	case Published:
		return dayField
	case Exact:
		return exactField
	case Cluster:
		return choiceField
	}
	switch {
	case !within && name == Place:
		return wordsField
	case !within:
		return countField
	case name == CountAsOf:
		return dayField
	case name == CountCounted:
		return choiceField
	}
	return keyField
}

// choices are the words that a field of choiceField takes.
func choices(name string) []string {
	if name == Cluster {
		return []string{"all"}
	}
	return []string{"true", "false"}
}
