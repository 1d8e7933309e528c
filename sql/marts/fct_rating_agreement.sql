-- One row per cycle and unit (null: the company) with rated people: how far people's own ratings lie above their managers', and whether several raters
-- agree on a person (ICC(1): 1 they do, 0 no better than chance, below 0 worse).
-- scope: cycle_id
with own as (
    select cycle_id, unit_id, self_manager_gap_points as points, count(*) as person_count
    from int_rated
    group by cycle_id, unit_id, self_manager_gap_points
),

value as (
    select
        own.cycle_id,
        above.group_id,
        own.points,
        sum(own.person_count)::bigint as person_count
    from own
    join int_rated_group as above
        on above.unit_id = own.unit_id
    group by own.cycle_id, above.group_id, own.points
),

counted as (
    select
        *,
        sum(person_count) filter (where points is not null) over (partition by cycle_id, group_id order by points)::bigint as up_to,
        sum(person_count) filter (where points is not null) over (partition by cycle_id, group_id)::bigint as all_count
    from value
),

gap as (
    select
        cycle_id,
        group_id,
        sum(person_count)::bigint as rated_count,
        coalesce(any_value(all_count), 0) as gap_count,
        sum(points * person_count) / any_value(all_count) as mean_gap,
        counted_quantile(points, up_to, all_count, 0.25) as lower_gap,
        counted_quantile(points, up_to, all_count, 0.5) as median_gap,
        counted_quantile(points, up_to, all_count, 0.75) as upper_gap
    from counted
    group by cycle_id, group_id
)

select
    gap.cycle_id,
    nullif(gap.group_id, '') as unit_id,
    gap.rated_count,
    gap.gap_count,
    case when gap.gap_count >= setting.minimum_group_count then gap.mean_gap end as self_manager_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.median_gap end as median_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.lower_gap end as lower_quartile_gap_points,
    case when gap.gap_count >= setting.minimum_group_count then gap.upper_gap end as upper_quartile_gap_points,
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
