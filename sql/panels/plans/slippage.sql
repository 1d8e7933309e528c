-- One row per band of days late: the milestones due by the date of the build that were or are so late.
with item as (
    select
        item.employee_id,
        coalesce(item.late_days, 0) as late_days,
        item.is_overdue
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join due_item($cycle) as item on item.employee_id = person.employee_id
),
band as (
    select *
    from (values (1, '0', 0, 1), (2, '1–7', 1, 8), (3, '8–14', 8, 15), (4, '15–30', 15, 31), (5, '31–60', 31, 61), (6, '61+', 61, 99999)) as band(place, late_span, band_from, band_to)
)
select
    band.late_span,
    band.band_from,
    band.band_to,
    count(item.late_days) as milestone_count,
    round(count(item.late_days) / sum(count(item.late_days)) over (), 4) as milestone_share,
    count(*) filter (item.is_overdue) as overdue_count,
    count(distinct item.employee_id) as people_count,
    sum(count(item.late_days)) over ()::bigint as total_count
from band
left join item on item.late_days >= band.band_from and item.late_days < band.band_to
where exists (select 1 from item)
group by
    band.place,
    band.late_span,
    band.band_from,
    band.band_to
order by band.place
