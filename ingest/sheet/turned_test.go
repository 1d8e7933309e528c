package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// Whatever a sheet is turned into, the cells are those of the file, and turning stops when its reader does.
func TestTurnedSheets(t *testing.T) {
	for _, test := range []struct {
		claim, text, want string
		turn              sheet.Turn
	}{
		{"a column is a row", "Title\nName,Ann,Bo\nGrade,,7\n", "1:Name,Grade 2:Ann, 3:Bo,7", sheet.Turn{Transposed: true, First: 2}},
		{"rows that stand apart are one", "ID,Field,Value\n1,Name,Ann\n2,Name,Bo\n1,Grade,7\n", "1:ID,Name,Grade 2:1,Ann,7 3:2,Bo,", sheet.Turn{Attribute: 1, Values: []int{2}, First: 1}},
		{"several values have the header of their column", "KPI,Type,2024,2025\nNPS,Target,50,60\nNPS,Actual,48,\n",
			"1:KPI,2024 Target,2024 Actual,2025 Target,2025 Actual 2:NPS,50,48,60,", sheet.Turn{Attribute: 1, Values: []int{2, 3}, First: 1}},
	} {
		t.Run(test.claim, func(t *testing.T) {
			book, err := sheet.Open("x.csv", bytes.NewReader([]byte(test.text)), sheet.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			var got []string
			view := book.Sheets()[0].Turned(test.turn)
			for row, err := range view.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, fmt.Sprintf("%d:%s", row.Line, strings.Join(row.Cells, ",")))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %s\nwant %s", strings.Join(got, " "), test.want)
			}
			for range view.Rows() {
				break
			}
		})
	}
}
