package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// querier is a connection as far as reading goes.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// batch is one call of Import or Preview.
type batch struct {
	archive *Archive
	options Options
	keep    bool // write to the archive
	conn    *sql.Conn
	files   int
	done    map[int64]*manifest
	next    int64
}

// Import reads the files in order, all in one update, and keeps each with its manifest. A file that is refused
// does not stop the others; an error means that nothing was imported.
func (a *Archive) Import(ctx context.Context, update Updater, sources []Source, o Options) ([]Report, error) {
	var b *batch
	var reports []Report
	err := update(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
		b = &batch{archive: a, options: o, keep: true, conn: conn}
		reports, err = b.run(ctx, sources)
		return err
	})
	if err != nil {
		if b != nil {
			err = errors.Join(err, b.dropPending())
		}
		return nil, err
	}
	for id, m := range b.done {
		if err := a.finish(id); err != nil {
			return reports, err
		}
		if o.Remember && m.Mapping != nil {
			if err := a.remember(m); err != nil {
				return reports, err
			}
		}
	}
	return reports, nil
}

// Preview is Import with nothing kept: preview must drop what load did.
func (a *Archive) Preview(ctx context.Context, preview Updater, sources []Source, o Options) ([]Report, error) {
	var reports []Report
	err := preview(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
		b := &batch{archive: a, options: o, conn: conn}
		reports, err = b.run(ctx, sources)
		return err
	})
	if err != nil {
		return nil, err
	}
	return reports, nil
}

func (b *batch) dropPending() error {
	var errs []error
	for id := range b.done {
		errs = append(errs, b.archive.drop(id))
	}
	return errors.Join(errs...)
}

func (b *batch) run(ctx context.Context, sources []Source) ([]Report, error) {
	last, err := b.archive.lastID(ctx, b.conn)
	if err != nil {
		return nil, err
	}
	if b.options.words, err = b.archive.words(); err != nil {
		return nil, err
	}
	remembered, err := b.archive.Remembered()
	if err != nil {
		return nil, err
	}
	b.options.remembered = map[string]*Mapping{}
	for _, r := range remembered {
		b.options.remembered[r.Fingerprint] = r.Mapping
	}
	b.next, b.done, b.files = last+1, map[int64]*manifest{}, len(sources)
	if b.options.Limits == (sheet.Limits{}) {
		b.options.Limits = b.archive.Limits
	}
	if b.options.references, err = references(sources, b.options); err != nil {
		return nil, err
	}
	var reports []Report
	for i, source := range sources {
		report, err := b.source(ctx, source, i+1)
		if err != nil {
			return nil, fmt.Errorf("import %s: %w", source.Name, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// source imports one file.
func (b *batch) source(ctx context.Context, source Source, number int) (Report, error) {
	o := b.options
	if source.Mapping != nil {
		o.Mapping = source.Mapping
	}
	sum, err := checksum(source.Path)
	if err != nil {
		return Report{}, err
	}
	if report, found, err := b.duplicate(ctx, source.Name, sum, o); found || err != nil {
		return report, err
	}
	report := Report{File: source.Name}
	f, err := openFile(source, o)
	if err != nil {
		return refused(report, err)
	}
	defer f.close()
	at := Progress{File: source.Name, FileNumber: number, FileCount: b.files}
	if f.course, err = newCourse(ctx, at, b.options.Progress); err != nil {
		return report, err
	}
	plans, err := planFile(f)
	if err != nil {
		return refused(report, err)
	}
	if key := f.missing(plans); key != "" {
		report.Refused = fileProblem(source.Name, key)
		return report, nil
	}
	m := &manifest{
		ImportID: b.next, FileName: source.Name, StoredAs: storedName(source.Name), SHA256: sum,
		ImportedAt: clock(o.Now), ImportedBy: o.By,
		Kind: o.Kind, Mapping: o.Mapping, Words: o.words, Plans: plans, References: f.references,
	}
	b.next++
	b.done[m.ImportID] = m
	kept, err := b.keepFile(m, source.Path)
	if err != nil {
		return report, err
	}
	report.ImportID = m.ImportID
	report.Sheets, err = loadFile(ctx, b.conn, f, m)
	return report, errors.Join(err, <-kept)
}

// keepFile writes the file to the archive, while its rows are loaded; what is sent says how that ended.
func (b *batch) keepFile(m *manifest, path string) (<-chan error, error) {
	kept := make(chan error, 1)
	if !b.keep {
		kept <- nil
		return kept, nil
	}
	if err := b.archive.open(m); err != nil {
		return nil, err
	}
	to := filepath.Join(b.archive.path(m.ImportID)+pendingSuffix, m.StoredAs)
	go func() { kept <- copyOriginal(path, to) }()
	return kept, nil
}

// missing says why a readable file has nothing to read, or not the sheet that the mapping names; "" where all is there.
func (f *file) missing(plans []*plan) string {
	m := f.options.Mapping
	has := func(name string) bool {
		return slices.ContainsFunc(f.book.Sheets(), func(s *sheet.Sheet) bool { return s.Name == name })
	}
	switch {
	case m != nil && m.Sheet != "" && len(plans) == 0,
		m != nil && slices.ContainsFunc(m.Sheets, func(one *Mapping) bool { return !has(one.Sheet) }):
		return "mapping_sheet_missing"
	case len(plans) == 0:
		return "no_rows"
	}
	return ""
}

// refused turns a fault of the file into its report; other errors are ours.
func refused(report Report, err error) (Report, error) {
	var fault *sheet.Error
	if !errors.As(err, &fault) {
		return report, err
	}
	report.Refused = fileProblem(report.File, "sheet."+fault.Key)
	for name, value := range fault.Args {
		report.Refused.Args[name] = value
	}
	return report, nil
}

func fileProblem(name, key string) *Problem {
	p := withPlace(Problem{Severity: Rejected, Key: key}, name)
	return &p
}

// planFile settles how each sheet that has rows is read.
func planFile(f *file) ([]*plan, error) {
	given := f.options.Mapping
	if given == nil {
		given = embedded(f.book)
	}
	var plans []*plan
	for _, s := range f.book.Sheets() {
		mapping, wanted := given.forSheet(s.Name)
		if s.Name == MappingSheet {
			continue
		}
		if !wanted {
			if mapping.Skip {
				plans = append(plans, &plan{Sheet: s.Name, Left: true, mapping: mapping})
			}
			continue
		}
		one := *f
		one.options.Mapping = mapping
		found, err := planSheet(&one, s)
		if unread := unreadSheet(s, err); unread != nil {
			found, err = []*plan{unread}, nil
		}
		if err != nil {
			return nil, err
		}
		plans = append(plans, found...)
	}
	f.book.Checked()
	noteTexts(plans)
	return plans, nil
}

func planSheet(f *file, s *sheet.Sheet) ([]*plan, error) {
	if s.Fault != nil {
		return nil, s.Fault
	}
	plans, err := f.turnPlans(s)
	if err == nil && plans == nil {
		plans, err = detect(f, s)
	}
	if err != nil {
		return nil, err
	}
	plans = f.withoutSkipped(plans)
	for _, p := range plans {
		f.leaveOut(s, p)
		leaveRecords(s, p)
		if p.Refused == nil && !p.Left {
			if err := settleColumns(f, p.view(s), p); err != nil {
				return nil, err
			}
		}
	}
	return plans, nil
}

// withoutSkipped reads nothing of the tables that a mapping leaves out.
func (f *file) withoutSkipped(plans []*plan) []*plan {
	var kept []*plan
	isSkipped := false
	for _, p := range plans {
		if p.IsBeside && isSkipped {
			continue
		}
		m := f.skipped(p)
		if isSkipped = m != nil; isSkipped {
			p = &plan{Sheet: p.Sheet, Left: true, mapping: m}
		}
		kept = append(kept, p)
	}
	return kept
}

// loadFile loads the sheets as their plans say.
func loadFile(ctx context.Context, conn *sql.Conn, f *file, m *manifest) ([]SheetReport, error) {
	if err := recordImport(ctx, conn, m); err != nil {
		return nil, err
	}
	sheets := map[string]*sheet.Sheet{}
	for _, s := range f.book.Sheets() {
		sheets[s.Name] = s
	}
	f.course.load()
	var reports []SheetReport
	for _, p := range m.Plans {
		s := sheets[p.Sheet]
		if s == nil {
			return nil, fmt.Errorf("load import %d: no sheet %q", m.ImportID, p.Sheet)
		}
		l := &loader{conn: conn, importID: m.ImportID, file: f, sheet: p.view(s), plan: p}
		if p.Refused == nil && !p.Left {
			var err error
			if l.convert, err = newConverter(f, p, s.Date1904()); err != nil {
				return nil, err
			}
		}
		report, err := l.load(ctx)
		if err != nil {
			return nil, err
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// duplicate finds an import of the same bytes, read the same way, and repeats its counts.
func (b *batch) duplicate(ctx context.Context, name, sum string, o Options) (Report, bool, error) {
	rows, err := b.conn.QueryContext(ctx, "select import_id from raw.import where sha256 = $1 and undone_at is null order by import_id", sum)
	if err != nil {
		return Report{}, false, fmt.Errorf("find same file: %w", err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return Report{}, false, err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return Report{}, false, err
	}
	rows.Close()
	for _, id := range ids {
		m := b.done[id]
		if m == nil {
			if m, err = b.archive.manifest(id); err != nil {
				return Report{}, false, err
			}
		}
		if m.sameReading(o) {
			report := Report{File: name, Duplicate: id}
			report.Sheets, err = b.repeated(ctx, m)
			return report, true, err
		}
	}
	return Report{}, false, nil
}

// repeated are the sheets of an earlier import as they were read, their stored rows now unchanged.
func (b *batch) repeated(ctx context.Context, m *manifest) ([]SheetReport, error) {
	rows, err := b.conn.QueryContext(ctx, `select sheet, coalesce(kind, ''), coalesce(header_line, 0), read_count, rejected_count
from raw.import_sheet
where import_id = $1
order by rowid`, m.ImportID)
	if err != nil {
		return nil, fmt.Errorf("read sheets of import %d: %w", m.ImportID, err)
	}
	defer rows.Close()
	var reports []SheetReport
	for rows.Next() {
		var r SheetReport
		if len(reports) < len(m.Plans) {
			r = m.Plans[len(reports)].report()
		}
		if err := rows.Scan(&r.Sheet, &r.Kind, &r.HeaderLine, &r.Read, &r.Rejected); err != nil {
			return nil, err
		}
		r.Unchanged = r.Read - r.Rejected
		reports = append(reports, r)
	}
	return reports, rows.Err()
}

// shownLines lists line numbers as a person would, the first few.
func shownLines(lines []int) string {
	text := ""
	for i, line := range lines {
		if i == shownLineCount {
			return text + "…"
		}
		if i > 0 {
			text += ", "
		}
		text += strconv.Itoa(line)
	}
	return text
}
