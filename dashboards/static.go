package dashboards

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"

	"github.com/labstack/echo/v4"
)

//go:embed static
var staticFiles embed.FS

// assets are the embedded browser files under a URL that changes when any of them does. One hash for
// all lets a module import its neighbour by name.
type assets struct {
	files fs.FS
	hash  string
	small map[string][]byte // as gzip, by name
}

func readAssets() (assets, error) {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return assets{}, fmt.Errorf("open static files: %w", err)
	}
	sum := sha256.New()
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		fmt.Fprintf(sum, "%s\x00%d\x00", name, len(text))
		sum.Write(text)
		return err
	})
	if err != nil {
		return assets{}, fmt.Errorf("read static files: %w", err)
	}
	small, err := smallFiles(files)
	if err != nil {
		return assets{}, fmt.Errorf("compress static files: %w", err)
	}
	return assets{files: files, small: small, hash: hex.EncodeToString(sum.Sum(nil))[:16]}, nil
}

// URL of a static file.
func (a assets) URL(name string) string { return "/static/" + a.hash + "/" + name }

// serve answers a file for ever: its URL is its content.
func (a assets) serve(c echo.Context) error {
	if c.Param("hash") != a.hash {
		return notFound("error.no_page", nil)
	}
	name := c.Param("*")
	if info, err := fs.Stat(a.files, name); err != nil || info.IsDir() {
		return notFound("error.no_page", nil)
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	c.Response().Header().Set("Vary", "Accept-Encoding")
	if small, ok := a.small[name]; ok && takesGzip(c) {
		c.Response().Header().Set("Content-Encoding", "gzip")
		return c.Blob(http.StatusOK, typeOf(name), small)
	}
	http.ServeFileFS(c.Response(), c.Request(), a.files, name)
	return nil
}
