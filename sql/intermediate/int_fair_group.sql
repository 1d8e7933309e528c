-- One row per cycle, protected attribute and group: how many are rated and favoured, and whether that may be shown. A group under the minimum is not, nor,
-- where it is the only one, the smallest of the others: what is hidden of one group could be worked out from the rest.
with counted as (
    select
        cycle_id,
        attribute,
        group_value,
        sum(person_count)::bigint as person_count,
        coalesce(sum(person_count) filter (where is_favourable), 0)::bigint as favourable_count
    from int_fair_cell
    group by cycle_id, attribute, group_value
),

placed as (
    select
        counted.*,
        counted.person_count < setting.minimum_group_count as is_small,
        row_number() over (
            partition by counted.cycle_id, counted.attribute
            order by counted.person_count < setting.minimum_group_count, counted.person_count, counted.group_value
        ) as place,
        count(*) filter (where counted.person_count < setting.minimum_group_count) over (partition by counted.cycle_id, counted.attribute) as small_count
    from counted
    cross join dim_setting as setting
)

select
    cycle_id,
    attribute,
    group_value,
    person_count,
    favourable_count,
    not is_small and not (small_count = 1 and place = 1) as is_shown
from placed
