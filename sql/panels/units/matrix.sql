-- One row per unit directly below the chosen one (or the top) and figure, all of them together first: the figure's mean over the unit's people.
with person as (
    select
        figure.*,
        branch.branch_unit_id as unit_id,
        branch.branch_unit as unit
    from figure_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as figure
    left join branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as branch on branch.employee_id = figure.employee_id
),
side as (
    select
        unit_id,
        unit,
        grouping(unit_id) = 1 as is_all,
        told_figures(figures) as told
    from person
    group by grouping sets ((unit_id, unit), ())
)
select
    case when side.is_all then 'Σ' else side.unit end as unit,
    side.unit_id,
    side.told.figure,
    round(side.told.mean, 4) as mean_share,
    side.told.people_count
from side
where
    side.told.people_count > 0
    and (side.is_all or side.unit is not null)
order by
    side.is_all desc,
    side.unit_id,
    side.told.place
