package script_test

import (
	"strings"
	"testing"

	"jianbao/corpus"
	"jianbao/segment/script"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name, text string
		want       corpus.Script
	}{
		{"empty", "", corpus.Other},
		{"latin", "Party branch, 12 posts", corpus.Other},
		{"digits and punctuation", "2020-03-20，（12.5%）", corpus.Other},
		{"kana", "けんもん", corpus.Other},
		{"traditional", "縣委組織部設立臨時黨支部", corpus.Hant},
		{"simplified", "县委组织部设立临时党支部", corpus.Hans},
		{"half converted", "縣委组织部設立临时党支部", corpus.Mixed},
		{"half converted by table", "臨時党支部發揮作用，发動党员幹部", corpus.Mixed},
		{"in both scripts", "中文", corpus.Hans},
		{"traditional with characters of both", "皇后在台北里斗，著名的余干群山", corpus.Hans},
		{"both forms do not count as simplified", "總統府後的皇后像，台灣的里長著書", corpus.Hant},
		{"both forms do not count as traditional", "乾隆年间的瞭望台，宫商角徵羽，於先生著名", corpus.Hans},
		{"a quotation in simplified text", strings.Repeat("党员干部设立检查站值守。", 20) + "匾上题“為國為民”。", corpus.Hans},
		{"a name in traditional text", strings.Repeat("黨員幹部設立檢查站值守。", 20) + "“双汇”", corpus.Hant},
		{"invalid bytes", "\xff縣\xe5", corpus.Hant},
		{"rare block", "𠀀", corpus.Hans},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := script.Detect(tt.text); got != tt.want {
				t.Errorf("Detect(%q) = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

// The border between a quotation and a mixed text is one in twenty.
func TestDetectShare(t *testing.T) {
	for _, tt := range []struct {
		hant, hans int
		want       corpus.Script
	}{
		{19, 1, corpus.Hant},
		{18, 1, corpus.Mixed},
		{1, 1, corpus.Mixed},
		{1, 18, corpus.Mixed},
		{1, 19, corpus.Hans},
	} {
		text := strings.Repeat("國", tt.hant) + strings.Repeat("国", tt.hans)
		if got := script.Detect(text); got != tt.want {
			t.Errorf("%d traditional, %d simplified: %s, want %s", tt.hant, tt.hans, got, tt.want)
		}
	}
}

func TestDetectAllocations(t *testing.T) {
	text := strings.Repeat("縣委組織部設立检查站，𠀀\xff。", 50)
	if n := testing.AllocsPerRun(100, func() { script.Detect(text) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
