package recode

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// clauses are invented; damage is done to them by machine.
var clauses = strings.Fields(`
全鎮黨員幹部連夜趕到河堤 老支書帶頭跳進冰冷的水裡 該縣成立了十二個臨時黨支部 卡口值守的志願者換了三班
幹部們把米和油送到老人家裡 常年在外打工的青年也回來了 孩子們的課桌已經修好 縣委組織部派出六個督導組
區裡的檢查站設在高速路口 海邊的漁船全部回港避風 開會的地方改在村口的老槐樹下 會議室裡燈火通明
黃書記說這是他第三次走進大山 華僑捐來的口罩當天就發到戶 可是水還在漲 看護棚裡只剩一張木板床
口罩和酒精都不夠用 快遞員主動當起了聯絡員 科技人員在大棚裡住了半個月 苦日子總會過去
話不多的他把被子讓給了別人 回鄉的大學生幫忙登記體溫 活動中心改成了臨時安置點 淮北來的車隊連夜卸貨
互助組的婦女包了三千個餃子 護林員每天走二十里山路 花園小區的黨小組長挨家敲門 畫圖紙的老師傅也來了
我們支部就是一座堡壘 困難群眾的名單貼在牆上 組織委員負責核對名單 隔離點的飯菜要熱着送到
鄉親們說心裡有底了 陽光照在新修的水渠上 總書記的回信讓大家很受鼓舞 經濟合作社當年就分了紅
黨旗插在最危險的地方 應急小分隊五分鐘內集合完畢 縣醫院抽調骨幹支援前線 駐村工作隊挨戶走訪
這個冬天特別冷 大家心往一處想 勁往一處使 路終於修通了 電線杆重新立了起來 學校按時開學
魯所長帶人守了兩天兩夜 陳阿姨把自家的門面騰了出來 馬隊長的嗓子啞了 劉醫生三天沒有回家
網格員把通知送到每一戶 人大代表走進農家小院 檢測點前排起了長隊 居民自覺保持距離
老人的降壓藥由支部統一代買 返鄉人員逐一登記造冊 村裡的大喇叭天天響 外出務工的黨員編入流動黨小組
產業園的圍牆刷成了白色 果園裡請來了農技專家 電商服務站開到了村頭 茶葉賣到了省城
保障組每天清點物資 紀檢幹部暗訪了七個鄉鎮 離退休老同志寫來建議書 社區食堂為獨居老人留了座位
`)

// simplified is what pages of the mainland have.
var simplified = strings.Fields(`
全镇党员干部连夜赶到河堤 老支书带头跳进冰冷的水里 该县成立了临时党支部 卡口值守的志愿者换了三班
干部们把米和油送到老人家里 常年在外打工的青年也回来了 孩子们的课桌已经修好 县委组织部派出督导组
区里的检查站设在高速路口 海边的渔船全部回港避风 开会的地方改在村口的老槐树下 会议室里灯火通明
黄书记说这是他第三次走进大山 华侨捐来的口罩当天就发到户 可是水还在涨 看护棚里只剩一张木板床
口罩和酒精都不够用 快递员主动当起了联络员 科技人员在大棚里住了半个月 困难群众的名单贴在墙上
`)

// page is a paragraph of invented sentences.
func page(rng *rand.Rand, from []string) string {
	pick := func() string { return from[rng.IntN(len(from))] }
	var b strings.Builder
	for range 2 + rng.IntN(3) {
		switch rng.IntN(5) {
		case 0:
			b.WriteString(pick() + "。“" + pick() + "，" + pick() + "。”" + pick() + "。")
		case 1:
			b.WriteString(pick() + "說：“" + pick() + "。”")
		case 2:
			b.WriteString(pick() + "，" + pick() + "！")
		case 3:
			b.WriteString(pick() + "、" + pick() + "，" + pick() + "；")
		default:
			b.WriteString(pick() + "，" + pick() + "。")
		}
	}
	b.WriteString(pick() + "。")
	return b.String()
}

// site says what a careless site does to its pages.
type site struct {
	mark    string // for a lost byte
	dropPUA bool   // user-defined pairs vanish
	fold    bool   // full-width forms become ASCII
	swallow bool   // a bad lead takes the ASCII byte behind it along
}

// shifted cuts a line at one of the places where a full-width mark seems to
// stand, as such a site does. lossy tells that bytes were lost but for the
// mark. ok is false when the line has no such place.
func shifted(t testing.TB, rng *rand.Rand, m *Model, s site, line string) (dirty, clean string, lossy, ok bool) {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(line))
	if err != nil {
		t.Fatalf("encode %q: %v", line, err)
	}
	var cuts []int
	for i := 0; i+2 < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if b[i+1] == 0xA3 && strings.IndexByte("\xA1\xAC\xBB\xBF", b[i+2]) >= 0 {
			cuts = append(cuts, i+1)
		}
		i++
	}
	if len(cuts) == 0 {
		return "", "", false, false
	}
	cut := cuts[rng.IntN(len(cuts))]
	head, lost1 := s.decode(m, b[:cut])
	tail, lost2 := s.decode(m, b[cut:])
	clean = line
	if s.fold {
		clean = strings.Map(folded, clean)
	}
	return head + tail, clean, lost1 > 1 || lost2 > 0, true
}

// decode reads GBK as the site does, and counts what it loses.
func (s site) decode(m *Model, b []byte) (text string, lost int) {
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			out.WriteByte(b[i])
			continue
		}
		if i+1 < len(b) {
			if r := m.char(b[i], b[i+1]); r > 0 {
				if s.fold {
					r = folded(r)
				}
				out.WriteRune(r)
				i++
				continue
			}
			if r := privateRune(m, b[i], b[i+1]); r > 0 {
				if s.dropPUA {
					lost++
				} else {
					out.WriteRune(r)
				}
				i++
				continue
			}
			if b[i] > 0x80 && b[i] < 0xFF && (b[i+1] >= 0x80 || s.swallow) {
				i++
			}
		}
		out.WriteString(s.mark)
		lost++
	}
	return out.String(), lost
}

// privateRune is the private-use character of a pair of bytes, 0 for none.
func privateRune(m *Model, lead, trail byte) rune {
	for r := rune(0xE000); r < 0xE865; r++ {
		if l, t, ok := m.gbk(r); ok && l == lead && t == trail {
			return r
		}
	}
	return 0
}

func gbkBytes(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("encode %q: %v", s, err)
	}
	return b
}
