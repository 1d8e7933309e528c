-- One row per calibrated cycle, unit (null: the company), label before and label after calibration: the people who came from the one to the other. Whoever
-- no decision names kept the label and is counted.
-- scope: cycle_id
select
    rated.cycle_id,
    nullif(above.group_id, '') as unit_id,
    rated.original_label as from_label,
    rated.label as to_label,
    any_value(rated.original_rank) as from_rank,
    any_value(rated.rank) as to_rank,
    count(*) as person_count
from int_rated as rated
join int_rated_group as above
    on above.unit_id = rated.unit_id
where rated.original_rank is not null
    and rated.rank is not null
    and rated.cycle_id in (select cycle_id from int_calibration)
group by rated.cycle_id, above.group_id, rated.original_label, rated.label
