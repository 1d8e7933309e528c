package dashboards

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVendoredFilesAreAsPublished compares every vendored file with its SHA256SUMS, both ways.
func TestVendoredFilesAreAsPublished(t *testing.T) {
	for _, dir := range []string{"static/vendor", "../testdata/pages/axe"} {
		want := sums(t, filepath.Join(dir, "SHA256SUMS"))
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			name := filepath.Base(path)
			if err != nil || d.IsDir() || name == "SHA256SUMS" || name == "VENDOR.md" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(data)
			if got := hex.EncodeToString(sum[:]); got != want[filepath.ToSlash(rel)] {
				t.Errorf("%s: sum %s, want %q", path, got, want[rel])
			}
			delete(want, filepath.ToSlash(rel))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for name := range want {
			t.Errorf("%s lists %s, which is not there", dir, name)
		}
	}
}

func sums(t *testing.T, path string) map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		found[strings.TrimPrefix(name, "./")] = sum
	}
	if len(found) == 0 {
		t.Fatalf("%s lists nothing", path)
	}
	return found
}
