package workbook

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
)

// today of every test: inside 2026H2, after 2026H1 was appraised.
func today() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

// openCompany opens a warehouse in memory with a generated company, changed by statements on its raw rows.
func openCompany(tb testing.TB, employees int, changes ...string) *analytics.DB {
	tb.Helper()
	db, err := analytics.Open(tb.Context(), "", analytics.Options{Now: today})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	load := func(ctx context.Context, conn *sql.Conn) error {
		for _, table := range []string{"cycle", "unit", "employee", "goal", "check_in", "plan_item", "appraisal", "rating_scale", "guideline"} {
			text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "scale", table+".sql"))
			if err != nil {
				return err
			}
			if _, err := conn.ExecContext(ctx, string(text), sql.Named("employees", employees), sql.Named("cycles", 4),
				sql.Named("goals", 3), sql.Named("check_ins", 6)); err != nil {
				return fmt.Errorf("generate %s: %w", table, err)
			}
		}
		for _, change := range changes {
			if _, err := conn.ExecContext(ctx, change); err != nil {
				return fmt.Errorf("%s: %w", change, err)
			}
		}
		return nil
	}
	if _, err := db.Update(tb.Context(), load); err != nil {
		tb.Fatal(err)
	}
	return db
}

// dirt is what real companies have: a name that looks like a formula, an id with leading zeros, a person
// whose rating was calibrated already.
var dirt = []string{
	`update raw.employee set employee_name = '=1+2' where employee_id = 'E7'`,
	`update raw.employee set employee_name = '欧阳晓明' where employee_id = 'E8'`,
	`update raw.goal set title = '+8 % 客户满意度 & <5 complaints' where goal_id = '2026H1-7-1'`,
	`delete from raw.appraisal where cycle = '2026H1' and employee_id in ('E7', 'E8', 'E9')`,
	`insert into raw.appraisal by name select 1 as import_id, 'x' as sheet, line, 'x' || line as natural_key, '2026H1' as cycle,
		id as employee_id, role as reviewer_role, 'E2' as reviewer_id, label, date '2026-07-21' as appraised_on
		from (values (1, 'E7', 'manager', 'B'), (2, 'E7', 'self', 'A'), (3, 'E8', 'manager', 'A')) as given(line, id, role, label)`,
	`insert into raw.calibration by name select 1 as import_id, 'k' as sheet, 1 as line, 'k1' as natural_key, '2026H1' as cycle,
		'E8' as employee_id, 'A' as from_label, 'S' as to_label, 'won the tender' as reason, date '2026-08-01' as calibrated_on`,
}

// calibrationFile writes a calibration book to a file and returns its path.
func calibrationFile(tb testing.TB, q analytics.Querier, c Calibration) string {
	tb.Helper()
	var b bytes.Buffer
	if err := WriteCalibration(tb.Context(), &b, q, c); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "calibration.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func openFile(tb testing.TB, path string) *excelize.File {
	tb.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { f.Close() })
	return f
}

// raw is a cell's value, not as its number format shows it.
func raw(tb testing.TB, f *excelize.File, sheet, cell string) string {
	tb.Helper()
	text, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// rowOf is the row in whose column A the text stands.
func rowOf(tb testing.TB, f *excelize.File, sheet, text string) int {
	tb.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		tb.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == text {
			return i + 1
		}
	}
	tb.Fatalf("sheet %s has no row %q", sheet, text)
	return 0
}

// alwaysRecalculate is the LibreOffice setting for files of Excel's format; by default it keeps the numbers it finds.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// recalculated opens the file in LibreOffice, which works every formula out anew, and returns what it saved.
func recalculated(tb testing.TB, path string) *excelize.File {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "profile", "user"), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "profile", "user", "registrymodifications.xcu"), []byte(alwaysRecalculate), 0o600); err != nil {
		tb.Fatal(err)
	}
	out, err := exec.CommandContext(tb.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), path).CombinedOutput()
	if err != nil {
		tb.Fatalf("LibreOffice did not convert the book (./test.sh installs it): %v\n%s", err, out)
	}
	return openFile(tb, filepath.Join(dir, "out", filepath.Base(path)))
}
