-- One row: how many people's ratings are out of line with their attainment, and how well ratings follow attainment in the whole scope.
select
    'mismatch' as finding_key,
    consistency.mismatch_count as people_count,
    round(consistency.spearman, 2) as rank_correlation,
    consistency.unit_id as drill_unit
from fct_rating_consistency as consistency
where
    consistency.cycle_id = $cycle
    and consistency.unit_id is not distinct from $unit::varchar
    and consistency.mismatch_count > 0
    and consistency.spearman is not null
    and coalesce($job_family, $location, $grade, $manager, $attributes)::varchar is null
