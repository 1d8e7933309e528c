package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// stream is a source of chance of its own for whatever parts name, so that adding a draw in one place
// leaves all other places as they were.
func stream(seed int64, parts ...string) *rand.Rand {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(uint64(seed), h.Sum64()))
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

func clamp(x, lower, upper float64) float64 { return min(max(x, lower), upper) }

// personName is a name nobody was asked for: put together from common parts.
func personName(r *rand.Rand, lang, gender string) string {
	if lang == "zh" {
		surname := pick(r, strings.Fields("王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 余"))
		given := "伟 强 磊 军 洋 勇 杰 涛 超 明 刚 平 辉 鹏 浩 宇轩 子豪 俊杰 志强 建国 文博 天佑 家明 思远 海峰 立新 国栋 晓东 永康 振华"
		if gender == "F" {
			given = "芳 娜 敏 静 丽 艳 娟 霞 秀英 玲 桂英 丹 萍 雪 婷 欣怡 梓涵 雨桐 诗涵 佳怡 晓燕 美玲 思琪 海燕 慧敏 若兰 春梅 雅琴 文静 月华"
		}
		return surname + pick(r, strings.Fields(given))
	}
	given := "James Oliver Henry Samuel Daniel Marcus Victor Adrian Felix Hugo Martin Leon Oscar Paul Simon Thomas Walter Anton Bruno Carl David Edgar Frank Georg Ivan Jonas"
	if gender == "F" {
		given = "Alice Clara Diana Emma Flora Grace Helen Irene Julia Karen Laura Maria Nora Olivia Paula Rosa Sara Teresa Vera Wendy Anna Bella Celia Edith Fiona Gloria"
	}
	surnames := "Adler Baker Carter Dawson Ellis Foster Grant Hughes Irving Jensen Keller Lambert Mason Norris Osborn Parker Quinn Reyes Sutton Turner Vance Walsh Young Zimmer Abbott Brandt Costa Duarte Evans Fischer Garcia Hansen Ibarra Jacobs Kovacs Lindgren Moreau Novak Okafor Petrov"
	return pick(r, strings.Fields(given)) + " " + pick(r, strings.Fields(surnames))
}
