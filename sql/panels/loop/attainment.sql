-- One row per band of ten points of attainment: the people with evidence in it, this cycle and the comparison.
with person as (
    select
        cycle_id,
        greatest(0, least(14, floor(round(attainment * 10, 6))::int)) as band
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
    where
        cycle_id in ($cycle, $compare)
        and attainment is not null
),
band as (
    select
        person.band,
        person.cycle_id,
        count(*) as people_count,
        count(*) / sum(count(*)) over (partition by person.cycle_id) as people_share
    from person
    group by
        person.band,
        person.cycle_id
),
scale as (
    select unnest(range(min(band), max(band) + 1)) as band
    from band
    having count(*) filter (cycle_id = $cycle) > 0
)
select
    case
        when scale.band = 14 then '140+'
        else (scale.band * 10) || '–' || (scale.band * 10 + 10)
    end as attainment_band,
    scale.band / 10 as band_from,
    (scale.band + 1) / 10 as band_to,
    coalesce(max(band.people_count) filter (band.cycle_id = $cycle), 0) as people_count,
    round(coalesce(max(band.people_share) filter (band.cycle_id = $cycle), 0), 4) as people_share,
    round(max(band.people_share) filter (band.cycle_id = $compare), 4) as compare_people_share,
    sum(coalesce(max(band.people_count) filter (band.cycle_id = $cycle), 0)) over ()::bigint as total_count
from scale
left join band on band.band = scale.band
group by scale.band
order by scale.band
