package script

import "fmt"

// Variant is a written form of Chinese.
type Variant int

// The variants, by the names that ParseVariant reads.
const (
	Hans Variant = iota // "hans": simplified
	Hant                // "hant": traditional, as OpenCC has it
	TW                  // "tw": traditional with the characters of Taiwan's standard
	HK                  // "hk": traditional with the characters of Hong Kong's standard
)

var variantNames = [...]string{"hans", "hant", "tw", "hk"}

// String is the name of v.
func (v Variant) String() string {
	if v < 0 || int(v) >= len(variantNames) {
		return fmt.Sprintf("Variant(%d)", int(v))
	}
	return variantNames[v]
}

// ParseVariant is the variant of a name.
func ParseVariant(name string) (Variant, error) {
	for v, n := range variantNames {
		if n == name {
			return Variant(v), nil
		}
	}
	return Hans, fmt.Errorf("unknown variant %q: want one of %v", name, variantNames)
}

// Convert writes s, in whichever script and mix of scripts, in the variant to:
// it folds s, and for the three traditional ones goes on as OpenCC's s2t, s2tw
// and s2hk do. Characters change, words do not: 信息 becomes 信息 and never
// 資訊. A text that is traditional already may change where several characters
// have one simplified form (里, 裏) and the phrases do not tell which is meant.
//
// Rune i of the result is rune i of s, and bytes that are not valid UTF-8 pass
// through.
func Convert(s string, to Variant) string {
	hans := Fold(s).Text
	switch to {
	case Hant:
		return Unfold(hans)
	case TW:
		return tables.apply(stepTW, Unfold(hans))
	case HK:
		return tables.apply(stepHK, Unfold(hans))
	}
	return hans
}
