-- One row: the unit whose check-ins have stopped: under half of those who checked in during the period before do so now, and far fewer than elsewhere.
with period as (
    select
        least(cycle.ends_on, setting.as_of) as last_on,
        cycle.check_in_days
    from dim_cycle as cycle
    cross join dim_setting as setting
    where cycle.cycle_id = $cycle
),
checked as (
    select
        check_in.employee_id,
        bool_or(check_in.checked_on > period.last_on - period.check_in_days) as is_recent,
        bool_or(check_in.checked_on <= period.last_on - period.check_in_days) as is_before
    from fct_check_in as check_in
    cross join period
    where
        check_in.cycle_id = $cycle
        and check_in.checked_on > period.last_on - 2 * period.check_in_days
    group by check_in.employee_id
),
unit as (
    select
        person.unit_id,
        any_value(person.unit) as unit,
        count(*) as people_count,
        count(*) filter (checked.is_recent) as recent_count,
        count(*) filter (checked.is_before) as before_count,
        sum(count(*)) over ()::bigint as all_count,
        sum(count(*) filter (checked.is_recent)) over ()::bigint as all_recent_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    left join checked on checked.employee_id = person.employee_id
    where
        person.live_goal_count > 0
        and person.unit_id is not null
    group by person.unit_id
),
compared as (
    select
        *,
        two_share_p_value(recent_count, people_count, all_recent_count - recent_count, all_count - people_count, (select exact_table_to from dim_setting)) as p_value
    from unit
    where
        people_count >= 5
        and all_count - people_count >= 5
)
select
    'unit_silent' as finding_key,
    compared.unit,
    compared.recent_count,
    compared.before_count,
    compared.people_count,
    period.check_in_days,
    compared.unit_id as drill_unit,
    'check_in_overdue' as drill_sign
from compared
cross join period
where
    compared.recent_count < 0.5 * compared.before_count
    and compared.p_value < 0.05 / (select count(*) from compared)  -- as many units, as many chances to fall silent
    and compared.recent_count / compared.people_count < (compared.all_recent_count - compared.recent_count) / (compared.all_count - compared.people_count)
order by
    compared.p_value,
    compared.unit_id
limit 1
