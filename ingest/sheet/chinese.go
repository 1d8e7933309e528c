package sheet

import (
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Characters that make up about half of any Chinese text, and those of staff lists and
// reviews. Bytes that read as many of them in one encoding hardly do so in another.
// Both list the same characters in the same order.
const (
	simplifiedCommon = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间世知两次使身者被高已亲其进此话常与活正感" +
		"姓工号员编部门职岗级绩效考核目标权重完成率评估结果得等优秀良合格改进奖金薪资状态备注计划实际值指数量销售财务研技术产品市场客户服务管理主任总监经助专行政人力源电邮箱入离期性别男女籍学历联系类型单本季度月周上下半年公司团队项培训流程质安全" +
		"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红" +
		"业调转试证准额约达预满审批签认论价语问题风险阶线组织区岁龄护银账卡税应补贴费缴独创协执统筹规则课讲师练帮责节奏视频网络设维库订报告坛续变异选择势劣弱点机威胁疑议担访谈听众观测读写传输综览汇算"
	traditionalCommon = "的一是了我不人在他有這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學之都好看起發當沒成只如事把還用第樣道想作種開美總從無情己面最女但現前些所同日手又行意動方期它頭經長兒回位分愛老因很給名法間世知兩次使身者被高已親其進此話常與活正感" +
		"姓工號員編部門職崗級績效考核目標權重完成率評估結果得等優秀良合格改進獎金薪資狀態備註計劃實際值指數量銷售財務研技術產品市場客戶服務管理主任總監經助專行政人力源電郵箱入離期性別男女籍學歷聯繫類型單本季度月週上下半年公司團隊項培訓流程質安全" +
		"王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林高羅鄭梁謝宋唐許韓馮鄧曹彭曾肖田董袁潘于蔣蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鐘譚陸汪范金石廖賈夏韋付方白鄒孟熊秦邱江尹薛閆段雷侯龍史陶黎賀顧毛郝龔邵萬錢嚴武戴莫孔向湯偉芳娜敏靜麗強磊軍洋勇艷傑娟濤明超秀霞平剛桂英華玉萍紅" +
		"業調轉試證準額約達預滿審批簽認論價語問題風險階線組織區歲齡護銀賬卡稅應補貼費繳獨創協執統籌規則課講師練幫責節奏視頻網絡設維庫訂報告壇續變異選擇勢劣弱點機威脅疑議擔訪談聽眾觀測讀寫傳輸綜覽匯算"
)

var simplifiedOf = sync.OnceValue(func() map[rune]rune {
	pairs, simplified := map[rune]rune{}, []rune(simplifiedCommon)
	for i, traditional := range []rune(traditionalCommon) {
		pairs[traditional] = simplified[i]
	}
	return pairs
})

// Simplified writes the traditional characters of headers and words of reviews as simplified ones, so that 績效 and
// 绩效 are one word. It is for comparing: it knows the common characters alone.
func Simplified(text string) string {
	pairs := simplifiedOf()
	return strings.Map(func(r rune) rune {
		if simplified, known := pairs[r]; known {
			return simplified
		}
		return r
	}, text)
}

// chinese is an encoding of one or two bytes a character, and how to tell its texts.
type chinese struct {
	name       string
	length     func(b []byte) int // of the character at the start, 0 if there is none
	isEveryday func(lead, trail byte) bool
	common     map[[2]byte]bool
}

var gb18030 = sync.OnceValue(func() chinese {
	return chinese{encGB18030, gbLength, isGB2312, codesOf(simplifiedchinese.GB18030, simplifiedCommon+traditionalCommon)}
})

var big5 = sync.OnceValue(func() chinese {
	return chinese{encBig5, big5Length, isFrequentBig5, codesOf(traditionalchinese.Big5, traditionalCommon)}
})

func codesOf(e encoding.Encoding, characters string) map[[2]byte]bool {
	codes := map[[2]byte]bool{}
	encoder := e.NewEncoder()
	for character := range strings.SplitSeq(characters, "") {
		if code, err := encoder.String(character); err == nil && len(code) == 2 {
			codes[[2]byte{code[0], code[1]}] = true
		}
	}
	return codes
}

// chineseOf lists the Chinese encodings that a text may be in, the likelier first.
func chineseOf(sample []byte) []string {
	gb, gbShare := gb18030().fits(sample)
	traditional, big5Share := big5().fits(sample)
	switch {
	case gb && traditional && big5Share > gbShare:
		return []string{encBig5, encGB18030}
	case gb && traditional:
		return []string{encGB18030, encBig5}
	case gb:
		return []string{encGB18030}
	case traditional && big5Share > 0.1:
		return []string{encBig5}
	}
	return nil
}

// fits says whether the text decodes with most of its characters from the everyday
// part of the set, and which share of them is common. Accented Latin letters before
// plain ones decode too, but to rare characters.
func (c chinese) fits(sample []byte) (fits bool, commonShare float64) {
	everyday, rare, common := 0, 0, 0
	for i := 0; i < len(sample); {
		n := c.length(sample[i:])
		if n == 0 && len(sample)-i < 4 && len(sample) >= sampleSize-headSize {
			break // the sample ends inside a character
		}
		switch {
		case n == 0:
			return false, 0
		case n == 2 && c.common[[2]byte{sample[i], sample[i+1]}]:
			everyday++
			common++
		case n == 2 && c.isEveryday(sample[i], sample[i+1]):
			everyday++
		case n > 1:
			rare++
		}
		i += n
	}
	return everyday > 3*rare, float64(common) / float64(max(everyday+rare, 1))
}

// isGB2312 holds for the part of GB18030 that has the characters in use.
func isGB2312(lead, trail byte) bool { return lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 }

// isFrequentBig5 holds for the signs and the first level of Big5.
func isFrequentBig5(lead, trail byte) bool {
	return lead >= 0xa1 && (lead < 0xc6 || lead == 0xc6 && trail <= 0x7e)
}

func gbLength(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xff || len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] != 0x7f && b[1] != 0xff:
		return 2
	case len(b) >= 4 && isDigit(b[1]) && b[2] >= 0x81 && b[2] <= 0xfe && isDigit(b[3]):
		return 4
	}
	return 0
}

func big5Length(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] < 0x87 || b[0] == 0xff || len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] <= 0x7e, b[1] >= 0xa1 && b[1] != 0xff:
		return 2
	}
	return 0
}
