package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"runtime"
	"runtime/cgo"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// bulkFunction is the table function by which the warehouse takes the rows of a bulkSource. Its argument is the source's handle.
const bulkFunction = "perfloop_bulk_rows"

// bulkSource hands the rows of a sheet to the warehouse, each thread of which has a bulkWorker.
type bulkSource struct {
	ctx     context.Context // of the statement: the warehouse hands none to a thread
	loader  *loader
	layout  bulkLayout
	columns []bulkColumn
	shared  sharedTemplates
	first   *bulkWorker // which has converted the first block

	blocks <-chan blockOrError
	ended  chan struct{} // closed: no more blocks are wanted
	stop   func()

	mutex   sync.Mutex // over all below
	odd     []sheet.Row
	skipped []int // lines that were passed over
	hashes  keyHashes
	err     error
}

type blockOrError struct {
	block sheet.Block
	err   error
}

func newBulkSource(ctx context.Context, l *loader, blocks iter.Seq2[sheet.Block, error]) *bulkSource {
	read, ended := make(chan blockOrError, runtime.GOMAXPROCS(0)), make(chan struct{})
	go func() {
		defer close(read)
		for block, err := range blocks {
			select {
			case read <- blockOrError{block, err}:
			case <-ended:
				return
			}
		}
	}()
	return &bulkSource{
		shared: sharedTemplates{owners: map[string]*ownerTemplate{}},
		ctx:    ctx, loader: l, layout: newBulkLayout(l.convert), blocks: read, ended: ended, stop: sync.OnceFunc(func() { close(ended) }),
	}
}

// convertFirst converts the first block, which shows what fields the rows state.
func (s *bulkSource) convertFirst() error {
	w := newBulkWorker(s.loader, s.layout, &s.shared)
	s.refill(w)
	s.columns, s.first = w.statedColumns(), w
	s.layout.untaken = w.untaken
	return s.err
}

// takeFirst gives a worker the rows of the first block, once.
func (s *bulkSource) takeFirst(w *bulkWorker) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.first != nil {
		w.bulkPart, w.next, s.first = s.first.bulkPart, 0, nil
	}
}

// refill has a worker convert the next block. It answers false when there is none.
func (s *bulkSource) refill(w *bulkWorker) bool {
	next, ok := <-s.blocks
	if !ok {
		return false
	}
	err := next.err
	if err == nil {
		err = w.convertBlock(next.block)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err == nil {
		err = s.ctx.Err()
	}
	if err == nil {
		err = s.take(w)
	}
	if err != nil && s.err == nil {
		s.err = err
		s.stop()
	}
	return s.err == nil
}

// take notes what a worker says about its block.
func (s *bulkSource) take(w *bulkWorker) error {
	s.odd, s.skipped = append(s.odd, w.odd...), append(s.skipped, w.skipped...)
	s.hashes.add(w.hashes, w.rows)
	rows := len(s.hashes.lines) + len(s.odd)
	if err := s.loader.file.course.step(rows); err != nil {
		return err
	}
	if len(s.odd) > oddAtLeast && len(s.odd) > rows/oddShare {
		return errTooOdd
	}
	return nil
}

// insert is the statement that takes the rows into raw; its arguments are the import and the sheet.
func (s *bulkSource) insert(handle cgo.Handle) string {
	names, values := "", ""
	for _, c := range s.columns {
		names, values = names+", "+c.field.Name, values+", "+c.value()
	}
	return fmt.Sprintf(`insert into raw.%s (import_id, sheet, line, natural_key%s)
select $1::bigint, $2, line, natural_key%s
from %s(%d::ubigint)`, s.layout.kind.Name, names, values, bulkFunction, handle)
}

// registerBulkRows makes the table function known to the warehouse, where it is not yet.
func registerBulkRows(conn *sql.Conn) error {
	handle, err := duckdb.NewTypeInfo(duckdb.TYPE_UBIGINT)
	if err != nil {
		return fmt.Errorf("register %s: %w", bulkFunction, err)
	}
	err = duckdb.RegisterTableUDF(conn, bulkFunction, duckdb.ParallelChunkTableFunction{
		Config:        duckdb.TableFunctionConfig{Arguments: []duckdb.TypeInfo{handle}},
		BindArguments: bulkSourceOf,
	})
	if err != nil {
		return fmt.Errorf("register %s: %w", bulkFunction, err)
	}
	return nil
}

// bulkSourceOf finds the source of a handle.
func bulkSourceOf(_ map[string]any, arguments ...any) (source duckdb.ParallelChunkTableSource, err error) {
	defer func() {
		if stale := recover(); stale != nil { // Value panics for a handle that is none
			err = fmt.Errorf("find bulk rows: %v", stale)
		}
	}()
	number, _ := arguments[0].(uint64)
	source, ok := cgo.Handle(number).Value().(*bulkSource)
	if !ok {
		return nil, fmt.Errorf("find bulk rows: %d is no handle of theirs", number)
	}
	return source, nil
}

// ColumnInfos describes the columns: the line, the natural key, and the fields.
func (s *bulkSource) ColumnInfos() []duckdb.ColumnInfo {
	infos := []duckdb.ColumnInfo{{Name: "line", T: typeInfo(duckdb.TYPE_INTEGER)}, {Name: "natural_key", T: typeInfo(duckdb.TYPE_VARCHAR)}}
	for _, c := range s.columns {
		infos = append(infos, duckdb.ColumnInfo{Name: c.field.Name, T: typeInfo(c.written)})
	}
	return infos
}

// typeInfo describes one of the simple types, which cannot fail.
func typeInfo(t duckdb.Type) duckdb.TypeInfo {
	info, err := duckdb.NewTypeInfo(t)
	if err != nil {
		panic(fmt.Errorf("describe type %v: %w", t, err))
	}
	return info
}

// Cardinality is not known.
func (s *bulkSource) Cardinality() *duckdb.CardinalityInfo { return nil }

// Init lets the warehouse use all its threads.
func (s *bulkSource) Init() duckdb.ParallelTableSourceInfo {
	return duckdb.ParallelTableSourceInfo{MaxThreads: runtime.GOMAXPROCS(0)}
}

// NewLocalState is a thread's worker.
func (s *bulkSource) NewLocalState() any {
	w := newBulkWorker(s.loader, s.layout, &s.shared)
	w.written = newBulkWriter(s.columns)
	return w
}

// FillChunk writes the next rows of the thread. After a fault there are none: what the statement has stored is taken back.
func (s *bulkSource) FillChunk(local any, chunk duckdb.DataChunk) error {
	w, ok := local.(*bulkWorker)
	if !ok {
		return fmt.Errorf("worker is a %T", local)
	}
	s.takeFirst(w)
	for w.next == len(w.rows) {
		if !s.refill(w) {
			return chunk.SetSize(0)
		}
	}
	count := min(len(w.rows)-w.next, duckdb.GetDataChunkCapacity())
	if err := chunk.SetSize(count); err != nil {
		return err
	}
	err := w.written.write(chunk, w.rows[w.next:w.next+count], w.keys)
	w.next += count
	return err
}
