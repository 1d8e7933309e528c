package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// WorkNote is what somebody wrote on a thing that waits, and the cause they see. Notes are added, never changed: the newest counts.
// The log of them in the data folder (notes/000001.json) outlives the warehouse.
type WorkNote struct {
	ID       int64     `json:"note_id"`
	Item     string    `json:"item_key"`
	Kind     string    `json:"waiting_kind"`
	Employee string    `json:"employee_id"`
	Cycle    string    `json:"cycle_id"`
	Note     string    `json:"note,omitempty"`
	Cause    string    `json:"cause,omitempty"` // environment, ability, other; empty: not said
	At       time.Time `json:"noted_at"`
	By       string    `json:"noted_by"`
	Build    int64     `json:"build_id"`
}

func (db *DB) noteLog() recordLog { return recordLog{db.dir, "notes"} }

// AddNote keeps a note; its number, time and build are given here. Readers have it when AddNote returns.
func (db *DB) AddNote(ctx context.Context, n WorkNote) error {
	n.ID, n.At = 0, db.opts.Now().UTC().Truncate(time.Microsecond)
	built, err := db.Update(ctx, func(ctx context.Context, conn *sql.Conn) error {
		err := conn.QueryRowContext(ctx, `
			select
				coalesce((select max(note_id) from raw.work_note), 0) + 1,
				coalesce((select max(build_id) from raw.build), 0) + 1`).Scan(&n.ID, &n.Build)
		if err != nil {
			return fmt.Errorf("number the note: %w", err)
		}
		return errors.Join(n.store(ctx, conn), db.noteLog().write(n.ID, n))
	})
	if err != nil && n.ID > 0 {
		err = errors.Join(err, db.noteLog().drop(n.ID))
	}
	if err != nil {
		return err
	}
	return errors.Join(built.Unpublished, db.noteLog().keep(n.ID))
}

func (n WorkNote) store(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "insert into raw.work_note values ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), $8::timestamp, $9, $10)",
		n.ID, n.Item, n.Kind, n.Employee, n.Cycle, n.Note, n.Cause, n.At, n.By, n.Build)
	if err != nil {
		return fmt.Errorf("store note %d: %w", n.ID, err)
	}
	return nil
}

// openNotes settles a note that a crash cut short, and gives a new warehouse the notes of the log.
func (db *DB) openNotes(ctx context.Context) error {
	if db.dir == "" {
		return nil
	}
	var last int64
	if err := db.writer.QueryRowContext(ctx, "select coalesce(max(note_id), 0) from raw.work_note").Scan(&last); err != nil {
		return fmt.Errorf("find last note: %w", err)
	}
	if err := db.noteLog().settle(last); err != nil {
		return err
	}
	notes, err := readLog[WorkNote](db.noteLog())
	if err != nil || len(notes) == 0 || notes[len(notes)-1].ID == last {
		return err
	}
	return db.inTransaction(ctx, func(conn *sql.Conn) error {
		if err := execAll(ctx, conn, "delete from raw.work_note"); err != nil {
			return err
		}
		for _, n := range notes {
			if err := n.store(ctx, conn); err != nil {
				return err
			}
		}
		return nil
	})
}
