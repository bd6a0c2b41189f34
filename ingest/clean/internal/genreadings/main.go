// Command genreadings writes readings.txt: the tone-marked readings of every
// Han character of the Basic Multilingual Plane, from the dictionary of
// github.com/mozillazg/go-pinyin (MIT), itself made from pinyin-data. One
// line a character, sorted by code point, so that a look-up is a binary search
// over the lines and nothing is parsed at start.
package main

import (
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"

	"github.com/mozillazg/go-pinyin"
)

func main() {
	var b bytes.Buffer
	for _, r := range slices.Sorted(maps.Keys(pinyin.PinyinDict)) {
		if r <= 0xFFFF {
			fmt.Fprintf(&b, "%c%s\n", r, pinyin.PinyinDict[r])
		}
	}
	out := "readings.txt"
	if len(os.Args) > 1 {
		out = os.Args[1]
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
