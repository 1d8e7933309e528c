package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

// stepQuality is how clean the imported rows of a step of the loop are, now and in the builds before.
type stepQuality struct {
	Step     string    `json:"step"` // or people: who and when
	Rows     int64     `json:"row_count"`
	Rejected int64     `json:"rejected_count"`
	Findings int64     `json:"finding_count"`
	Shares   []float64 `json:"clean_shares"` // of the rows without a fault, the oldest build first
}

// sourceQuality is how clean one file's rows of a step are.
type sourceQuality struct {
	ImportID int64   `json:"import_id"`
	File     string  `json:"file_name"`
	Step     string  `json:"step"`
	Rows     int64   `json:"row_count"`
	Rejected int64   `json:"rejected_count"`
	Findings int64   `json:"finding_count"`
	Share    float64 `json:"clean_share"`
}

// Shares are rounded down: with one fault among a million rows they are not 100 %.
const stepQualityQuery = `
	select
		step,
		arg_max(row_count, build_id)::bigint,
		arg_max(rejected_count, build_id)::bigint,
		arg_max(finding_count, build_id)::bigint,
		string_agg(floor(clean_share * 1000) / 1000, ' ' order by build_id) as shares
	from (
		from raw.quality_history
		qualify row_number() over (partition by step order by build_id desc) <= 6
	)
	where clean_share is not null
	group by step
	having max(build_id) = (select max(build_id) from raw.quality_history)
	order by list_position(['people', 'goals', 'plan', 'monitoring', 'appraisal', 'feedback', 'improvement'], step)`

const sourceQualityQuery = `
	select quality.import_id, file.file_name, quality.step, quality.row_count, quality.rejected_count, quality.finding_count, floor(quality.clean_share * 1000) / 1000
	from fct_quality as quality
	join raw.import as file
		on file.import_id = quality.import_id
	where quality.clean_share < 1
	order by quality.clean_share, quality.import_id, quality.step
	limit 10`

func readStepQuality(ctx context.Context, q analytics.Querier) ([]stepQuality, error) {
	result, err := q.Query(ctx, stepQualityQuery, nil, 0)
	if err != nil {
		return nil, err
	}
	steps := make([]stepQuality, len(result.Rows))
	for i, row := range result.Rows {
		steps[i] = stepQuality{Step: row[0].(string), Rows: row[1].(int64), Rejected: row[2].(int64), Findings: row[3].(int64)}
		for text := range strings.FieldsSeq(row[4].(string)) {
			share, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return nil, err
			}
			steps[i].Shares = append(steps[i].Shares, share)
		}
	}
	return steps, nil
}

func readSourceQuality(ctx context.Context, q analytics.Querier) ([]sourceQuality, error) {
	result, err := q.Query(ctx, sourceQualityQuery, nil, 0)
	if err != nil {
		return nil, err
	}
	sources := make([]sourceQuality, len(result.Rows))
	for i, row := range result.Rows {
		sources[i] = sourceQuality{
			ImportID: row[0].(int64), File: row[1].(string), Step: row[2].(string), Rows: row[3].(int64),
			Rejected: row[4].(int64), Findings: row[5].(int64), Share: row[6].(float64),
		}
	}
	return sources, nil
}

// printQuality says how clean each step's rows are, with the builds before, and which files most need mending.
func (a *app) printQuality(steps []stepQuality, sources []sourceQuality) {
	if len(steps) > 0 {
		a.print("cli.quality")
	}
	for _, s := range steps {
		trend := make([]string, len(s.Shares))
		for i, share := range s.Shares {
			trend[i] = a.words.Share(share)
		}
		a.print("cli.quality_step", "step", a.words.T("quality_step."+s.Step), "trend", strings.Join(trend, " → "), "rows", s.Rows, "rejected", s.Rejected, "findings", s.Findings)
	}
	if len(sources) > 0 {
		a.print("cli.quality_sources")
	}
	for _, s := range sources {
		a.print("cli.quality_source", "import", s.ImportID, "file", s.File, "step", a.words.T("quality_step."+s.Step), "share", a.words.Share(s.Share), "rows", s.Rows, "rejected", s.Rejected, "findings", s.Findings)
	}
}
