package ingest

import "context"

// Progress tells how far an import has come. A file is read twice: to find out how its columns are written, then to import it.
type Progress struct {
	File       string `json:"file"`
	FileNumber int    `json:"file_number"`
	FileCount  int    `json:"file_count"`
	Row        int    `json:"row"`       // of this reading of the file
	RowCount   int    `json:"row_count"` // that the file has; 0: not known, or still being found out
}

// Share is the part of all files that is imported, from 0 to 1.
func (p Progress) Share() float64 {
	done := float64(max(p.FileNumber-1, 0))
	if p.RowCount > 0 {
		done += min(1, float64(p.Row)/float64(p.RowCount))
	}
	return done / float64(max(p.FileCount, 1))
}

// course follows the readings of one file, table by table. A nil one tells nobody.
type course struct {
	Progress
	tell   func(Progress)
	ctx    context.Context // of the import
	before int             // rows of the tables before this one
}

func newCourse(ctx context.Context, at Progress, tell func(Progress)) (*course, error) {
	c := &course{Progress: at, tell: tell, ctx: ctx}
	return c, c.step(0)
}

// step tells how many rows of the table are read; its error says that nobody waits for the others any more.
func (c *course) step(rows int) error {
	if c == nil {
		return nil
	}
	c.Row = c.before + rows
	if c.RowCount > 0 {
		c.RowCount = max(c.RowCount, c.Row) // rows of tables that nothing had to be found out about
	}
	if c.tell != nil {
		c.tell(c.Progress)
	}
	return c.ctx.Err()
}

// end ends a table.
func (c *course) end(rows int) error {
	err := c.step(rows)
	if c != nil {
		c.before += rows
	}
	return err
}

// load begins the second reading.
func (c *course) load() {
	if c != nil {
		c.RowCount, c.before = c.before, 0
	}
}
