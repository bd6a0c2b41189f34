package main

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"unicode"
)

const (
	magic   = "JBRC\x00\x00\x00\x01"
	minGain = 1.0 // nats by which a pair must beat two words that merely meet
)

// encode lays out the sections that package recode reads: see its model.go.
func encode(s statistics, folds map[rune]rune) []byte {
	chars := slices.SortedFunc(maps.Keys(s.chars), func(a, b rune) int {
		return cmp.Or(cmp.Compare(s.chars[b], s.chars[a]), cmp.Compare(a, b))
	})
	chars = slices.DeleteFunc(chars, func(r rune) bool { return r > 0xFFFF })
	ids := map[rune]uint16{}
	for i, r := range chars {
		ids[r] = uint16(i + 1)
	}
	rows, seconds, costs := pairTable(s, chars, ids)

	le := binary.LittleEndian
	out := []byte(magic)
	out = le.AppendUint32(out, uint32(len(chars)+1))
	out = le.AppendUint32(out, uint32(len(seconds)))
	for r := rune(0); r <= 0xFFFF; r++ {
		out = le.AppendUint16(out, idOf(r, ids, folds))
	}
	out = appendGBK(out)
	out = append(out, 255)
	for _, r := range chars {
		out = append(out, quantised(s.start(r)))
	}
	out = append(out, 255)
	for _, r := range chars {
		out = append(out, quantised(s.end(r)))
	}
	for _, at := range rows {
		out = le.AppendUint32(out, at)
	}
	for _, id := range seconds {
		out = le.AppendUint16(out, id)
	}
	out = append(out, costs...)
	return append(out, suspects()...)
}

// suspects has a bit for each character whose bytes in GBK are the first two of
// a character of Chinese, or of its punctuation, in UTF-8.
func suspects() []byte {
	bits := make([]byte, 1<<13)
	for lead := 0xE2; lead <= 0xEF; lead++ {
		for trail := 0x80; trail <= 0xBF; trail++ {
			if r := decodePair(byte(lead), byte(trail)); r > 0 && (lead <= 0xE9 || lead == 0xEF) {
				bits[r>>3] |= 1 << (r & 7)
			}
		}
	}
	return bits
}

// idOf is the number of r itself or of its simplified form.
func idOf(r rune, ids map[rune]uint16, folds map[rune]rune) uint16 {
	if to, ok := folds[r]; ok && ids[to] > 0 {
		return ids[to]
	}
	return ids[r]
}

// pairTable lists, row by row of the first character, the second characters in
// ascending order and what they cost.
func pairTable(s statistics, chars []rune, ids map[rune]uint16) (rows []uint32, seconds []uint16, costs []byte) {
	next := map[rune][]rune{}
	for p := range s.pairs {
		if ids[p[0]] > 0 && ids[p[1]] > 0 {
			next[p[0]] = append(next[p[0]], p[1])
		}
	}
	rows = append(rows, 0, 0) // number 0 is no character
	for _, r := range chars {
		slices.SortFunc(next[r], func(a, b rune) int { return cmp.Compare(ids[a], ids[b]) })
		for _, n := range next[r] {
			p := s.follow(r, n)
			if math.Log(p/(s.end(r)*s.start(n))) < minGain {
				continue
			}
			seconds = append(seconds, ids[n])
			costs = append(costs, quantised(p))
		}
		rows = append(rows, uint32(len(seconds)))
	}
	return rows, seconds, costs
}

// quantised is -log p in sixteenths of a nat.
func quantised(p float64) byte {
	return byte(min(255, max(0, math.Round(-16*math.Log(p)))))
}

// appendGBK writes for each character its pair of bytes, then for each pair
// its character. Private-use characters only have the first: text that was
// decoded wrongly holds them, text that is right does not.
func appendGBK(out []byte) []byte {
	toPair := make([]uint16, 1<<16)
	toRune := make([]uint16, 0, 126*192)
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFF; trail++ {
			r := decodePair(byte(lead), byte(trail))
			if r > 0 && toPair[r] == 0 {
				toPair[r] = uint16(lead<<8 | trail)
			}
			if unicode.Is(unicode.Co, r) {
				r = 0
			}
			toRune = append(toRune, uint16(r))
		}
	}
	for _, table := range [][]uint16{toPair, toRune} {
		for _, v := range table {
			out = binary.LittleEndian.AppendUint16(out, v)
		}
	}
	return out
}
