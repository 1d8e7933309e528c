-- One row per day with a check-in in the cycle: mean progress of the goals reported that day.
select
    checked_on,
    round(avg(progress), 4) as progress_share,
    count(*) as check_in_count,
    count(distinct goal_id) as goal_count,
    string_agg(note, ' · ' order by goal_id) filter (note is not null) as note,
    min(natural_key) as natural_key
from fct_check_in
where
    employee_id = $employee_id
    and ($cycle::varchar is null or cycle_id = $cycle)
group by checked_on
order by checked_on
