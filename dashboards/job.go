package dashboards

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/perfloop/perfloop/ingest"
)

// The states of a job, in order; a stopped or failed one can be checked again.
const (
	jobChecking  = "checking"
	jobChecked   = "checked"
	jobImporting = "importing"
	jobImported  = "imported"
	jobStopped   = "stopped"
	jobFailed    = "failed"
)

// jobLife is how long an upload waits for somebody to confirm it.
const jobLife = 2 * time.Hour

// job is one upload on its way: taken, checked, confirmed, imported. Its files are kept in a folder of its own
// until it is imported or discarded.
type job struct {
	ID      string
	dir     string
	sources []ingest.Source

	mu       sync.Mutex
	state    string
	progress ingest.Progress
	reports  []ingest.Report
	isEdited bool // somebody changed how the files are read
	errorID  string
	stop     context.CancelFunc
	touched  time.Time
}

// jobView is a job at one moment.
type jobView struct {
	ID       string
	State    string
	Progress ingest.Progress
	Sources  []ingest.Source
	Reports  []ingest.Report
	IsEdited bool
	ErrorID  string
}

// IsRunning says whether the job will change without anybody's doing.
func (v jobView) IsRunning() bool { return v.State == jobChecking || v.State == jobImporting }

func (j *job) view() jobView {
	j.mu.Lock()
	defer j.mu.Unlock()
	return jobView{ID: j.ID, State: j.state, Progress: j.progress, Sources: j.sources, Reports: j.reports, IsEdited: j.isEdited, ErrorID: j.errorID}
}

// cancel ends what the job is about, if anything.
func (j *job) cancel() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stop()
}

// step takes note of how far the reading has come.
func (j *job) step(p ingest.Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.progress = p
}

// jobs are the uploads that are under way. Nothing of them outlives the program.
type jobs struct {
	base    context.Context // ends them all
	dir     string
	now     func() time.Time
	running sync.WaitGroup

	mu  sync.Mutex
	all map[string]*job
}

// newJobs clears what a program that was killed has left in dir: confidential files that nobody waits for.
func newJobs(base context.Context, dir string, now func() time.Time) (*jobs, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("clear uploads: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of uploads: %w", err)
	}
	return &jobs{base: base, dir: dir, now: now, all: map[string]*job{}}, nil
}

// open makes a job with an empty folder, and drops those that nobody has asked for in a long time.
func (js *jobs) open() (*job, error) {
	if err := js.expire(); err != nil {
		return nil, err
	}
	j := &job{ID: rand.Text(), touched: js.now(), stop: func() {}}
	j.dir = filepath.Join(js.dir, j.ID)
	if err := os.Mkdir(j.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of an upload: %w", err)
	}
	js.mu.Lock()
	defer js.mu.Unlock()
	js.all[j.ID] = j
	return j, nil
}

func (js *jobs) expire() error {
	js.mu.Lock()
	var old []*job
	for _, j := range js.all {
		if j.isForgotten(js.now()) {
			old = append(old, j)
		}
	}
	js.mu.Unlock()
	var errs []error
	for _, j := range old {
		errs = append(errs, js.discard(j))
	}
	return errors.Join(errs...)
}

func (j *job) isForgotten(now time.Time) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	running := j.state == jobChecking || j.state == jobImporting
	return !running && now.Sub(j.touched) > jobLife
}

// find is the job of that id, or nil.
func (js *jobs) find(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.all[id]
	if j != nil {
		j.mu.Lock()
		j.touched = js.now()
		j.mu.Unlock()
	}
	return j
}

// discard forgets a job and deletes its files.
func (js *jobs) discard(j *job) error {
	js.mu.Lock()
	delete(js.all, j.ID)
	js.mu.Unlock()
	j.cancel()
	if err := os.RemoveAll(j.dir); err != nil {
		return fmt.Errorf("delete an upload: %w", err)
	}
	return nil
}

// work reads the job's files: checks or imports them.
type work func(ctx context.Context, sources []ingest.Source) ([]ingest.Report, error)

// start puts a job to work. It answers false where it is at work already or done. failed is told our errors and
// answers the id under which the log has them.
func (js *jobs) start(j *job, state string, do work, failed func(error) string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.state == jobChecking || j.state == jobImporting || j.state == jobImported {
		return false
	}
	ctx, stop := context.WithCancel(js.base)
	j.state, j.stop, j.progress, j.reports, j.errorID = state, stop, ingest.Progress{}, nil, ""
	js.running.Go(func() {
		defer stop()
		reports, err := do(ctx, j.sources)
		j.finish(ctx, reports, err, failed)
	})
	return true
}

// finish notes what the work came to.
func (j *job) finish(ctx context.Context, reports []ingest.Report, err error, failed func(error) string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reports = reports
	switch {
	case err != nil && ctx.Err() != nil:
		j.state = jobStopped
	case err != nil:
		j.state, j.errorID = jobFailed, failed(err)
	case j.state == jobChecking:
		j.state = jobChecked
	default:
		j.state = jobImported
	}
}
