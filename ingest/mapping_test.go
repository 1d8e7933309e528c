package ingest_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

// The README names each field that a mapping file may have.
func TestEveryFieldOfAMappingIsDocumented(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	mapping := reflect.TypeFor[ingest.Mapping]()
	fields := 0
	for i := range mapping.NumField() {
		name, _, _ := strings.Cut(mapping.Field(i).Tag.Get("yaml"), ",")
		if name == "" {
			continue
		}
		fields++
		if text := string(readme); !strings.Contains(text, "\n"+name+":") && !strings.Contains(text, "`"+name+"`") && !strings.Contains(text, "`"+name+":") {
			t.Errorf("the README does not say what %s is for", name)
		}
	}
	if fields < 10 {
		t.Errorf("found only %d fields", fields)
	}
}
