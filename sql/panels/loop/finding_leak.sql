-- One row: the unit and step where the loop leaks most beyond what the rest of the company loses there.
with person as (
    select
        unit_id,
        unit,
        leak_step
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where unit_id is not null
),
size as (
    select
        unit_id,
        any_value(unit) as unit,
        count(*) as people_count,
        sum(count(*)) over () as all_count
    from person
    group by unit_id
),
leak as (
    select
        unit_id,
        leak_step,
        count(*) as leak_count,
        sum(count(*)) over (partition by leak_step) as all_leak_count
    from person
    where leak_step is not null
    group by
        unit_id,
        leak_step
),
compared as (
    select
        size.unit_id,
        size.unit,
        leak.leak_step,
        size.people_count,
        leak.leak_count / size.people_count as unit_share,
        (leak.all_leak_count - leak.leak_count) / (size.all_count - size.people_count) as rest_share,
        leak.all_leak_count / size.all_count as pooled_share,
        size.all_count - size.people_count as rest_count
    from leak
    inner join size on size.unit_id = leak.unit_id
    where
        size.people_count >= 5
        and size.all_count > size.people_count
)
select
    'leak' as finding_key,
    unit,
    leak_step as step,
    round(unit_share, 3) as unit_share,
    round(rest_share, 3) as rest_share,
    people_count,
    unit_id as drill_unit,
    leak_step as drill_leak
from compared
where
    unit_share - rest_share >= 0.1
    and unit_share - rest_share >= 3 * sqrt(pooled_share * (1 - pooled_share) * (1 / people_count + 1 / rest_count))
order by (unit_share - rest_share) / sqrt(pooled_share * (1 - pooled_share) * (1 / people_count + 1 / rest_count) + 1e-9) desc
limit 1
