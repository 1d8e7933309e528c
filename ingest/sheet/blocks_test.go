package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// inBlocks is the rows of all blocks as text; ok is false where the text is not plain.
func inBlocks(t fataler, s *sheet.Sheet) (rows []string, ok bool) {
	blocks, ok := s.Blocks()
	if !ok {
		return nil, false
	}
	for block, err := range blocks {
		if errors.Is(err, sheet.ErrNotPlain) {
			return nil, false
		}
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range block.Rows() {
			if err != nil {
				return nil, false
			}
			rows = append(rows, fmt.Sprintf("%d %q", row.Line, row.Cells))
		}
	}
	return rows, true
}

func oneByOne(t fataler, s *sheet.Sheet) (rows []string) {
	for row, err := range s.Rows() {
		if err != nil {
			rows = append(rows, err.Error())
			continue
		}
		rows = append(rows, fmt.Sprintf("%d %q", row.Line, row.Cells))
	}
	return rows
}

func sameInBlocks(t fataler, data []byte) (ok bool) {
	book, err := sheet.Open("x", bytes.NewReader(data), sheet.Limits{})
	if err != nil || book.Format() != "csv" {
		return false
	}
	defer book.Close()
	got, ok := inBlocks(t, book.Sheets()[0])
	if !ok {
		return false
	}
	if diff := cmp.Diff(oneByOne(t, book.Sheets()[0]), got); diff != "" {
		t.Fatal(fmt.Sprintf("%q (-rows +blocks):\n%s", data, diff))
	}
	return true
}

func TestBlocksHaveTheRowsOfTheSheet(t *testing.T) {
	pieces := []string{"a", "1", ",", ",", ";", "\"", "\"\"", ",\"", "\",", "\n", "\r\n", "\r", " ", "é业", "\"x, \n\"\"y\"\"\"", "\n\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "pieces"), "")
		sameInBlocks(t, []byte("a,b,c\n1,2,3\n"+text))
	})
}

func TestALargeTextIsCutBetweenRecords(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		var text strings.Builder
		text.WriteString("id,note,more" + end)
		for i := range 60_000 {
			fmt.Fprintf(&text, "%d,\"line one,%ssaid \"\"%d\"\" %s\",x%s", i, end, i, strings.Repeat("·", i%50), end)
		}
		if !sameInBlocks(t, []byte(text.String())) {
			t.Errorf("line ends %q: what a CSV writer writes is not plain", end)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	f.Add([]byte("a,b\n\"x\ny\",2\r\n\n1,\"\"\"q\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) { sameInBlocks(t, data) })
}
