-- One row per unit of the chosen branch (the company first): whether ratings follow attainment, whether raters agree, how far the labels are from the guideline.
with root as (
    select coalesce($unit, case when count(*) = 1 then max(unit_id) end) as unit_id
    from dim_unit
    where parent_unit_id is null
),
wanted as (
    select
        unit.unit_id,
        unit.unit,
        unit.unit_id = root.unit_id as is_root
    from dim_unit as unit
    cross join root
    where
        unit.unit_id = root.unit_id
        or unit.parent_unit_id is not distinct from root.unit_id
)
select
    wanted.unit,
    wanted.unit_id,
    agreement.rated_count as people_count,
    round(consistency.spearman, 3) as rank_correlation,
    consistency.mismatch_count,
    round(agreement.self_manager_gap_points, 4) as mean_gap_points,
    round(agreement.icc, 3) as icc,
    agreement.panel_person_count,
    round(spread.total_variation_share, 4) as off_guideline_share,
    spread.is_beyond_chance,
    consistency.spearman_reason as reason_key
from wanted
inner join fct_rating_agreement as agreement on agreement.cycle_id = $cycle and agreement.unit_id = wanted.unit_id
left join fct_rating_consistency as consistency on consistency.cycle_id = $cycle and consistency.unit_id = wanted.unit_id
left join fct_rating_spread as spread on spread.cycle_id = $cycle and spread.unit_id = wanted.unit_id
where coalesce($job_family, $location, $grade, $manager, $attributes)::varchar is null
order by
    coalesce(wanted.is_root, false) desc,
    consistency.spearman nulls last,
    wanted.unit_id
