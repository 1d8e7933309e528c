package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// foldText is text as it is compared: full-width forms made plain, lower case, blanks collapsed.
func foldText(s string) string {
	if isFolded(s) {
		return s
	}
	s = plain(s)
	if !isASCII(s) {
		s = strings.Map(plainDigit, norm.NFKC.String(s))
	}
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// plainDigit makes the digits of Arabic and Persian plain: ١٠٠ is 100.
func plainDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	}
	return r
}

// isFolded finds most texts that foldText would leave alone: ids, numbers, ISO dates.
func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

const zeroWidthJoiner = '\u200d' // makes one picture of two: a woman and a laptop

// isPicture says whether a character is part of an emoji, the sign that asks for its coloured form and the tone of skin included.
func isPicture(r rune) bool {
	return r == '\ufe0f' || r >= '\U0001f3fb' && r <= '\U0001f3ff' || unicode.Is(unicode.So, r)
}

// plain cuts what cannot be seen: byte order marks, zero-width characters, outer blanks.
func plain(s string) string {
	if isASCII(s) {
		return strings.TrimSpace(s)
	}
	last := rune(0)
	s = strings.Map(func(r rune) rune {
		before := last
		last = r
		switch r {
		case zeroWidthJoiner:
			if isPicture(before) {
				return r
			}
			return -1
		case '\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad':
			return -1
		case '\u00a0', '\u3000', '\u2009', '\u202f':
			return ' '
		}
		return r
	}, s)
	return strings.TrimRight(strings.TrimSpace(s), string(zeroWidthJoiner))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldWord is a word of a closed column as it is compared: foldText without blanks, hyphens and the like.
// Text that has nothing but signs stays as it is.
func foldWord(s string) string {
	folded := foldText(s)
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, inSimplified(folded))
	if letters == "" {
		return folded
	}
	return letters
}

// foldWhole is a header as it is compared: letters, digits, # and % alone, so that
// EmployeeID, employee_id, "Employee  ID:" and full-width forms are one.
func foldWhole(s string) string {
	if isEveryday(s) {
		return foldEveryday(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '%' {
			return r
		}
		return -1
	}, inSimplified(foldText(s)))
}

// isEveryday says whether a text holds ASCII and Chinese characters alone, as most headers and cells do: none of its
// characters has another form.
func isEveryday(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && !isEverydayHan(r) {
			return false
		}
	}
	return true
}

func isEverydayHan(r rune) bool { return '\u4e00' <= r && r <= '\u9fa5' }

// foldEveryday is foldWhole of an everyday text in one go.
func foldEveryday(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '#', r == '%', r >= utf8.RuneSelf:
			return r
		}
		return -1
	}, inSimplified(s))
}

// inSimplified makes one word of its traditional and its simplified spelling.
func inSimplified(s string) string {
	if isASCII(s) {
		return s
	}
	return sheet.Simplified(s)
}

// foldHeader is foldWhole without percent signs and without a trailing (…), which headerHint gives.
func foldHeader(s string) string {
	if isEveryday(s) && !strings.ContainsAny(s, "(%") {
		return foldEveryday(s)
	}
	name, _ := cutHint(s)
	key := strings.ReplaceAll(foldWhole(name), "%", "")
	if key == "" {
		return foldWhole(s)
	}
	return key
}

// headerHint is the content of a header's trailing parenthesis: a unit, a scale or a weight.
func headerHint(s string) string {
	_, hint := cutHint(s)
	return hint
}

func cutHint(s string) (name, hint string) {
	if !isASCII(s) {
		s = norm.NFKC.String(s)
	}
	s = strings.TrimRight(strings.TrimSpace(s), ": ")
	open := strings.LastIndexByte(s, '(')
	if open <= 0 || !strings.HasSuffix(s, ")") {
		return s, ""
	}
	return s[:open], strings.TrimSpace(s[open+1 : len(s)-1])
}
