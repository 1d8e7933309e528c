package sheet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

func isParquet(in Input) bool { return startsWith(in, "PAR1") || startsWith(in, "PARE") }

// openParquet has the engine write the rows as JSON, one record a line, and opens that: records inside records
// are sheets of their own in both.
func openParquet(name string, in Input, reading Reading) (*Book, error) {
	if startsWith(in, "PARE") {
		return nil, fault(name, "password_protected", nil)
	}
	dir, err := os.MkdirTemp("", "perfloop-*")
	if err != nil {
		return nil, fmt.Errorf("make temporary folder: %w", err)
	}
	book, err := openUnpacked(name, dir, in, reading)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	book.format, book.encoding = "parquet", ""
	book.release = both(book.release, func() error { return os.RemoveAll(dir) })
	return book, nil
}

func openUnpacked(name, dir string, in Input, reading Reading) (*Book, error) {
	packed, lines := filepath.Join(dir, "in.parquet"), filepath.Join(dir, "out.json")
	if err := writeFile(packed, io.NewSectionReader(in, 0, in.Size())); err != nil {
		return nil, err
	}
	if err := unpackParquet(packed, lines, reading.Limits); err != nil {
		return nil, fault(name, "damaged_file", err)
	}
	f, err := os.Open(lines)
	if err != nil {
		return nil, fmt.Errorf("open unpacked rows: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open unpacked rows: %w", err), f.Close())
	}
	content := reading.Limits.withDeadline(io.NewSectionReader(f, 0, info.Size()))
	book, err := openRecordLines(name, content, reading)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	book.release = f.Close
	return book, nil
}

func writeFile(path string, in io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make temporary file: %w", err)
	}
	_, err = io.Copy(f, in)
	return errors.Join(err, f.Close())
}

// unpackParquet runs in an engine that can reach these two files only. It is stopped where a limit is passed.
func unpackParquet(packed, lines string, limits Limits) error {
	ctx, stop := context.WithTimeoutCause(context.Background(), limits.duration(), &exceeded{limitSeconds, limits.Seconds})
	defer stop()
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return fmt.Errorf("start engine: %w", err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, setting := range []string{
		"set allowed_paths = [" + quoted(packed) + ", " + quoted(lines) + "]", "set temp_directory = ''", "set enable_external_access = false",
		"set autoload_known_extensions = false", "set autoinstall_known_extensions = false", "set threads = 1", "set TimeZone = 'UTC'",
		fmt.Sprintf("set memory_limit = '%d B'", max(limits.Memory, 64<<20)), "set lock_configuration = true",
	} {
		if _, err := db.ExecContext(ctx, setting); err != nil {
			return fmt.Errorf("set up engine: %w", err)
		}
	}
	var rows int64
	if err := db.QueryRowContext(ctx, "select coalesce(sum(num_rows), 0) from parquet_file_metadata("+quoted(packed)+")").Scan(&rows); err != nil {
		return fmt.Errorf("read metadata: %w", err)
	}
	if err := limits.check(limitRows, rows); err != nil {
		return err
	}
	watched := watchSize(ctx, lines, limits)
	_, err = db.ExecContext(watched, "copy (from read_parquet("+quoted(packed)+")) to "+quoted(lines)+" (format json)")
	if cause := context.Cause(watched); cause != nil && err != nil {
		return cause
	}
	return err
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// watchSize ends the context when the file is larger than all that an archive may hold.
func watchSize(ctx context.Context, path string, limits Limits) context.Context {
	watched, cancel := context.WithCancelCause(ctx)
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				cancel(context.Cause(ctx))
				return
			case <-tick.C:
				if info, err := os.Stat(path); err == nil {
					if err := limits.check(limitUnzipped, info.Size()); err != nil {
						cancel(err)
						return
					}
				}
			}
		}
	}()
	return watched
}
