// Command gencost writes cost.txt: how many bits a character of running
// Chinese costs, that is -log2 of its share, rounded. One line a cost, its
// characters in the order of code points; what is rarer than maxBits is left
// out.
//
// The shares are those of the words of gse's dictionaries of simplified and of
// traditional Chinese, each weighted with its frequency; a character of both
// scripts has the greater share. It runs in the folder of package charset, by
// "go generate"; an argument names another file to write.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const maxBits = 19

func main() {
	out := "cost.txt"
	if len(os.Args) > 1 {
		out = os.Args[1]
	}
	if err := run(out); err != nil {
		fmt.Fprintln(os.Stderr, "gencost:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		return fmt.Errorf("find gse: %w", err)
	}
	best := make(map[rune]float64)
	for _, name := range []string{"s_1.txt", "t_1.txt"} {
		shares, err := shares(filepath.Join(strings.TrimSpace(string(module)), "data", "dict", "zh", name))
		if err != nil {
			return err
		}
		for r, share := range shares {
			best[r] = max(best[r], share)
		}
	}
	return os.WriteFile(out, lines(best), 0o644)
}

// shares is how much of running text each Han character is, by the words of a
// dictionary with lines of word, frequency and part of speech.
func shares(path string) (map[rune]float64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	counts, total := make(map[rune]float64), 0.0
	for in := bufio.NewScanner(f); ; {
		if !in.Scan() {
			for r := range counts {
				counts[r] /= total
			}
			return counts, in.Err()
		}
		word, rest, _ := strings.Cut(in.Text(), " ")
		frequency, _, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseFloat(frequency, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", path, in.Text(), err)
		}
		for _, r := range word {
			if unicode.Is(unicode.Han, r) && r <= 0xFFFF {
				counts[r] += n
				total += n
			}
		}
	}
}

func lines(shares map[rune]float64) []byte {
	byCost := make(map[int][]rune)
	for r, share := range shares {
		if bits := int(math.Round(-math.Log2(share))); bits <= maxBits {
			byCost[bits] = append(byCost[bits], r)
		}
	}
	var b bytes.Buffer
	for _, bits := range slices.Sorted(maps.Keys(byCost)) {
		slices.Sort(byCost[bits])
		fmt.Fprintf(&b, "%d %s\n", bits, string(byCost[bits]))
	}
	return b.Bytes()
}
