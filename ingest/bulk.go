package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/cgo"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// A large CSV file takes another way into raw than row by row. The warehouse asks for its rows from all its threads, and each
// converts a block of the file. A row about which anything is to be said, and one whose thing raw knows or the file states
// twice, goes the way of all others.

const (
	bulkFrom   = 8 << 20 // bytes of a file from which on it is worth it
	oddShare   = 10      // one in so many rows may go the usual way
	oddAtLeast = 10_000
)

// bulkKinds are the kinds of which there are millions, and of which a row is what its columns say.
var bulkKinds = []string{"check_in", "reading"}

// bulkPlanKeys are the parts of a plan that the bulk way knows about; with any other the rows are read one by one.
var bulkPlanKeys = []string{"sheet", "kind", "header_line", "first_line", "columns", "constants", "decisions", "findings", "words", "confirmed", "shared"}

// bulk is the load of one large sheet.
type bulk struct {
	*loader
	source *bulkSource
}

// isBulk says whether the sheet can take the bulk way.
func (l *loader) isBulk() bool {
	return l.convert != nil && l.file.isBulk(l.plan) && !slices.ContainsFunc(l.convert.columns, func(r reader) bool { return !isWhole[r.Why] })
}

// isBulk says whether the rows that a plan reads of the file are many and plain.
func (f *file) isBulk(p *plan) bool {
	from := f.options.BulkFrom
	if from == 0 {
		from = bulkFrom
	}
	if f.size < from || f.book.Format() != "csv" || !slices.Contains(bulkKinds, p.Kind) {
		return false
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(toJSON(p)), &keys); err != nil {
		return false
	}
	for key := range keys {
		if !slices.Contains(bulkPlanKeys, key) {
			return false
		}
	}
	return true
}

// loadBulk loads the sheet the bulk way. It answers false, and has done nothing, where the sheet turns out not to be
// plain, or too many of its rows are odd.
func (l *loader) loadBulk(ctx context.Context) (bool, error) {
	if !l.isBulk() {
		return false, nil
	}
	blocks, ok := l.sheet.Blocks()
	if !ok {
		return false, nil
	}
	stored, err := l.alreadyStored(ctx)
	if err != nil || stored.ofSheet {
		return false, err
	}
	b := &bulk{loader: l, source: newBulkSource(ctx, l, blocks)}
	defer b.source.stop()
	err = b.source.convertFirst()
	if err == nil {
		err = b.insert(ctx)
	}
	if errors.Is(err, sheet.ErrNotPlain) || errors.Is(err, errTooOdd) {
		_, err := l.conn.ExecContext(ctx, "delete from raw."+l.plan.Kind+" where import_id = $1 and sheet = $2", l.importID, l.sheet.Name)
		return false, err
	}
	if err != nil {
		return false, err
	}
	return true, b.settle(ctx, stored.any)
}

// storedRows says what raw holds of a kind: anything, anything of this sheet.
type storedRows struct{ any, ofSheet bool }

func (l *loader) alreadyStored(ctx context.Context) (stored storedRows, err error) {
	from := "exists(from raw." + l.plan.Kind
	err = l.conn.QueryRowContext(ctx, "select "+from+"), "+from+" where import_id = $1 and sheet = $2)", l.importID, l.sheet.Name).
		Scan(&stored.any, &stored.ofSheet)
	if err != nil {
		return stored, fmt.Errorf("look for rows of %s: %w", l.plan.Kind, err)
	}
	return stored, nil
}

var errTooOdd = errors.New("too many odd rows")

// insert has the warehouse take the rows into raw. It takes them from several threads only where their order is not to be
// kept, and nothing needs it: each row has its line.
func (b *bulk) insert(ctx context.Context) (err error) {
	if err := registerBulkRows(b.conn); err != nil {
		return err
	}
	if _, err := b.conn.ExecContext(ctx, "set preserve_insertion_order = false"); err != nil {
		return fmt.Errorf("let rows come in any order: %w", err)
	}
	defer func() {
		_, reset := b.conn.ExecContext(context.WithoutCancel(ctx), "reset preserve_insertion_order")
		err = errors.Join(err, reset)
	}()
	handle := cgo.NewHandle(b.source)
	defer handle.Delete()
	if _, err := b.conn.ExecContext(ctx, b.source.insert(handle), b.importID, b.sheet.Name); err != nil {
		return fmt.Errorf("store rows of %s: %w", b.plan.Kind, err)
	}
	return b.source.err
}

// settle puts the rows that need a judgement among the incoming ones, and has them judged.
func (b *bulk) settle(ctx context.Context, stored bool) error {
	defer b.dropIncoming()
	b.skipped = append(b.skipped, b.source.skipped...)
	slices.Sort(b.skipped)
	if err := b.file.course.end(len(b.source.hashes.lines) + len(b.source.odd)); err != nil {
		return err
	}
	if err := b.openIncoming(ctx); err != nil {
		return err
	}
	slices.SortFunc(b.source.odd, func(x, y sheet.Row) int { return x.Line - y.Line })
	for _, row := range b.source.odd {
		if err := b.row(ctx, row, nil); err != nil {
			return err
		}
	}
	if err := b.closeIncoming(); err != nil {
		return err
	}
	moved, err := b.moveDoubtful(ctx, stored)
	if err != nil {
		return fmt.Errorf("judge rows of %s: %w", b.plan.Kind, err)
	}
	b.report.New += len(b.source.hashes.lines) - moved
	if err := b.judge(ctx); err != nil {
		return err
	}
	if err := b.keepLateRows(); err != nil {
		return err
	}
	return b.flushRejected()
}

// moveDoubtful moves the rows to the incoming ones whose thing stands elsewhere too: in raw, among the
// incoming rows, or twice in the file. It answers how many there are.
func (b *bulk) moveDoubtful(ctx context.Context, stored bool) (int, error) {
	kind := b.plan.Kind
	reasons := []string{"natural_key in (select natural_key from temp.incoming)"}
	if stored {
		reasons = append(reasons, "natural_key in (select natural_key from raw."+kind+" where import_id <> $1 or sheet <> $2)")
	}
	if lines := b.source.hashes.twice(); len(lines) > 0 {
		reasons = append(reasons, "line in (select unnest("+strings.ReplaceAll(fmt.Sprint(lines), " ", ",")+"))")
	}
	_, err := b.conn.ExecContext(ctx, `create or replace temp table doubtful (line integer);
insert into temp.doubtful
select line
from raw.`+kind+`
where import_id = $1
and sheet = $2
and (`+strings.Join(reasons, "\n    or ")+")", b.importID, b.sheet.Name)
	if err != nil {
		return 0, err
	}
	names := strings.Join(b.convert.kind.storedNames(), ", ")
	own := " where import_id = $1 and sheet = $2 and line in (select line from temp.doubtful)"
	_, err = b.conn.ExecContext(ctx, "insert into temp.incoming (line, sub_line, natural_key, "+names+") select line, 0, natural_key, "+names+
		" from raw."+kind+own, b.importID, b.sheet.Name)
	if err != nil {
		return 0, err
	}
	moved, err := b.conn.ExecContext(ctx, "delete from raw."+kind+own, b.importID, b.sheet.Name)
	if err != nil {
		return 0, err
	}
	if _, err := b.conn.ExecContext(ctx, "drop table temp.doubtful"); err != nil {
		return 0, err
	}
	count, err := moved.RowsAffected()
	return int(count), err
}

// keyHashes finds natural keys that a file states twice.
type keyHashes struct {
	hashes []uint64
	lines  []int32
}

func (k *keyHashes) add(hashes []uint64, rows []bulkRow) {
	k.hashes = append(k.hashes, hashes...)
	for _, row := range rows {
		k.lines = append(k.lines, row.line)
	}
}

// twice lists the lines whose hash is that of another line.
func (k *keyHashes) twice() []int32 {
	size := 16
	for size < 2*len(k.hashes) {
		size *= 2
	}
	table, again := make([]uint64, size), map[uint64]bool{}
	for _, h := range k.hashes {
		at := h & uint64(size-1)
		for table[at] != 0 && table[at] != h {
			at = (at + 1) & uint64(size-1)
		}
		if table[at] == h {
			again[h] = true
		}
		table[at] = h
	}
	var lines []int32
	for i, h := range k.hashes {
		if len(again) > 0 && again[h] {
			lines = append(lines, k.lines[i])
		}
	}
	return lines
}
