package workbook

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

func TestEveryPersonOfTheUnitStandsInTheBook(t *testing.T) {
	db := openCompany(t, 60, dirt...)
	for unit, below := range map[string]string{"": "Company", "C": "Company", "D2": "Company/Division 2", "Company/Division 2": "Company/Division 2", "Division 2": "Company/Division 2"} {
		f := openFile(t, calibrationFile(t, db, Calibration{Cycle: "2026h1", Unit: unit, Lang: "en", Now: today()}))
		r, err := db.Query(t.Context(), `select count(*) from fct_employee_cycle where cycle_id = '2026H1' and starts_with(unit_path || '/', $path || '/')`,
			analytics.Args{"path": below}, 1)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("Calibration")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := int64(len(rows)-calibrationHeaderRow), r.Rows[0][0].(int64); got != want || want == 0 {
			t.Errorf("unit %q: got %d people, want %d", unit, got, want)
		}
	}
}

func TestARowSaysWhatIsKnownOfThePerson(t *testing.T) {
	db := openCompany(t, 60, dirt...)
	f := openFile(t, calibrationFile(t, db, Calibration{Cycle: "2026H1", Lang: "en"}))
	row := rowOf(t, f, "Calibration", "E7")
	person := ask1(t, db, `select attainment, measured_share, attainment_change_points from fct_employee_cycle where cycle_id = '2026H1' and employee_id = 'E7'`)
	want := map[string]string{
		"B": "=1+2", "C": "Department 2", "D": "Specialist", "F": "Person 2", "G": "3", "H": digits(person[0]), "I": digits(person[1]),
		"J": "Excellent", "K": "Good", "L": "Good", "N": digits(person[2].(float64) * 100), "O": "", "P": "", "Q": "no", "R": "",
	}
	for column, text := range want {
		if got := raw(t, f, "Calibration", fmt.Sprint(column, row)); got != text {
			t.Errorf("column %s: got %q, want %q", column, got, text)
		}
	}
	if kind, err := f.GetCellType("Calibration", fmt.Sprint("B", row)); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("name that looks like a formula: got cell type %v, %v, want a string", kind, err)
	}
	row = rowOf(t, f, "Calibration", "E8")
	if got := raw(t, f, "Calibration", fmt.Sprint("K", row)) + ">" + raw(t, f, "Calibration", fmt.Sprint("L", row)); got != "Excellent>Outstanding" {
		t.Errorf("calibrated before: got %s, want Excellent>Outstanding", got)
	}
	if got := raw(t, f, "Calibration", fmt.Sprint("L", rowOf(t, f, "Calibration", "E9"))); got != "" {
		t.Errorf("not rated: got label %q, want none", got)
	}
}

func TestEachLabelIsOfferedOnceForTheWholeColumn(t *testing.T) {
	for lang, sheets := range map[string][2]string{"en": {"Calibration", "Distribution"}, "zh": {"绩效校准", "分布"}} {
		f := openFile(t, calibrationFile(t, openCompany(t, 60), Calibration{Cycle: "2026H1", Lang: lang}))
		found, err := f.GetDataValidations(sheets[0])
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("'%s'!$A$6:$A$10", sheets[1])
		if len(found) != 1 || !strings.Contains(found[0].Formula1, want) || strings.ReplaceAll(found[0].Sqref, "$", "") != "O6:O65" {
			t.Errorf("%s: got validations %+v, want one of O6:O65 from %s", lang, found, want)
		}
		if lang == "zh" && raw(t, f, "分布", "A6") != "卓越" {
			t.Errorf("highest label: got %s, want 卓越", raw(t, f, "分布", "A6"))
		}
	}
}

// TestTheBookComesBackWithItsOrigin reads the hidden sheet as an importer would.
func TestTheBookComesBackWithItsOrigin(t *testing.T) {
	db := openCompany(t, 60, dirt...)
	f := openFile(t, calibrationFile(t, db, Calibration{Cycle: "2026H1", Unit: "D3", Lang: "zh", Now: today()}))
	rows, err := f.GetRows(KeySheet)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range rows {
		got[row[0]+"."+row[1]] = strings.Join(row[2:], "|")
	}
	for key, want := range map[string]string{
		"book.cycle": "2026H1|2026H1", "book.unit": "D3|Division 3", "book.lang": "zh", "book.sheet": "绩效校准",
		"book.build": fmt.Sprint(db.Published().ID), "book.exported_at": "2026-11-22T09:00:00Z",
		"column.calibrated_label": "O|校准后等级", "label.S": "1|卓越", "person.E7": "B|良好",
	} {
		if got[key] != want {
			t.Errorf("%s: got %q, want %q", key, got[key], want)
		}
	}
	if visible, err := f.GetSheetVisible(KeySheet); err != nil || visible {
		t.Errorf("key sheet: got visible %t, %v, want hidden", visible, err)
	}
}

func TestAUsersMistakeIsSaidInWords(t *testing.T) {
	db := openCompany(t, 60, `update raw.unit set unit = 'Twin' where unit_id in ('T1', 'T2')`)
	for want, c := range map[string]Calibration{
		"cycle_unknown": {Cycle: "2031"},
		"unit_unknown":  {Cycle: "2026H1", Unit: "Nowhere"},
		"nobody_rated":  {Cycle: "2026H2"},
	} {
		checkMistake(t, db, c, want)
	}
	checkMistake(t, db, Calibration{Cycle: "2026H1", Unit: "Twin"}, "unit_unknown")
}

func checkMistake(t *testing.T, db *analytics.DB, c Calibration, want string) {
	t.Helper()
	err := WriteCalibration(t.Context(), io.Discard, db, c)
	var mistake *UserError
	if !errors.As(err, &mistake) || mistake.Key != want {
		t.Errorf("%+v: got error %v, want %s", c, err, want)
		return
	}
	for _, lang := range words.Languages {
		sentence := words.For(lang).Say("workbook."+mistake.Key, mistake.Args)
		if strings.Contains(sentence, "{") || strings.HasPrefix(sentence, "workbook.") {
			t.Errorf("%s: sentence %q lacks an argument", lang, sentence)
		}
	}
}

func TestWholePeopleAddUpToTheTotal(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		n      int
		want   string
	}{
		{[]float64{0.1, 0.25, 0.45, 0.15, 0.05}, 60, "[6 15 27 9 3]"},
		{[]float64{0.1, 0.25, 0.5, 0.1, 0.05}, 59, "[6 15 29 6 3]"},
		{[]float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, 10, "[4 3 3]"},
		{[]float64{0.2, 0, 0}, 7, "[1 0 0]"},
		{nil, 5, "[]"},
	} {
		if got := fmt.Sprint(apportion(c.shares, c.n)); got != c.want {
			t.Errorf("%v of %d: got %s, want %s", c.shares, c.n, got, c.want)
		}
	}
}

func ask1(t *testing.T, db *analytics.DB, query string) []any {
	t.Helper()
	r, err := db.Query(t.Context(), query, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows[0]
}

func digits(v any) string { return strconv.FormatFloat(v.(float64), 'f', -1, 64) }
