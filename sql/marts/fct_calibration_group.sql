-- One row per cycle, protected attribute and group in a calibrated cycle: whether labels went up or down more often than for everybody else of a known group.
-- p_values: Fisher's exact test, mid-p, of the group against all others.
-- scope: cycle_id
with counted as (
    select
        cycle_id,
        attribute,
        group_value,
        sum(person_count)::bigint as compared_count,
        coalesce(sum(person_count) filter (where move_count > 0), 0)::bigint as up_count,
        coalesce(sum(person_count) filter (where move_count < 0), 0)::bigint as down_count,
        sum(person_count * move_count) / sum(person_count) as net_label_count
    from int_fair_cell
    where move_count is not null
        and cycle_id in (select cycle_id from int_calibration)
    group by cycle_id, attribute, group_value
),

placed as (
    select
        counted.*,
        shown.is_shown and counted.compared_count >= setting.minimum_group_count as is_large,
        sum(counted.compared_count) over attribute - counted.compared_count as other_count,
        sum(counted.up_count) over attribute - counted.up_count as other_up_count,
        sum(counted.down_count) over attribute - counted.down_count as other_down_count,
        setting.exact_table_to,
        setting.minimum_group_count
    from counted
    cross join dim_setting as setting
    join int_fair_group as shown
        on shown.cycle_id = counted.cycle_id
        and shown.attribute = counted.attribute
        and shown.group_value = counted.group_value
    window attribute as (partition by counted.cycle_id, counted.attribute)
),

judged as (  -- what is hidden of one group alone could be worked out from the rest: the smallest of the others is hidden too
    select
        *,
        is_large and not (
            count(*) filter (where not is_large) over attribute = 1
            and row_number() over (partition by cycle_id, attribute order by is_large desc, compared_count, group_value) = 1
        ) as is_shown
    from placed
    window attribute as (partition by cycle_id, attribute)
)

select
    cycle_id,
    attribute,
    group_value,
    compared_count,
    other_count::bigint as other_count,
    case when is_shown then up_count / compared_count::double end as up_share,
    case when is_shown then down_count / compared_count::double end as down_share,
    case when is_shown then net_label_count end as net_label_count,
    case when not is_shown then 'too_few' end as up_share_reason,
    case
        when is_shown and other_count >= minimum_group_count
            then two_share_p_value(up_count, compared_count, other_up_count::bigint, other_count::bigint, exact_table_to)
    end as up_p_value,
    case
        when is_shown and other_count >= minimum_group_count
            then two_share_p_value(down_count, compared_count, other_down_count::bigint, other_count::bigint, exact_table_to)
    end as down_p_value,
    case
        when not is_shown then 'too_few'
        when other_count = 0 then 'no_counterpart'
        when other_count < minimum_group_count then 'too_few'
    end as up_p_value_reason
from judged
