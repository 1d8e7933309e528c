package dashboards

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// Stream is what a program accepts that wants to follow an import: a StreamLine a line.
const Stream = "application/x-ndjson"

// StreamLine is how far an import is, or as the last of all its reports or what went wrong.
type StreamLine struct {
	Progress *ingest.Progress `json:"progress,omitempty"`
	Reports  json.RawMessage  `json:"reports,omitempty"`
	Error    string           `json:"error,omitempty"`
	Message  string           `json:"message,omitempty"`
}

const streamEvery = 100 * time.Millisecond

// stream writes lines to whom follows an import.
type stream struct {
	c echo.Context

	mu   sync.Mutex
	last time.Time
}

// step tells how far the import is, not too often.
func (s *stream) step(at ingest.Progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.last) < streamEvery {
		return
	}
	s.last = time.Now()
	_ = s.write(StreamLine{Progress: &at}) // whoever has gone away ends the request's context, and with it the import
}

func (s *stream) write(line StreamLine) error {
	response := s.c.Response()
	if !response.Committed {
		response.Header().Set(echo.HeaderContentType, Stream)
		response.WriteHeader(http.StatusOK)
	}
	if err := json.NewEncoder(response).Encode(line); err != nil {
		return err
	}
	response.Flush()
	return nil
}

// streamImports imports the files of a request and tells meanwhile how far it is. What goes wrong before the first file is
// read has its own status; what goes wrong later is the last line.
func (s *server) streamImports(c echo.Context) error {
	to := &stream{c: c}
	reports, err := s.takeFiles(c, to.step)
	if err != nil && !c.Response().Committed {
		return err
	}
	if err != nil {
		mistake := s.mistake(c, err)
		return to.write(StreamLine{Error: mistake.Key, Message: mistake.sentence(words.For(language(c)))})
	}
	text, err := json.Marshal(reports)
	if err != nil {
		return err
	}
	return to.write(StreamLine{Reports: text})
}
