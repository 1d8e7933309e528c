-- One row per cycle and unit (null: the company) with rated people: how far people's own ratings lie above their managers', and whether several raters
-- agree on a person (ICC(1): 1 they do, 0 no better than chance, below 0 worse).
-- scope: cycle_id
with gap as (
    select
        rating.cycle_id,
        above.group_id,
        count(*) as rated_count,
        count(rating.self_manager_gap_points) as gap_count,
        avg(rating.self_manager_gap_points) as mean_gap,
        quantile_cont(rating.self_manager_gap_points, [0.25, 0.5, 0.75]) as gap
    from fct_rating as rating
    left join int_employee_cycle as person
        on person.employee_id = rating.employee_id
        and person.cycle_id = rating.cycle_id
    join int_rated_group as above
        on above.unit_id = coalesce(person.unit_id, '')
    group by rating.cycle_id, above.group_id
)

select
    gap.cycle_id,
    nullif(gap.group_id, '') as unit_id,
    gap.rated_count,
    gap.gap_count,
    case when gap.gap_count >= setting.minimum_group_count then gap.mean_gap end as self_manager_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.gap[2] end as median_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.gap[1] end as lower_quartile_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.gap[3] end as upper_quartile_gap_points,
    case when gap.gap_count = 0 then 'no_counterpart' when gap.gap_count < setting.minimum_group_count then 'too_few' end as self_manager_gap_points_reason,
    coalesce(agreement.panel_person_count, 0) as panel_person_count,
    coalesce(agreement.judgement_count, 0) as judgement_count,
    case when agreement.panel_person_count >= setting.minimum_group_count then agreement.icc end as icc,
    case
        when agreement.panel_person_count is null then 'no_counterpart'
        when agreement.panel_person_count < setting.minimum_group_count then 'too_few'
        when agreement.icc is null then 'no_variance'
    end as icc_reason
from gap
cross join dim_setting as setting
left join int_rater_agreement as agreement
    on agreement.cycle_id = gap.cycle_id
    and agreement.group_id = gap.group_id
