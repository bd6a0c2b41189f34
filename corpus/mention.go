package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Int64 is an integer that may be unknown.
type Int64 struct {
	N     int64
	Valid bool
}

// Some is a known integer.
func Some(n int64) Int64 { return Int64{n, true} }

// Modifier says how a number was hedged in print.
type Modifier string

// The modifiers, with the bounds they give for a printed N (inclusive).
const (
	Exact   Modifier = "exact"    // N to N
	Over    Modifier = "over"     // 1200余: 1200 to 1299; 超N: from N+1
	Under   Modifier = "under"    // 近N: to N; 不足N: to N-1
	About   Modifier = "about"    // 约N, N左右: no bounds
	AtLeast Modifier = "at_least" // N以上, 上百: from N
	AtMost  Modifier = "at_most"  // N以下: to N
	Range   Modifier = "range"    // 3至5, 几十: lo to hi, no value
	Masked  Modifier = "masked"   // X, ××, 若干: nothing known but a magnitude
)

// Count is what a numeral says. Bounds are inclusive.
type Count struct {
	Value, Lo, Hi Int64
	Modifier      Modifier
	Magnitude     Int64 // of a masked number: X万 has 10000
}

// Flag qualifies a mention.
type Flag string

// The flags. The last five exclude a mention from its document's total.
const (
	Joint        Flag = "joint"    // one number over several heads
	Headless     Flag = "headless" // the head is an antecedent
	After        Flag = "after"    // the later of a before-and-after pair
	Subtotal     Flag = "subtotal" // 其中…
	Distributive Flag = "distributive"
	PersonTimes  Flag = "person_times"
	Repeat       Flag = "repeat" // the same total again
	Before       Flag = "before" // 由19家增加到47家
)

// Flags are all flags, in their order.
func Flags() []Flag {
	return []Flag{Joint, Headless, After, Subtotal, Distributive, PersonTimes, Repeat, Before}
}

// Excludes reports whether a mention so flagged stays out of a total.
func (f Flag) Excludes() bool {
	switch f {
	case Subtotal, Distributive, PersonTimes, Repeat, Before:
		return true
	}
	return false
}

// Mention is one count of branches, cadres, checkpoints or the like. Spans
// are bytes of the document's Text, Raw of its RawText.
type Mention struct {
	Category string
	Subtype  string
	Head     string // as printed, modifiers that belong to it included
	Term     string // canonical and simplified: the head of the rule that matched
	Unit     string // the classifier as printed; empty when there is none

	Count      Count
	NumberText string // as printed, hedges included: 近40余

	Span     Span // smallest that covers number, classifier and head
	Number   Span
	HeadSpan Span
	UnitSpan Span // empty when there is no classifier
	Raw      Span // of Span
	Sentence Span

	Place       string // whose count it is: the name of a division, simplified
	Adcode      string // its GB/T 2260 code; of a town or village its county's; may be empty
	PlaceSource string // subject, scope, speaker, sender or document
	AsOf        Date   // the day of which it counts, where the text names one: 截至2月23日
	HasAsOf     bool

	Flags       []Flag
	Counted     bool
	ExcludedBy  string
	RuleID      string
	RuleVersion int
}

// HasFlag reports whether m carries f.
func (m *Mention) HasFlag(f Flag) bool {
	for _, g := range m.Flags {
		if g == f {
			return true
		}
	}
	return false
}

// MentionID names a mention: the first 32 hex digits of the SHA-256 of its
// document, its category and the span of its number in code points. It stays
// the same when rules change what else they say of that number.
func MentionID(docID, category string, numberStart, numberEnd int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d", docID, category, numberStart, numberEnd))
	return hex.EncodeToString(sum[:16])
}
