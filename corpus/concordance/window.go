package concordance

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxWindow is the largest window, more than any article has.
const MaxWindow = 1 << 30

// ParseWindow reads a number of characters (40) or of words (8w).
func ParseWindow(s string) (Window, error) {
	number, inWords := strings.CutSuffix(s, "w")
	size, err := strconv.Atoi(number)
	if err != nil || size < 0 || size > MaxWindow {
		return Window{}, fmt.Errorf("window %q is not a number of characters (40) or of words (8w)", s)
	}
	return Window{Size: size, Words: inWords}, nil
}

func (w Window) String() string {
	if w.Words {
		return strconv.Itoa(w.Size) + "w"
	}
	return strconv.Itoa(w.Size)
}
