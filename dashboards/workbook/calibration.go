package workbook

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// Calibration says which calibration book is wanted. Cycle is an id or a name; Unit an id, a path or a
// name that one unit alone bears, with everything below it, and empty for the company. Lang is a
// language of package words. Now is the time of the export; zero: time.Now.
type Calibration struct {
	Cycle, Unit, Lang string
	Now               time.Time
}

// UserError is the user's to mend: the key of a sentence, in the words workbook.<key>, and its arguments.
// The keys are cycle_unknown, unit_unknown, nobody_rated and too_long.
type UserError struct {
	Key  string
	Args map[string]any
}

func (e *UserError) Error() string { return e.Key }

// WriteCalibration writes the workbook for a calibration meeting: the people with what is known of them
// and a cell each for the calibrated label and its reason, the distribution that follows the choices,
// their goals, and how to use it. Nothing is written where the error is a *UserError.
func WriteCalibration(ctx context.Context, w io.Writer, q analytics.Querier, c Calibration) error {
	data, err := readCalibration(ctx, q, c)
	if err != nil {
		return err
	}
	spoken := words.For(c.Lang)
	cb := &calibrationBook{book: newBook(spoken.Lang), data: data, words: spoken}
	if err := cb.finish(w, cb.write()); err != nil {
		return fmt.Errorf("write calibration book: %w", err)
	}
	return nil
}

// calibrationData is what the four queries answered.
type calibrationData struct {
	head                        record
	people, distribution, goals *analytics.Result
	labels                      labels
	unitID                      any // nil: the company
	exportedAt                  time.Time
}

// tooManyRows is what no sheet holds together with its headings.
const tooManyRows = lastSheetRow - 100

func readCalibration(ctx context.Context, q analytics.Querier, c Calibration) (*calibrationData, error) {
	d := &calibrationData{exportedAt: c.Now.UTC()}
	if c.Now.IsZero() {
		d.exportedAt = time.Now().UTC()
	}
	if err := d.readHead(ctx, q, c); err != nil {
		return nil, err
	}
	args := analytics.Args{"cycle": d.head.text("cycle_id"), "unit": d.unitID}
	for name, target := range map[string]**analytics.Result{
		"people": &d.people, "distribution": &d.distribution, "goals": &d.goals,
	} {
		r, err := ask(ctx, q, name, args)
		if err != nil {
			return nil, err
		}
		*target = r
	}
	d.labels = labelsOf(d.distribution, c.Lang)
	if d.ratedCount() == 0 {
		return nil, &UserError{Key: "nobody_rated", Args: map[string]any{
			"cycle": d.head.text("cycle_id"), "unit": d.unitName(words.For(c.Lang)),
		}}
	}
	return d, nil
}

func (d *calibrationData) readHead(ctx context.Context, q analytics.Querier, c Calibration) error {
	var unit any
	if c.Unit = strings.TrimSpace(c.Unit); c.Unit != "" {
		unit = c.Unit
	}
	r, err := ask(ctx, q, "head", analytics.Args{"cycle": strings.TrimSpace(c.Cycle), "unit": unit})
	if err != nil {
		return err
	}
	d.head = record{result: r, values: r.Rows[0]}
	if d.head.text("cycle_id") == "" {
		return &UserError{Key: "cycle_unknown", Args: map[string]any{
			"cycle": c.Cycle, "known": d.head.text("known_cycles"),
		}}
	}
	if unit == nil {
		return nil
	}
	if d.unitID = d.head.value("unit_id"); d.unitID == nil {
		return &UserError{Key: "unit_unknown", Args: map[string]any{
			"unit": c.Unit, "known": d.head.text("known_units"),
		}}
	}
	return nil
}

// ask runs one of the book's queries. Rows that no sheet holds are an error: a book never lacks people
// without saying so.
func ask(ctx context.Context, q analytics.Querier, name string, args analytics.Args) (*analytics.Result, error) {
	panel, ok := sqltext.Panel("calibration/" + name)
	if !ok {
		return nil, fmt.Errorf("find query calibration/%s", name)
	}
	r, err := q.Query(ctx, panel.Text, args, tooManyRows)
	if err != nil {
		return nil, fmt.Errorf("query calibration/%s: %w", name, err)
	}
	if r.IsCut {
		return nil, &UserError{Key: "too_long", Args: map[string]any{"limit": tooManyRows}}
	}
	return r, nil
}

func (d *calibrationData) ratedCount() int {
	rated := 0
	for _, values := range d.people.Rows {
		if (record{d.people, values}).text("current_label") != "" {
			rated++
		}
	}
	return rated
}

// calibrationBook is the book being written, in one language.
type calibrationBook struct {
	*book
	data  *calibrationData
	words *words.Words
}

// t says a sentence of the book.
func (cb *calibrationBook) t(key string, pairs ...any) string {
	return cb.words.T("workbook."+key, pairs...)
}

func (cb *calibrationBook) write() error {
	for _, sheet := range []string{"calibration", "distribution", "goals", "read_me"} {
		if err := cb.add(cb.t("sheet." + sheet)); err != nil {
			return err
		}
	}
	for _, write := range []func() error{
		cb.writePeople, cb.writeDistribution, cb.writeGoals, cb.writeReadMe, cb.writeKeys, cb.describe,
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// describe sets what a file says of itself, and has it worked out anew when it is opened.
func (cb *calibrationBook) describe() error {
	if err := cb.file.SetDefaultFont(cb.font); err != nil {
		return err
	}
	at := cb.data.exportedAt.Format(time.RFC3339)
	if err := cb.file.SetDocProps(&excelize.DocProperties{
		Title: cb.title(), Creator: "Perfloop", Created: at, Modified: at, Language: cb.words.Lang,
	}); err != nil {
		return err
	}
	full := true
	return cb.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full})
}

func (cb *calibrationBook) title() string {
	return cb.t("title", "cycle", cb.data.head.text("cycle_name"), "unit", cb.data.unitName(cb.words))
}

func (d *calibrationData) unitName(w *words.Words) string {
	if d.unitID == nil {
		return w.T("workbook.company")
	}
	return d.head.text("unit")
}

// about is the line that says what a sheet shows, of when, and made from which build.
func (cb *calibrationBook) about() string {
	build := cb.data.people.Build
	return cb.t("about",
		"from", cb.words.Value(cb.data.head.value("starts_on"), "date"),
		"to", cb.words.Value(cb.data.head.value("ends_on"), "date"),
		"as_of", cb.words.Date(build.AsOf),
		"build", fmt.Sprint(build.ID),
		"count", len(cb.data.people.Rows))
}

// writeHead writes the three lines above every sheet's table, and the gap.
func (cb *calibrationBook) writeHead(g *grid, title, note string) error {
	if err := g.write(cell{value: title, look: look{kind: lookTitle}}); err != nil {
		return err
	}
	if err := g.write(cell{value: cb.t("confidential") + " · " + cb.about(), look: look{kind: lookNote}}); err != nil {
		return err
	}
	if err := g.write(cell{value: note, look: look{kind: lookNote}}); err != nil {
		return err
	}
	return g.write()
}

// foot puts the page number, the build and "confidential" at the foot of each printed page. The blank after
// the font size keeps a title that begins with a year from being read as a part of it.
func (cb *calibrationBook) foot(sheet string) error {
	build := cb.data.people.Build
	text := fmt.Sprintf("&L&8 %s&C&8 %s&R&8 &P / &N", cb.t("confidential"),
		strings.ReplaceAll(cb.t("foot", "title", cb.title(), "build", fmt.Sprint(build.ID), "as_of", cb.words.Date(build.AsOf)), "&", "&&"))
	return cb.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: text})
}
