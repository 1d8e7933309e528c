-- One row per band of plan coverage: the people of whose goals' weight so much has a dated plan item.
with person as (
    select case
            when plan_coverage_share = 0 then 1
            when round(plan_coverage_share, 9) < 0.5 then 2
            when round(plan_coverage_share, 9) < 0.8 then 3
            when round(plan_coverage_share, 9) < 1 then 4
            else 5
        end as place
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where plan_coverage_share is not null
),
band as (
    select *
    from (values (1, '0 %', 0, 0.000001), (2, '1–50 %', 0.000001, 0.5), (3, '50–80 %', 0.5, 0.8), (4, '80–100 %', 0.8, 1), (5, '100 %', 1, 9)) as band(place, coverage_band, band_from, band_to)
)
select
    band.coverage_band,
    band.band_from,
    band.band_to,
    count(person.place) as people_count,
    round(count(person.place) / sum(count(person.place)) over (), 4) as people_share,
    sum(count(person.place)) over ()::bigint as total_count
from band
left join person on person.place = band.place
where exists (select 1 from person)
group by
    band.place,
    band.coverage_band,
    band.band_from,
    band.band_to
order by band.place
