package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// A large CSV file takes another way into raw than row by row. Its rows are converted block by block on all cores, and
// written, as text that needs no more judgement, to a file that the warehouse reads itself. A row about which anything is
// to be said, and one whose thing raw knows or the file states twice, goes the way of all others.

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
	layout  bulkLayout
	rows    int
	odd     []sheet.Row
	left    []int // lines that were passed over
	hashes  keyHashes
	path    string // of the file for the warehouse
	written *bufio.Writer
}

// bulkPart is what became of one block.
type bulkPart struct {
	text    []byte
	lines   []int32  // of the rows in text
	hashes  []uint64 // of their natural keys
	odd     []sheet.Row
	skipped []int
	err     error
}

// isBulk says whether the sheet can take the bulk way.
func (l *loader) isBulk() bool {
	from := l.file.options.BulkFrom
	if from == 0 {
		from = bulkFrom
	}
	if l.convert == nil || l.file.size < from || l.file.book.Format() != "csv" || !slices.Contains(bulkKinds, l.plan.Kind) {
		return false
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(toJSON(l.plan)), &keys); err != nil {
		return false
	}
	for key := range keys {
		if !slices.Contains(bulkPlanKeys, key) {
			return false
		}
	}
	return !slices.ContainsFunc(l.convert.columns, func(r reader) bool { return !isWhole[r.Why] })
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
	file, err := os.CreateTemp("", "perfloop-rows-*")
	if err != nil {
		return false, fmt.Errorf("create file of rows: %w", err)
	}
	defer func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()
	b := &bulk{loader: l, layout: newBulkLayout(l.convert), path: file.Name(), written: bufio.NewWriterSize(file, 1<<20)}
	err = b.convertAll(ctx, blocks)
	if errors.Is(err, sheet.ErrNotPlain) || errors.Is(err, errTooOdd) {
		return false, nil
	}
	if err == nil {
		err = b.written.Flush()
	}
	if err != nil {
		return false, err
	}
	return true, b.store(ctx)
}

var errTooOdd = errors.New("too many odd rows")

// convertAll converts the blocks on all cores and takes their parts in order.
func (b *bulk) convertAll(ctx context.Context, blocks func(func(sheet.Block, error) bool)) error {
	type job struct {
		block sheet.Block
		part  chan bulkPart
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order, stop := make(chan job), make(chan job, workers), make(chan struct{})
	var readErr error
	go func() {
		defer close(order)
		defer close(jobs)
		for block, err := range blocks {
			j := job{block, make(chan bulkPart, 1)}
			if readErr = err; err != nil {
				return
			}
			select {
			case order <- j:
			case <-stop:
				return
			}
			jobs <- j
		}
	}()
	for range workers {
		w := newBulkWorker(b.convert, b.plan, b.layout)
		go func() {
			for j := range jobs {
				j.part <- w.convertBlock(j.block)
			}
		}()
	}
	var err error
	for j := range order {
		part := <-j.part
		if err == nil {
			if err = b.take(ctx, part); err != nil {
				close(stop)
			}
		}
	}
	return errors.Join(err, readErr)
}

// take adds the part of the next block.
func (b *bulk) take(ctx context.Context, part bulkPart) error {
	if part.err != nil {
		return part.err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.rows += len(part.lines)
	b.odd = append(b.odd, part.odd...)
	b.left = append(b.left, part.skipped...)
	b.hashes.add(part.hashes, part.lines)
	if len(b.odd) > oddAtLeast && len(b.odd) > (b.rows+len(b.odd))/oddShare {
		return errTooOdd
	}
	if err := b.file.course.step(b.rows + len(b.odd)); err != nil {
		return err
	}
	_, err := b.written.Write(part.text)
	return err
}

// store reads the file into raw and puts the rows that need a judgement among the incoming ones.
func (b *bulk) store(ctx context.Context) error {
	defer b.dropIncoming()
	b.skipped = append(b.skipped, b.left...)
	if err := b.file.course.end(b.rows + len(b.odd)); err != nil {
		return err
	}
	if err := b.openIncoming(ctx); err != nil {
		return err
	}
	for _, row := range b.odd {
		if err := b.row(ctx, row, nil); err != nil {
			return err
		}
	}
	if err := b.closeIncoming(); err != nil {
		return err
	}
	var stored bool // before
	if err := b.conn.QueryRowContext(ctx, "select count(*) > 0 from raw."+b.plan.Kind).Scan(&stored); err != nil {
		return fmt.Errorf("count rows of %s: %w", b.plan.Kind, err)
	}
	if _, err := b.conn.ExecContext(ctx, b.layout.insert(b.convert, b.path), b.importID, b.sheet.Name); err != nil {
		return fmt.Errorf("store rows of %s: %w", b.plan.Kind, err)
	}
	moved, err := b.moveDoubtful(ctx, stored)
	if err != nil {
		return fmt.Errorf("judge rows of %s: %w", b.plan.Kind, err)
	}
	b.report.New += b.rows - moved
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
	if lines := b.hashes.twice(); len(lines) > 0 {
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

func (k *keyHashes) add(hashes []uint64, lines []int32) {
	k.hashes, k.lines = append(k.hashes, hashes...), append(k.lines, lines...)
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
