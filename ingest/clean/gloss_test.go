package clean

import "testing"

// cleaned is a line after one step.
func cleaned(text string, step func(string) []patch) string {
	d := draft{source: text, text: text}
	d.apply(step(text))
	return d.text
}

func TestGlosses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"habit of a site", "全縣(xiàn)36個(gè)檢(jiǎn)查點(diǎn)、個(gè)個(gè)有黨員", "全縣36個檢查點、個個有黨員"},
		{"full-width brackets", "應（yīng）對（duì）汛情", "應對汛情"},
		{"space inside", "會(huì )議(yì )室", "會議室"},
		{"toneless with a space", "縣(xian) 里開會(hui) ，縣(xian) 長說", "縣里開會，縣長說"},
		{"a lone honest gloss", "家住濄(guō)河边", "家住濄(guō)河边"},
		{"a lesson with common characters", "行(xíng)走的行(háng)家", "行(xíng)走的行(háng)家"},
		{"a lesson does not gloss each time", "樂(lè)事：樂是快樂(lè)，也是音樂", "樂(lè)事：樂是快樂(lè)，也是音樂"},
		{"not a reading", "個(abc)個(xyz)", "個(abc)個(xyz)"},
		{"abbreviations", "衛生組織(WHO)和聯合國(UN)", "衛生組織(WHO)和聯合國(UN)"},
		{"unclosed", "個(gè個(gè", "個(gè個(gè"},
	} {
		if got := cleaned(c.in, glossPatches); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReadings(t *testing.T) {
	for _, c := range []struct {
		char rune
		word string
		want bool
	}{
		{'黨', "dǎng", true}, {'黨', "dang", true}, {'黨', "DANG", true}, {'黨', "dáng", false},
		{'行', "háng", true}, {'旅', "lv", true}, {'綠', "lü", true}, {'〇', "líng", true},
		{'\u9FFF', "x", false}, {'a', "a", false}, {'\U0002A6D6', "zhé", false},
	} {
		if got := isReading(c.char, c.word); got != c.want {
			t.Errorf("isReading(%c, %s) = %v", c.char, c.word, got)
		}
	}
}

func TestDebris(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"zero width and marks", "党\u200b支\ufeff部\u2060", "党支部"},
		{"soft hyphen and controls", "干\u00ad部\u0007\u0085", "干部"},
		{"no-break space", "12\u00a0名", "12 名"},
		{"carriage returns", "甲\r\n乙\r丙", "甲\n乙\n丙"},
		{"full-width letters, digits, percent", "Ａ３口占９８．６％，（一）！", "A3口占98.6%，（一）！"},
		{"entities", "&ldquo;双报到&rdquo;&nbsp;A&amp;B", "“双报到” A&B"},
		{"escaped twice", "&amp;ldquo;堡垒&amp;rdquo;", "“堡垒”"},
		{"no entity", "a?id=1&b=2;c &nosuch; R&D", "a?id=1&b=2;c &nosuch; R&D"},
		{"emoji with joiners", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"joiner between Chinese", "支\u200d部", "支部"},
		{"marks in Chinese", "\u202e部支\u202c", "部支"},
		{"marks in Arabic", "العربية\u200f نص", "العربية\u200f نص"},
		{"ordinary text", "什么？！真的吗？？……—— 3.5×2", "什么？！真的吗？？……—— 3.5×2"},
	} {
		if got := cleaned(c.in, debrisPatches); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
