package analytics

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// StatementError says why a text is not one select: the engine's words, or that it is something else.
type StatementError struct{ Reason string }

func (e *StatementError) Error() string { return "not one select: " + e.Reason }

// Ask runs an analyst's own text on the published extract: exactly one select, read-only, with no
// way to a file or the network. The error of a text that is not one select is a *StatementError.
func (db *DB) Ask(ctx context.Context, text string, limit int) (*Result, error) {
	e, release, err := db.published.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := e.admit(ctx, text); err != nil {
		return nil, err
	}
	return e.query(ctx, text, nil, limit)
}

// admit lets through what the engine's own parser takes for one select.
func (e *extract) admit(ctx context.Context, text string) error {
	var tree string
	if err := e.db.QueryRowContext(ctx, "select json_serialize_sql($text::varchar)::varchar", Args{"text": text}.named()...).Scan(&tree); err != nil {
		return fmt.Errorf("parse statement: %w", err)
	}
	var parsed struct {
		Error      bool              `json:"error"`
		Message    string            `json:"error_message"`
		Statements []json.RawMessage `json:"statements"`
	}
	if err := json.Unmarshal([]byte(tree), &parsed); err != nil {
		return fmt.Errorf("read statement's tree: %w", err)
	}
	if parsed.Error {
		return &StatementError{Reason: parsed.Message}
	}
	if len(parsed.Statements) != 1 {
		return &StatementError{Reason: fmt.Sprintf("%d statements", len(parsed.Statements))}
	}
	return nil
}

// Reader answers queries from the newest extract of a data folder that another process may be writing to.
type Reader struct{ extract *extract }

// ErrNothingPublished says that the data folder has no extract: nothing was imported or served from it yet.
var ErrNothingPublished = errors.New("data folder holds nothing published")

// OpenReader opens the newest extract in dir. It takes no lock.
func OpenReader(ctx context.Context, dir string, o Options) (*Reader, error) {
	found, err := extractFiles(dir)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrNothingPublished
	}
	e, err := openExtract(ctx, found[len(found)-1], o)
	if err != nil {
		return nil, err
	}
	return &Reader{extract: e}, nil
}

// Query is DB.Query on this extract.
func (r *Reader) Query(ctx context.Context, text string, args Args, limit int) (*Result, error) {
	return r.extract.query(ctx, text, args, limit)
}

// Ask is DB.Ask on this extract.
func (r *Reader) Ask(ctx context.Context, text string, limit int) (*Result, error) {
	if err := r.extract.admit(ctx, text); err != nil {
		return nil, err
	}
	return r.extract.query(ctx, text, nil, limit)
}

// Close closes the extract.
func (r *Reader) Close() error { return r.extract.close() }

// Build is what this extract was made by.
func (r *Reader) Build() Build { return r.extract.build }
