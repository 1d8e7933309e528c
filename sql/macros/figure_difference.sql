-- One row per figure compared between units: its mean over the people in scope and over everybody else in the company, the difference in points and
-- its 95 % interval (Welch: both means with their own spread). No rows where nothing is left out: everybody is not compared with nobody.
create or replace macro figure_difference(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
with chosen as (
    select employee_id
    from scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes)
),
side as (
    select
        chosen.employee_id is not null as is_chosen,
        told_figures(figures) as told
    from figure_person(p_cycle, null, null, null, null, null, null) as person
    left join chosen on chosen.employee_id = person.employee_id
    group by is_chosen
),
pair as (
    select
        told.place,
        told.step,
        told.figure,
        max(told.mean) filter (is_chosen) as chosen_mean,
        max(told.mean) filter (not is_chosen) as rest_mean,
        max(told.spread) filter (is_chosen) as chosen_spread,
        max(told.spread) filter (not is_chosen) as rest_spread,
        max(told.people_count) filter (is_chosen) as people_count,
        max(told.people_count) filter (not is_chosen) as rest_count
    from side
    group by
        told.place,
        told.step,
        told.figure
)
select
    pair.place,
    pair.step,
    pair.figure,
    pair.chosen_mean,
    pair.rest_mean,
    pair.chosen_mean - pair.rest_mean as difference_points,
    case
        when least(pair.people_count, pair.rest_count) < setting.minimum_group_count then 'too_few'
        when least(pair.chosen_spread, pair.rest_spread) < 1e-9 then 'no_variance'
    end as interval_reason,
    case
        when interval_reason is null
            then interval_z() * sqrt(pair.chosen_spread ** 2 / pair.people_count + pair.rest_spread ** 2 / pair.rest_count)
    end as half_width_points,
    pair.people_count,
    pair.rest_count
from pair
cross join dim_setting as setting
where
    pair.people_count > 0
    and pair.rest_count > 0
