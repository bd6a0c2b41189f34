package charset_test

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"jianbao/ingest/charset"
)

// Two invented articles, in both scripts.
const (
	hans = `云溪县青石镇连日来把防汛工作作为头等大事，组织各村两委成员、驻村工作队员和基干民兵分片包干，沿河巡查堤坝。镇里在三处渡口设立值守点，二十四小时轮班，发现险情立即上报。“水位涨得快，晚上不敢睡实。”柳河村村民老周说。截至昨日傍晚，全镇共转移低洼地带群众一百八十六户，安置在镇中心小学和文化站，热饭、棉被、药品都已送到。县水利局派出技术人员现场指导，检修排涝泵站五座，疏通沟渠十一公里。镇党委书记表示，下一步将继续加强值班值守，确保人民群众生命财产安全。
又讯：白鹭街道举办秋季读书会，邀请退休教师为孩子们讲述老街的故事。活动室里坐满了人，连窗台上也趴着听讲的少年。社区图书角新添图书四百余册，大多是居民自愿捐赠的旧书，经过消毒、编号、上架，供大家免费借阅。负责人介绍，读书会每月一次，明年还打算开设书法班和剪纸班。`
	hant = `雲溪縣青石鎮連日來把防汛工作作為頭等大事，組織各村兩委成員、駐村工作隊員和基幹民兵分片包幹，沿河巡查堤壩。鎮裡在三處渡口設立值守點，二十四小時輪班，發現險情立即上報。「水位漲得快，晚上不敢睡實。」柳河村村民老周說。截至昨日傍晚，全鎮共轉移低窪地帶群眾一百八十六戶，安置在鎮中心小學和文化站，熱飯、棉被、藥品都已送到。縣水利局派出技術人員現場指導，檢修排澇泵站五座，疏通溝渠十一公里。鎮黨委書記表示，下一步將繼續加強值班值守，確保人民群眾生命財產安全。
又訊：白鷺街道舉辦秋季讀書會，邀請退休教師為孩子們講述老街的故事。活動室裡坐滿了人，連窗台上也趴著聽講的少年。社區圖書角新添圖書四百餘冊，大多是居民自願捐贈的舊書，經過消毒、編號、上架，供大家免費借閱。負責人介紹，讀書會每月一次，明年還打算開設書法班和剪紙班。`
)

// TestAccuracy decodes every stretch of 4, 10, 30 and 100 characters of both
// articles in every encoding that can hold it.
func TestAccuracy(t *testing.T) {
	floor := map[int]float64{4: 0.96, 10: 0.995, 30: 1, 100: 1}
	for _, n := range []int{4, 10, 30, 100} {
		right, total := 0, 0
		for _, c := range []struct {
			name     string
			encoding encoding.Encoding
			text     string
		}{
			{"UTF-8 hans", unicode.UTF8, hans},
			{"UTF-8 hant", unicode.UTF8, hant},
			{"GBK hans", simplifiedchinese.GBK, hans},
			{"GBK hant", simplifiedchinese.GBK, hant},
			{"Big5 hant", traditionalchinese.Big5, hant},
			{"UTF-16LE hans", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), hans},
			{"UTF-16LE hant", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), hant},
			{"UTF-16BE hans", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), hans},
			{"UTF-16BE hant", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), hant},
		} {
			good, all := accuracy(t, c.encoding, c.text, n)
			t.Logf("%3d characters, %-13s %d of %d", n, c.name, good, all)
			right, total = right+good, total+all
		}
		share := float64(right) / float64(total)
		t.Logf("%3d characters: %.4f", n, share)
		if share < floor[n] {
			t.Errorf("%d characters: %.4f right, want at least %.4f", n, share, floor[n])
		}
	}
}

func accuracy(t *testing.T, e encoding.Encoding, text string, n int) (right, total int) {
	t.Helper()
	chars := []rune(text)
	for i := 0; i+n <= len(chars); i++ {
		want := string(chars[i : i+n])
		raw, err := e.NewEncoder().Bytes([]byte(want))
		if err != nil {
			t.Fatal(err)
		}
		total++
		if got, _, err := charset.Decode(raw, charset.Hints{}); err == nil && got == want {
			right++
		}
	}
	return right, total
}
