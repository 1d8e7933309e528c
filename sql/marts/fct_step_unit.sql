-- One row per unit, cycle and step of the loop; without a unit, the whole company: its states, how many leave the loop at it, and the lead time:
-- days since the step before, of people who did both. A step of which no file says anything in the cycle is unknown: its missed_count is how
-- many have no trace of it, and nobody leaves the loop there.
-- scope: cycle_id
with counted as (
    select
        step.cycle_id,
        part.group_unit_id as unit_id,
        step.step,
        step.step_number,
        step.state,
        step.is_leak,
        step.days_from_previous as lead_days,
        sum(step.person_count)::bigint as person_count
    from int_step_count as step
    join int_unit_group as part
        on part.unit_id is not distinct from step.unit_id
    group by all
),

placed as (
    select
        *,
        case when lead_days is not null then sum(person_count) over up_to end as up_to,
        sum(person_count) filter (where lead_days is not null) over (partition by cycle_id, unit_id, step) as lead_count
    from counted
    window up_to as (
        partition by cycle_id, unit_id, step
        order by lead_days nulls last, state, is_leak
        rows between unbounded preceding and current row
    )
),

figure as (
    select
        cycle_id,
        unit_id,
        step,
        step_number,
        sum(person_count)::bigint as person_count,
        coalesce(sum(person_count) filter (where state = 'on_time'), 0)::bigint as on_time_count,
        coalesce(sum(person_count) filter (where state = 'late'), 0)::bigint as late_count,
        coalesce(sum(person_count) filter (where state = 'open'), 0)::bigint as open_count,
        coalesce(sum(person_count) filter (where state = 'missed'), 0)::bigint as missed_count,
        coalesce(sum(person_count) filter (where state = 'exempt'), 0)::bigint as exempt_count,
        coalesce(sum(person_count) filter (where is_leak), 0)::bigint as leak_count,
        coalesce(any_value(lead_count), 0)::bigint as lead_count,
        counted_quantile(lead_days, up_to, lead_count, 0.25) as lead_lower_quartile_days,
        counted_quantile(lead_days, up_to, lead_count, 0.5) as lead_median_days,
        counted_quantile(lead_days, up_to, lead_count, 0.75) as lead_upper_quartile_days
    from placed
    group by cycle_id, unit_id, step, step_number
)

select
    figure.cycle_id,
    figure.unit_id,
    figure.step,
    figure.step_number,
    known.cycle_id is not null as is_known,
    figure.person_count,
    figure.on_time_count,
    figure.late_count,
    figure.open_count,
    figure.missed_count,
    figure.exempt_count,
    figure.leak_count,
    case when known.cycle_id is not null then figure.leak_count / figure.person_count end as leak_share,
    case when known.cycle_id is null then 'no_evidence' end as leak_share_reason,
    figure.lead_count,
    figure.lead_lower_quartile_days,
    figure.lead_median_days,
    case when figure.step_number = 1 then 'no_definition' when figure.lead_count = 0 then 'no_evidence' end as lead_median_days_reason,
    figure.lead_upper_quartile_days
from figure
left join int_step_known as known
    on known.cycle_id = figure.cycle_id
    and known.step = figure.step
