-- One row per box of the nine with people: thirds of performance across, of potential upwards.
with person as (
    select
        box.performance_third,
        box.potential_third,
        box.box_number
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_nine_box as box on box.employee_id = person.employee_id and box.cycle_id = person.cycle_id
    where box.box_number is not null
),
box as (
    select
        performance_third,
        potential_third,
        any_value(box_number) as box_number,
        count(*) as people_count,
        count(*) / sum(count(*)) over () as people_share,
        sum(count(*)) over ()::bigint as total_count
    from person
    group by
        performance_third,
        potential_third
)
select
    ['low', 'middle', 'high'][performance_third] as performance_level,
    ['low', 'middle', 'high'][potential_third] as potential_level,
    people_count,
    round(people_share, 4) as people_share,
    'box_' || box_number as drill_box,
    total_count
from box
order by
    potential_third desc,
    performance_third
