package dashboards

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// compressFrom is the smallest body that compressing makes smaller by a packet.
const compressFrom = 1024

// takesGzip reports that the browser reads gzip.
func takesGzip(c echo.Context) bool {
	for _, one := range strings.Split(c.Request().Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		if name == "gzip" && strings.ReplaceAll(weight, " ", "") != "q=0" {
			return true
		}
	}
	return false
}

// compressed writes a body as gzip at a level; nothing where that would not make it smaller.
func compressed(body []byte, level int) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil || w.Close() != nil || out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}

// blob answers a body, compressed where the browser takes it.
func blob(c echo.Context, status int, contentType string, body []byte) error {
	h := c.Response().Header()
	h.Set("Vary", varies)
	if len(body) >= compressFrom && takesGzip(c) {
		if small := compressed(body, gzip.DefaultCompression); small != nil {
			h.Set("Content-Encoding", "gzip")
			body = small
		}
	}
	return c.Blob(status, contentType, body)
}

// smallFiles are the browser's files as gzip, by name; files that are not texts are left out.
func smallFiles(files fs.FS) (map[string][]byte, error) {
	small := map[string][]byte{}
	var working sync.WaitGroup
	var mu sync.Mutex
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isText(name) {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		working.Go(func() {
			if out := compressed(text, gzip.BestCompression); out != nil {
				mu.Lock()
				defer mu.Unlock()
				small[name] = out
			}
		})
		return nil
	})
	working.Wait()
	return small, err
}

func isText(name string) bool {
	switch path.Ext(name) {
	case ".js", ".css", ".svg":
		return true
	}
	return false
}

// typeOf a file of the browser's.
func typeOf(name string) string { return mime.TypeByExtension(path.Ext(name)) }
