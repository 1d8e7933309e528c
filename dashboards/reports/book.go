package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Sending is one line of the log: a step in the sending of a schedule's report of one due time.
type Sending struct {
	Schedule int64     `json:"schedule_id"`
	DueAt    time.Time `json:"due_at"`
	At       time.Time `json:"at"`
	State    State     `json:"state"`
	Try      int       `json:"try"` // 1 is the first
	To       []string  `json:"to,omitempty"`
	File     string    `json:"file,omitempty"`
	Bytes    int       `json:"bytes,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// State is how far a sending is.
type State string

// The states. Unknown is a sending that the program's end cut short: it may have arrived and is not sent again.
const (
	Begun   State = "begun"
	Sent    State = "sent"
	Failed  State = "failed"
	Unknown State = "unknown"
)

// ErrNoSchedule says that no schedule has the number.
var ErrNoSchedule = errors.New("no such schedule")

// Book keeps the schedules and the log of what was sent in a folder (000001.json, log.jsonl), which outlive the warehouse.
type Book struct {
	dir string
	mu  sync.Mutex
}

// OpenBook opens the book in a folder, which is made for its owner alone where it is missing.
func OpenBook(dir string) (*Book, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open book of reports: %w", err)
	}
	return &Book{dir: dir}, nil
}

// Schedules are those kept, by their number.
func (b *Book) Schedules() ([]Schedule, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.schedules()
}

func (b *Book) schedules() ([]Schedule, error) {
	paths, err := filepath.Glob(filepath.Join(b.dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list schedules: %w", err)
	}
	sort.Strings(paths)
	var all []Schedule
	for _, path := range paths {
		var s Schedule
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &s)
		}
		if err != nil {
			return nil, fmt.Errorf("read schedule %s: %w", filepath.Base(path), err)
		}
		all = append(all, s)
	}
	return all, nil
}

// Add checks a schedule, numbers it and keeps it. Numbers are never given twice: the log names them.
func (b *Book) Add(s Schedule) (Schedule, error) {
	if err := s.Check(); err != nil {
		return s, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	log, err := b.log()
	if err != nil {
		return s, err
	}
	all, err := b.schedules()
	if err != nil {
		return s, err
	}
	s.ID = 1
	for _, known := range all {
		s.ID = max(s.ID, known.ID+1)
	}
	for _, line := range log {
		s.ID = max(s.ID, line.Schedule+1)
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return s, fmt.Errorf("write schedule: %w", err)
	}
	return s, b.write(b.path(s.ID), append(text, '\n'))
}

// Remove forgets a schedule; the log keeps what it sent. ErrNoSchedule where there is none.
func (b *Book) Remove(id int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := os.Stat(b.path(id)); err != nil {
		return fmt.Errorf("%w: %d", ErrNoSchedule, id)
	}
	log, err := b.log()
	if err != nil {
		return err
	}
	// A line of the log keeps the number from being given again.
	if !hasLine(log, id) {
		if err := b.append(Sending{Schedule: id, State: Unknown, At: time.Now().UTC(), Error: "removed before it was due"}); err != nil {
			return err
		}
	}
	if err := os.Remove(b.path(id)); err != nil {
		return fmt.Errorf("remove schedule: %w", err)
	}
	return nil
}

func hasLine(log []Sending, id int64) bool {
	for _, line := range log {
		if line.Schedule == id {
			return true
		}
	}
	return false
}

// Log is what was sent and what was tried, the oldest first.
func (b *Book) Log() ([]Sending, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.log()
}

// Note adds a line to the log, safe on the disk when it returns.
func (b *Book) Note(line Sending) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.append(line)
}

func (b *Book) path(id int64) string { return filepath.Join(b.dir, fmt.Sprintf("%06d.json", id)) }

func (b *Book) logPath() string { return filepath.Join(b.dir, "log.jsonl") }

// log reads the lines. A last one without an end was cut short by a crash and did not count.
func (b *Book) log() ([]Sending, error) {
	text, err := os.ReadFile(b.logPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read log of reports: %w", err)
	}
	text = text[:bytes.LastIndexByte(text, '\n')+1]
	var lines []Sending
	scanner := bufio.NewScanner(bytes.NewReader(text))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var line Sending
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("read log of reports, line %s: %w", strconv.Itoa(len(lines)+1), err)
		}
		lines = append(lines, line)
	}
	return lines, scanner.Err()
}

func (b *Book) append(line Sending) error {
	line.Error = strings.ToValidUTF8(line.Error, "")
	text, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("write log of reports: %w", err)
	}
	file, err := os.OpenFile(b.logPath(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("write log of reports: %w", err)
	}
	end, err := wholeLines(file)
	if err == nil {
		_, err = file.WriteAt(append(text, '\n'), end)
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write log of reports: %w", err)
	}
	return nil
}

// wholeLines is where the last whole line ends; what a crash left behind it is cut off.
func wholeLines(file *os.File) (int64, error) {
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return 0, err
	}
	end := int64(bytes.LastIndexByte(text, '\n') + 1)
	return end, file.Truncate(end)
}

// write makes a file whole or not at all.
func (b *Book) write(path string, text []byte) error {
	file, err := os.CreateTemp(b.dir, ".new-*")
	if err != nil {
		return fmt.Errorf("write schedule: %w", err)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write schedule: %w", errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}
