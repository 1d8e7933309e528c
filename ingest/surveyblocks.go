package ingest

import (
	"errors"
	"iter"
	"math"
	"runtime"
	"strings"
	"sync"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// inBlocks surveys a large plain CSV file on all cores, a block at a time. It answers false where it must be done row by
// row: also where a share is written with a comma, of which the cells before say what it means.
func (v *survey) inBlocks(f *file, s *sheet.Sheet) (bool, error) {
	blocks, ok := s.Blocks()
	if !ok || !f.isBulk(v.plan) {
		return false, nil
	}
	var workers sync.WaitGroup
	stop := make(chan struct{})
	defer workers.Wait() // they read the plan, which is settled from here on
	defer close(stop)
	all := v.fresh()
	for next := range v.surveys(blocks, stop, &workers) {
		one := <-next.done
		if one.err != nil {
			return false, unlessNotPlain(one.err)
		}
		all.merge(one.survey)
		if err := f.course.step(all.rowCount); err != nil {
			return false, err
		}
	}
	if all.hasCommaShares() {
		return false, nil
	}
	v.columns = all.columns
	return true, f.course.end(all.rowCount)
}

func unlessNotPlain(err error) error {
	if errors.Is(err, sheet.ErrNotPlain) {
		return nil
	}
	return err
}

// blockSurvey is a block that somebody surveys.
type blockSurvey struct {
	block sheet.Block
	done  chan surveyed
}

type surveyed struct {
	*survey
	err error
}

// surveys has all cores survey blocks, and sends these in their order, until stop is closed.
func (v *survey) surveys(blocks iter.Seq2[sheet.Block, error], stop <-chan struct{}, workers *sync.WaitGroup) <-chan blockSurvey {
	jobs, order := make(chan blockSurvey), make(chan blockSurvey, runtime.GOMAXPROCS(0))
	workers.Go(func() {
		defer close(order)
		defer close(jobs)
		for block, err := range blocks {
			next := blockSurvey{block, make(chan surveyed, 1)}
			to := []chan blockSurvey{order, jobs}
			if err != nil {
				next.done <- surveyed{nil, err}
				to = to[:1]
			}
			for _, to := range to {
				select {
				case to <- next:
				case <-stop:
					return
				}
			}
		}
	})
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			asides := newQuickAsides(v.plan)
			for next := range jobs {
				next.done <- v.ofBlock(next.block, asides)
			}
		})
	}
	return order
}

// fresh is the survey before its first row.
func (v *survey) fresh() *survey {
	f := *v
	f.columns = make([]profile, len(v.columns))
	return &f
}

// ofBlock surveys the rows of a block.
func (v *survey) ofBlock(b sheet.Block, asides quickAsides) surveyed {
	one := v.fresh()
	for row, err := range b.Rows() {
		if err != nil {
			return surveyed{nil, err}
		}
		if row.Line >= v.plan.firstLine() && !asides.isOne(row.Cells) {
			one.rowCount++
			one.row(row)
		}
	}
	return surveyed{one, nil}
}

// merge adds what the rows below say.
func (v *survey) merge(below *survey) {
	v.rowCount += below.rowCount
	for i := range v.columns {
		v.columns[i].merge(&below.columns[i])
	}
}

func (v *survey) hasCommaShares() bool {
	for i, fieldType := range v.types {
		if n := v.columns[i].numbers; fieldType == "share" && n.commaDecimal+n.commaGroup+n.commaEither > 0 {
			return true
		}
	}
	return false
}

func (p *profile) merge(below *profile) {
	p.percentCount += below.percentCount
	p.bareCount += below.bareCount
	p.bareMax = math.Max(p.bareMax, below.bareMax)
	p.numberCount += below.numberCount
	p.textCount += below.textCount
	p.fractionCount += below.fractionCount
	p.belowOneCount += below.belowOneCount
	p.numbers.merge(below.numbers)
	p.dates.merge(below.dates)
	p.words.merge(below.words)
	for _, name := range below.owners.names {
		p.owners.addName(name)
	}
}

func (p *numberProfile) merge(below numberProfile) {
	p.commaDecimal += below.commaDecimal
	p.commaGroup += below.commaGroup
	p.commaEither += below.commaEither
	p.pointDecimal += below.pointDecimal
	p.pointEither += below.pointEither
	p.cellCount += below.cellCount
	p.percentCount += below.percentCount
	p.bareCount += below.bareCount
	p.bareMax = math.Max(p.bareMax, below.bareMax)
	p.allMax = math.Max(p.allMax, below.allMax)
	switch {
	case p.ratioCount == 0:
		p.ratioWhole = below.ratioWhole
	case below.ratioCount > 0 && p.ratioWhole != below.ratioWhole:
		p.ratioWhole = -1
	}
	p.ratioCount += below.ratioCount
	p.noteCount += below.noteCount
}

func (p *dateProfile) merge(below dateProfile) {
	p.monthFirst += below.monthFirst
	p.dayFirst += below.dayFirst
	p.eitherOrder += below.eitherOrder
	p.yearFirst += below.yearFirst
	p.yearLast += below.yearLast
	p.dotted += below.dotted
	p.shortYears += below.shortYears
	p.buddhist += below.buddhist
	p.serials += below.serials
	p.lateSerials += below.lateSerials
	for _, line := range below.serialLines {
		p.addSerialLine(line)
	}
}

func (p *wordProfile) merge(below wordProfile) {
	for ours, theirs := range below {
		for folded, written := range theirs {
			p.put(ours, folded, written)
		}
	}
}

// put notes that a word of theirs stands for one of ours. Both texts may be parts of a block, which is not kept for them.
func (p *wordProfile) put(ours, folded, written string) {
	if *p == nil {
		*p = wordProfile{}
	}
	if (*p)[ours] == nil {
		(*p)[ours] = map[string]string{}
	}
	if (*p)[ours][folded] == "" {
		(*p)[ours][strings.Clone(folded)] = strings.Clone(written)
	}
}
