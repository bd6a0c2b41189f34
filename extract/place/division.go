package place

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Level is the rank of a place.
type Level uint8

// The levels, from the top. A city is any division of the second rank, also a
// prefecture, league or autonomous prefecture; a town includes townships and
// subdistricts; a village includes communities and housing estates.
const (
	Unknown Level = iota
	Province
	City
	County
	Town
	Village
)

var levelNames = [...]string{"unknown", "province", "city", "county", "town", "village"}

// String is the level in English, in lower case.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return fmt.Sprintf("level(%d)", uint8(l))
}

// Division is a row of GB/T 2260.
type Division struct {
	Code   string // six digits
	Name   string // in full: 湘潭市
	Level  Level  // Province, City or County
	Parent string // code of the division above; empty for a province
}

// parseDivisions reads lines of a code, a space and a name, ordered by code.
func parseDivisions(text string) ([]Division, error) {
	all := make([]Division, 0, strings.Count(text, "\n"))
	line := 0
	for len(text) > 0 {
		row, rest, _ := strings.Cut(text, "\n")
		text = rest
		line++
		if strings.HasPrefix(row, "#") {
			continue
		}
		code, name, ok := strings.Cut(row, " ")
		if !ok || !isCode(code) || utf8.RuneCountInString(name) < 2 {
			return nil, fmt.Errorf("read divisions: line %d: want a code of 6 digits and a name", line)
		}
		if n := len(all); n > 0 && all[n-1].Code >= code {
			return nil, fmt.Errorf("read divisions: line %d: code %s is not behind %s", line, code, all[n-1].Code)
		}
		all = append(all, Division{Code: code, Name: name, Level: levelOf(code)})
	}
	return all, nil
}

func isCode(s string) bool {
	return len(s) == 6 && strings.Trim(s, "0123456789") == ""
}

func levelOf(code string) Level {
	switch {
	case code[2:] == "0000":
		return Province
	case code[4:] == "00":
		return City
	}
	return County
}

// peoples end the names of autonomous divisions: 通道|侗族自治县. The longest
// that fits is taken off, again and again.
var peoples = strings.Fields(`土家族 苗族 侗族 瑶族 壮族 回族 满族 蒙古族 蒙古 藏族 羌族 彝族 白族 傣族 景颇族 哈尼族
 傈僳族 拉祜族 佤族 布朗族 纳西族 怒族 独龙族 普米族 布依族 仡佬族 水族 毛南族 仫佬族 黎族 畲族 朝鲜族 土族 撒拉族
 东乡族 保安族 裕固族 哈萨克族 哈萨克 柯尔克孜 维吾尔 塔吉克 锡伯 达斡尔族 鄂温克族 各族 多民族`)

// autonomous end the names of divisions that a people is named in.
var autonomous = []string{"自治区", "自治州", "自治县", "自治旗"}

// plain end the names of all others, the longest first.
var plain = []string{"特别行政区", "地区", "林区", "特区", "新区", "矿区", "省", "市", "县", "区", "盟", "旗", "州"}

// shortName is a name without its kind: 湘潭市 → 湘潭, 通道侗族自治县 → 通道;
// empty when less than two characters are left.
func shortName(name string) string {
	short := name
	for _, kind := range autonomous {
		if stem, ok := strings.CutSuffix(name, kind); ok {
			short = withoutPeoples(stem)
		}
	}
	if short == name {
		for _, kind := range plain {
			if stem, ok := strings.CutSuffix(name, kind); ok {
				short = stem
				break
			}
		}
	}
	if short == name || utf8.RuneCountInString(short) < 2 {
		return ""
	}
	return short
}

// withoutPeoples takes the peoples off the end of a stem, as long as a name of
// two characters is left: 东乡族 → 东乡.
func withoutPeoples(stem string) string {
	for again := true; again; {
		again = false
		for _, p := range peoples {
			s, ok := strings.CutSuffix(stem, p)
			if ok && utf8.RuneCountInString(s) >= 2 {
				stem, again = s, true
				break
			}
		}
	}
	if s, ok := strings.CutSuffix(stem, "族"); ok && utf8.RuneCountInString(s) >= 2 {
		return s
	}
	return stem
}
