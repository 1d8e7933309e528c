-- One row per unit and cycle; without a unit, the whole company: what the goals of its people, and of the units below it, came to. Each person
-- counts once: shares are means of people's, with how many have one.
-- scope: cycle_id
with grouped as (
    select
        person.cycle_id,
        part.group_unit_id as unit_id,
        count(*) as people_count,
        count(*) filter (where person.live_goal_count > 0) as covered_people_count,
        count(person.attainment) as attainment_people_count,
        avg(person.attainment) as attainment,
        quantile_cont(person.attainment, [0.25, 0.5, 0.75]) as attainment_quartile,
        avg(person.measured_share) as measured_share,
        count(person.aligned_share) as aligned_people_count,
        avg(person.aligned_share) as aligned_share,
        quantile_cont(person.aligned_share, [0.25, 0.5, 0.75]) as aligned_quartile
    from fct_employee_cycle as person
    join int_unit_group as part
        on part.unit_id is not distinct from person.unit_id
    group by person.cycle_id, part.group_unit_id
)

select
    cycle_id,
    unit_id,
    people_count,
    covered_people_count,
    covered_people_count / people_count as coverage_share,
    attainment_people_count,
    round(attainment, 10) as attainment,
    case when attainment_people_count = 0 then 'no_evidence' end as attainment_reason,
    round(attainment_quartile[1], 10) as lower_attainment,
    round(attainment_quartile[2], 10) as median_attainment,
    round(attainment_quartile[3], 10) as upper_attainment,
    round(measured_share, 10) as measured_share,
    case when measured_share is null then 'no_evidence' end as measured_share_reason,
    aligned_people_count,
    round(aligned_share, 10) as aligned_share,
    case when aligned_people_count = 0 then 'no_evidence' end as aligned_share_reason,
    round(aligned_quartile[1], 10) as lower_aligned_share,
    round(aligned_quartile[2], 10) as median_aligned_share,
    round(aligned_quartile[3], 10) as upper_aligned_share
from grouped
