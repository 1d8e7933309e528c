package ingest

import (
	"regexp"
	"strings"
)

var (
	otherScript  = regexp.MustCompile(`[^\p{Han}]+`)
	latinScript  = regexp.MustCompile(`[A-Za-z][A-Za-z .'_#%&-]*`)
	scriptsApart = regexp.MustCompile(`\p{Han}[\s/／|(（:：_-]+[A-Za-z]|[A-Za-z][\s/／|(（:：_-]+\p{Han}`)
)

// languagesOf cuts a header that says the same in Chinese and in English: 姓名 Name, 部门/Department. apart says whether
// something stands between the two. They are "" for other headers.
func languagesOf(header string) (chinese, english string, apart bool) {
	if isASCII(header) || len(header) > maxHeaderName || hasDigit(header) || !strings.ContainsFunc(header, isLatin) {
		return "", "", false
	}
	chinese, english = foldWhole(otherScript.ReplaceAllString(header, "")), foldHeader(strings.Join(latinScript.FindAllString(header, -1), " "))
	if chinese == "" || english == "" {
		return "", "", false
	}
	return chinese, english, scriptsApart.MatchString(header)
}

func isLatin(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// inEither is the field that both languages of a header name. Where one of them names none, it must be known as a header all
// the same and stand apart: KPI目标 is neither a KPI nor a goal.
func inEither(named func(key string) *field, header string) *field {
	chinese, english, apart := languagesOf(header)
	if chinese == "" {
		return nil
	}
	a, b := named(chinese), named(english)
	switch {
	case a == b:
		return a
	case a != nil && b != nil || !apart || !dictionary().labels[chinese] || !dictionary().labels[english]:
		return nil
	case a != nil:
		return a
	}
	return b
}
