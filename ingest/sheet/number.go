package sheet

import (
	"bytes"
	"strconv"
)

// Numbers are stored in binary with noise behind the fifteenth digit, which
// spreadsheet programs do not show.
const significantDigits = 15

// appendNumber appends a stored number as a plain decimal of at most fifteen
// significant digits. Whole numbers keep all their digits: they may be ids. What is no
// number is appended as it is.
func appendNumber(out, stored []byte) []byte {
	stored = bytes.TrimSpace(stored)
	if isPlain(stored) {
		return append(out, stored...)
	}
	value, err := strconv.ParseFloat(string(stored), 64)
	if err != nil || isWord(stored) {
		return append(out, bytes.ToValidUTF8(stored, []byte("\ufffd"))...)
	}
	var buf [40]byte
	rounded, err := strconv.ParseFloat(string(strconv.AppendFloat(buf[:0], value, 'e', significantDigits-1, 64)), 64)
	if err != nil || rounded == 0 {
		return append(out, '0')
	}
	if rounded > 1e40 || rounded < -1e40 || rounded > -1e-40 && rounded < 1e-40 {
		return strconv.AppendFloat(out, rounded, 'g', -1, 64)
	}
	return strconv.AppendFloat(out, rounded, 'f', -1, 64)
}

// isPlain says that text is already what appendNumber would make of it.
func isPlain(text []byte) bool {
	digits := bytes.TrimPrefix(text, []byte{'-'})
	whole, fraction, hasPoint := bytes.Cut(digits, []byte{'.'})
	if !allDigits(whole) || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if !hasPoint {
		return len(whole) < 40
	}
	return allDigits(fraction) && fraction[len(fraction)-1] != '0' && len(whole)+len(fraction) <= significantDigits
}

func allDigits(text []byte) bool {
	for _, b := range text {
		if !isDigit(b) {
			return false
		}
	}
	return len(text) > 0
}

// isWord says that strconv would take text for more than a decimal: Inf, NaN, 0x1p-2.
func isWord(text []byte) bool {
	for _, b := range text {
		if !isDigit(b) && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E' {
			return true
		}
	}
	return false
}
