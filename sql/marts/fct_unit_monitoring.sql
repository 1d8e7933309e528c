-- One row per unit and cycle: how the goals of its people, and of the units below it, were watched over. Each person counts once.
-- scope: cycle_id
with grouped as (
    select
        unit.above_unit_id as unit_id,
        person.cycle_id,
        count(*) as people_count,
        count(person.cadence_share) as cadence_people_count,
        avg(person.cadence_share) as cadence_share,
        case
            when count(person.cadence_share) > 0 then null
            when bool_or(person.cadence_share_reason = 'not_due') then 'not_due'
            else 'no_evidence'
        end as cadence_share_reason,
        quantile_cont(person.cadence_share, [0.25, 0.5, 0.75]) as quartile,
        quartile[1] as lower_cadence_share,
        quartile[2] as median_cadence_share,
        quartile[3] as upper_cadence_share,
        count(person.since_check_in_days) as checked_in_people_count,
        median(person.since_check_in_days) as median_since_check_in_days,
        count(*) filter (where person.is_check_in_overdue) as check_in_overdue_people_count,
        sum(person.goal_check_in_overdue_count)::bigint as goal_check_in_overdue_count,
        sum(person.owner_status_count)::bigint as owner_status_count,
        sum(person.owner_kinder_count)::bigint as owner_kinder_count,
        sum(person.owner_harder_count)::bigint as owner_harder_count,
        count(person.disagreement_share) as disagreement_people_count,
        avg(person.disagreement_share) as disagreement_share,
        case when count(person.disagreement_share) = 0 then 'no_evidence' end as disagreement_share_reason,
        sum(person.conversation_count)::bigint as conversation_count,
        sum(person.one_on_one_count)::bigint as one_on_one_count,
        sum(person.observation_count)::bigint as observation_count,
        sum(person.suggestion_count)::bigint as suggestion_count,
        count(*) filter (where person.conversation_count = 0) as no_conversation_people_count
    from fct_employee_monitoring as person
    join int_unit_above as unit
        on unit.unit_id = person.unit_id
    group by unit.above_unit_id, person.cycle_id
)

select * exclude (quartile)
from grouped
