-- One row per calibrated cycle, unit (null: the company), label before and label after calibration: the people who came from the one to the other. Whoever
-- no decision names kept the label and is counted.
-- scope: cycle_id
with own as (
    select
        cycle_id,
        unit_id,
        original_label,
        label,
        any_value(original_rank) as from_rank,
        any_value(rank) as to_rank,
        count(*) as person_count
    from int_rated
    where original_rank is not null
        and rank is not null
        and cycle_id in (select cycle_id from int_calibration)
    group by cycle_id, unit_id, original_label, label
)

select
    own.cycle_id,
    nullif(above.group_id, '') as unit_id,
    own.original_label as from_label,
    own.label as to_label,
    any_value(own.from_rank) as from_rank,
    any_value(own.to_rank) as to_rank,
    sum(own.person_count)::bigint as person_count
from own
join int_rated_group as above
    on above.unit_id = own.unit_id
group by own.cycle_id, above.group_id, own.original_label, own.label
