package analytics

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

func TestZZTiming(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("N"))
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	conn, _ := db.writer.Conn(t.Context())
	defer conn.Close()
	s := scale{n, 8, 5, 6}
	if err := s.load(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	ordered, _ := inOrder(models())
	if err := dropModels(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	total := time.Now()
	for _, m := range ordered {
		start := time.Now()
		if err := makeModel(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d > 50*time.Millisecond {
			fmt.Printf("%8.2f s %s\n", d.Seconds(), m.Path)
		}
	}
	fmt.Println("total", time.Since(total))
	start := time.Now()
	if _, err := runChecks(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	fmt.Println("checks", time.Since(start))
}
