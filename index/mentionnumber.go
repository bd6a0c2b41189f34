package index

import "strconv"

// Numbers have keys on several levels: one of the number itself, and of what it
// begins with (45 and 4 of 4567). A range is then a few hundred keys at most,
// most of them side by side, however many numbers are in the index. The
// beginning without the last digit has no key: ten numbers are few.

// maxLength is how many digits an int64 has at most.
const maxLength = 19

// wholeNumber is the level of the number itself.
const wholeNumber = "="

// levels are how many digits of a number of so many have a key, all of them
// first.
func levels(length int) []int {
	out := []int{length}
	for n := max(length-2, 1); n >= 1 && n < length; n-- {
		out = append(out, n)
	}
	return out
}

// numberLevels are the keys of a number.
func numberLevels(n uint64) []string {
	digits := strconv.FormatUint(n, 10)
	var out []string
	for _, level := range levels(len(digits)) {
		out = append(out, levelKey(level, len(digits), digits[:level]))
	}
	return out
}

// levelKey is the key of the first digits of a number of so many.
func levelKey(level, length int, digits string) string {
	if level == length {
		return wholeNumber + lengthLetter(length) + digits
	}
	return lengthLetter(level) + lengthLetter(length) + digits
}

// keySpan is the keys from one to another. Both stand for all that begins with
// them.
type keySpan struct{ from, to string }

// cover is the keys of all numbers from lo to hi. They lie side by side in a few
// spans, and each number has a key in one of them.
func cover(lo, hi uint64) []keySpan {
	var out []keySpan
	top := -1 // the span of first digits, which reaches over all lengths
	for length := 1; length <= maxLength; length++ {
		from, to := max(lo, power(length-1)), min(hi, power(length)-1)
		if length == 1 {
			from = lo
		}
		if from > to {
			continue
		}
		coverLength(length, from, to, func(level int, from, to uint64) {
			s := keySpan{levelKey(level, length, strconv.FormatUint(from, 10)), levelKey(level, length, strconv.FormatUint(to, 10))}
			switch {
			case level > 1 || length == 1:
				out = append(out, s)
			case top < 0:
				top = len(out)
				out = append(out, s)
			default:
				out[top].to = s.to
			}
		})
	}
	return out
}

// coverLength gives emit the beginnings that make up the numbers from lo to hi,
// which have all the same length: the ends digit by digit, what lies between
// them as coarsely as can be.
func coverLength(length int, lo, hi uint64, emit func(level int, from, to uint64)) {
	all := levels(length)
	for i, level := range all {
		if i == len(all)-1 {
			emit(level, lo, hi)
			return
		}
		ratio := power(level - all[i+1])
		from, end := (lo+ratio-1)/ratio, (hi+1)/ratio // of what is coarser
		if from >= end {
			emit(level, lo, hi)
			return
		}
		if lo < from*ratio {
			emit(level, lo, from*ratio-1)
		}
		if end*ratio <= hi {
			emit(level, end*ratio, hi)
		}
		lo, hi = from, end-1
	}
}

// power is ten multiplied n times.
func power(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
