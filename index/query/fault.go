package query

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Kind is what is wrong with a query, for those who say it in another language:
// see [SyntaxError.In].
type Kind string

// The kinds, with the parts that a text of them can name.
const (
	NotUTF8           Kind = "not_utf8"
	TooLong           Kind = "too_long" // the most bytes
	TooDeep           Kind = "too_deep"
	TooManyTerms      Kind = "too_many_terms" // the most terms
	LongTerm          Kind = "long_term"      // the most characters
	EmptyQuery        Kind = "empty_query"
	EmptyTerm         Kind = "empty_term"
	NoTerm            Kind = "no_term"
	NoTermAfter       Kind = "no_term_after" // the field; what may stand there
	LoneOperator      Kind = "lone_operator" // the operator
	LoneSign          Kind = "lone_sign"     // the sign, quoted
	LoneClose         Kind = "lone_close"
	LoneBackslash     Kind = "lone_backslash"
	OpenGroup         Kind = "open_group"
	OpenQuote         Kind = "open_quote" // the quote that ends it
	OpenSlash         Kind = "open_slash"
	OpenRange         Kind = "open_range"
	NoField           Kind = "no_field" // the name, quoted; the fields
	FieldMissing      Kind = "field_missing"
	Boost             Kind = "boost"
	BoostedPhrase     Kind = "boosted_phrase"
	WildcardAlone     Kind = "wildcard_alone"
	WildcardFuzzy     Kind = "wildcard_fuzzy"
	FuzzyEnd          Kind = "fuzzy_end"
	FuzzyDistance     Kind = "fuzzy_distance"
	NearDistance      Kind = "near_distance" // the most characters
	NoDistance        Kind = "no_distance"   // the field
	RegexpEnd         Kind = "regexp_end"
	BadRegexp         Kind = "bad_regexp" // what Go's regexp says
	RangeEnd          Kind = "range_end"
	RangeShape        Kind = "range_shape"
	RangeBracket      Kind = "range_bracket" // the bracket, quoted; itself
	RangeWithoutField Kind = "range_without_field"
	NoRange           Kind = "no_range" // the field
	NoValue           Kind = "no_value"
	EmptyRange        Kind = "empty_range"
	NotDay            Kind = "not_day"      // the field
	NotNumber         Kind = "not_number"   // the field
	NotChoice         Kind = "not_choice"   // the field; what it takes, with "or" between; the same with commas
	NoSuchTerm        Kind = "no_such_term" // the field
	NotExact          Kind = "not_exact"
	CountOfWords      Kind = "count_of_words"
	CountWithin       Kind = "count_within"
	CountInField      Kind = "count_in_field"
	PartialUnfold     Kind = "partial_unfold"
)

// fault is what an error of a kind says. {0}, {1} … are its parts.
type fault struct{ msg, hint string }

const (
	fuzzyHint  = `write word~1 or word~2; \~ is the character itself`
	rangesHint = "for example [2020-01-01 TO 2020-03-31], or [100 TO *]"
)

var faults = map[Kind]fault{
	NotUTF8:           {"the query is not valid UTF-8", ""},
	TooLong:           {"the query is longer than {0} bytes", ""},
	TooDeep:           {"parentheses are nested too deep", ""},
	TooManyTerms:      {"the query has more than {0} terms", ""},
	LongTerm:          {"this term is longer than {0} characters", ""},
	EmptyQuery:        {"the query is empty", everything + " finds every article"},
	EmptyTerm:         {"this term is empty", ""},
	NoTerm:            {"a term is missing here", ""},
	NoTermAfter:       {"a term is missing after {0}:", "for example {0}:{1}"},
	LoneOperator:      {"{0} needs a term on either side", `write \{0} to search for the word`},
	LoneSign:          {"{0} must stand right before a term", "put a backslash before it to search for it as text"},
	LoneClose:         {"this parenthesis closes nothing", `write \) to search for it as text`},
	LoneBackslash:     {"nothing follows the backslash", `write \\ for a backslash`},
	OpenGroup:         {"this parenthesis is never closed", "end the group with )"},
	OpenQuote:         {"this quote is never closed", "end the phrase with {0}"},
	OpenSlash:         {"this slash is never closed", `end the expression with /; write \/ for a slash`},
	OpenRange:         {"this range is never closed", rangesHint},
	NoField:           {"there is no field {0}", `fields are {1}; write \: for a colon in the text`},
	FieldMissing:      {"a field is missing before this term", "for example count(category:checkpoint value:>=100 place:百色)"},
	Boost:             {"boosts are not supported", `every term weighs what is rare in it; write \^ to search for it as text`},
	BoostedPhrase:     {"boosts are not supported", "every term weighs what is rare in it"},
	WildcardAlone:     {"a wildcard needs some text beside it", everything + " finds every article"},
	WildcardFuzzy:     {"a wildcard cannot be fuzzy as well", "use one of both"},
	FuzzyEnd:          {"a fuzzy term ends with ~ and a number", fuzzyHint},
	FuzzyDistance:     {"a fuzzy term differs in 1 or 2 characters", fuzzyHint},
	NearDistance:      {"~ needs the number of characters that may stand between, at most {0}", `for example "a b"~5, or "a b"~>5 in this order`},
	NoDistance:        {"{0}: is matched whole and knows no distance", ""},
	RegexpEnd:         {"a regular expression ends with the slash", `write \/ for a slash within it`},
	BadRegexp:         {"{0}", `write \/ to search for a slash as text`},
	RangeEnd:          {"a range ends with its bracket", "put a space behind the range"},
	RangeShape:        {"a range is two values with TO between them", rangesHint},
	RangeBracket:      {"{0} ends no range", `write \{1} to search for it as text`},
	RangeWithoutField: {"a range needs a field", "for example published:>=2020 or branch:[5 TO 20]"},
	NoRange:           {"{0}: takes no range", "for example published:>=2020 or branch:[5 TO 20]"},
	NoValue:           {"a value is missing here", "for example published:>=2020 or branch:>100"},
	EmptyRange:        {"nothing lies in this range", "the lesser bound stands first"},
	NotDay:            {"{0}: takes a day, a month or a year", "for example {0}:2020-03, {0}:>=2020 or {0}:[2020-01-01 TO 2020-03-31]"},
	NotNumber:         {"this is no number", "in digits, for example {0}:>=1200 or {0}:[5 TO 20]"},
	NotChoice:         {"{0}: does not know this", "write {1}"},
	NoSuchTerm:        {"{0}: takes no such term", "within count( ) use words, phrases, wildcards and ranges"},
	NotExact:          {"exact: takes a word or a phrase", `for example exact:臨時黨支部 or exact:"臨時 黨支部"`},
	CountOfWords:      {"count( ) takes fields only", "for example count(category:checkpoint value:*)"},
	CountWithin:       {"count( ) cannot stand within count( )", ""},
	CountInField:      {"count( ) has fields of its own and takes none before it", ""},
	PartialUnfold:     {"cluster:all is about the whole query", "put it at the end: (a OR b) cluster:all"},
}

// Kinds are all kinds, in the order of their names.
func Kinds() []Kind { return slices.Sorted(maps.Keys(faults)) }

// newError says that src is wrong at a byte.
func newError(k Kind, src string, offset int, parts ...string) *SyntaxError {
	e := &SyntaxError{Query: src, Offset: offset, Kind: k, Parts: parts}
	return e.In(faults[k].msg, faults[k].hint)
}

// In is the error in other words, in which {0}, {1} … are its parts.
func (e *SyntaxError) In(msg, hint string) *SyntaxError {
	var pairs []string
	for i, part := range e.Parts {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", part)
	}
	fill := strings.NewReplacer(pairs...)
	said := *e
	said.Msg, said.Hint = fill.Replace(msg), fill.Replace(hint)
	return &said
}
