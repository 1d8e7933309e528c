-- One row per unit and cycle with active people; without a unit, the whole company: how many closed the loop, where most leave it, and whether
-- the improvements of the cycle before came back as goals. Where no file says anything of a step, nobody can be said to have closed it or not.
-- scope: cycle_id
with leaf as (
    select
        person.cycle_id,
        person.unit_id,
        count(*) as person_count,
        count(*) filter (where person.is_closed_loop) as closed_count,
        count(*) filter (where person.is_closed_loop_on_time) as closed_on_time_count,
        count(focus.is_carried_over) as focus_count,
        count(*) filter (where focus.is_carried_over) as carried_over_count
    from fct_employee_cycle as person
    left join (
        select employee_id, cycle_id, bool_or(is_carried_over) as is_carried_over
        from fct_carried_over
        group by employee_id, cycle_id
    ) as focus
        on focus.employee_id = person.employee_id
        and focus.cycle_id = person.cycle_id
    group by person.cycle_id, person.unit_id
),

rolled as (
    select
        leaf.cycle_id,
        part.group_unit_id as unit_id,
        sum(leaf.person_count)::bigint as person_count,
        sum(leaf.closed_count)::bigint as closed_count,
        sum(leaf.closed_on_time_count)::bigint as closed_on_time_count,
        sum(leaf.focus_count)::bigint as focus_count,
        sum(leaf.carried_over_count)::bigint as carried_over_count
    from leaf
    join int_unit_group as part
        on part.unit_id is not distinct from leaf.unit_id
    group by leaf.cycle_id, part.group_unit_id
),

leak as (
    select
        cycle_id,
        unit_id,
        count(*) filter (where is_known) as known_step_count,
        bool_and(is_known) as is_known,
        sum(leak_count)::bigint as leak_count,
        arg_min(step, row(-leak_count, step_number)) filter (where leak_count > 0) as leak_step,
        max(leak_count) as leak_step_count
    from fct_step_unit
    group by cycle_id, unit_id
)

select
    rolled.cycle_id,
    rolled.unit_id,
    rolled.person_count,
    leak.known_step_count,
    rolled.closed_count,
    case when leak.is_known then rolled.closed_count / rolled.person_count end as closed_share,
    case when not leak.is_known then 'no_evidence' end as closed_share_reason,
    rolled.closed_on_time_count,
    case when leak.is_known then rolled.closed_on_time_count / rolled.person_count end as closed_on_time_share,
    case when not leak.is_known then 'no_evidence' end as closed_on_time_share_reason,
    leak.leak_count,
    leak.leak_step,
    leak.leak_step_count,
    rolled.focus_count,
    rolled.carried_over_count,
    rolled.carried_over_count / nullif(rolled.focus_count, 0) as carried_over_share,
    case when rolled.focus_count = 0 then 'no_counterpart' end as carried_over_share_reason
from rolled
left join leak
    on leak.cycle_id = rolled.cycle_id
    and leak.unit_id is not distinct from rolled.unit_id
