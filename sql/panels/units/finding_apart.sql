-- One row: the figure in which the units directly below the chosen one lie furthest apart, of those with enough people.
with person as (
    select
        figure.*,
        branch.branch_unit_id as unit_id,
        branch.branch_unit as unit
    from figure_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as figure
    inner join branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as branch on branch.employee_id = figure.employee_id
),
side as (
    select
        unit_id,
        unit,
        told_figures(figures) as told
    from person
    group by
        unit_id,
        unit
)
select
    'unit_apart' as finding_key,
    side.told.figure,
    arg_min(side.unit, side.told.mean) as lowest_unit,
    round(min(side.told.mean), 3) as lowest_share,
    arg_max(side.unit, side.told.mean) as highest_unit,
    round(max(side.told.mean), 3) as highest_share,
    arg_min(side.unit_id, side.told.mean) as drill_unit
from side
cross join dim_setting as setting
where side.told.people_count >= setting.minimum_group_count
group by side.told.figure
having
    count(*) > 1
    and max(side.told.mean) - min(side.told.mean) > 0.05
order by max(side.told.mean) - min(side.told.mean) desc
limit 1
