-- One row per cycle and protected attribute: the most favoured of the groups that may be shown; of equals the largest.
select
    cycle_id,
    attribute,
    arg_max(group_value, row(favourable_count / person_count::double, person_count, group_value)) as group_value,
    arg_max(person_count, row(favourable_count / person_count::double, person_count, group_value)) as person_count,
    arg_max(favourable_count, row(favourable_count / person_count::double, person_count, group_value)) as favourable_count,
    count(*) as group_count
from int_fair_group
where is_shown
group by cycle_id, attribute
