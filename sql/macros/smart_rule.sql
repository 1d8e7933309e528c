-- One row per SMART criterion and rule that fired on a live goal of the people in scope. A person's rules are kept as bits of one number, since
-- codes are below 32 and no two criteria share one: counting people by rule then takes one pass over the goals.
create or replace macro smart_rule(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
with goal as materialized (
    select code.*
    from scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as person
    inner join live_smart_code(p_cycle) as code on code.employee_id = person.employee_id
),
combination as (
    select
        [{criterion: 'specific', code: specific_code}, {criterion: 'measurable', code: measurable_code}, {criterion: 'attainable', code: attainable_code},
            {criterion: 'relevant', code: relevant_code}, {criterion: 'time_bound', code: time_bound_code}] as parts,
        count(*) as goal_count
    from goal
    group by
        specific_code,
        measurable_code,
        attainable_code,
        relevant_code,
        time_bound_code
),
part as (
    select
        unnest(parts) as part,
        goal_count
    from combination
),
rule as (
    select
        part.criterion,
        part.code,
        sum(goal_count)::bigint as goal_count
    from part
    group by
        part.criterion,
        part.code
),
person as (
    select bit_or((1::bigint << specific_code) | (1::bigint << measurable_code) | (1::bigint << attainable_code) | (1::bigint << relevant_code) | (1::bigint << time_bound_code)) as bits
    from goal
    group by employee_id
),
people as (
    select
        bits,
        count(*) as people_count
    from person
    group by bits
)
select
    rule.criterion,
    smart_reason(rule.code) as reason,
    smart_points(rule.code) as points,
    rule.goal_count,
    sum(people.people_count)::bigint as people_count,
    (select count(*) from person) as scored_people_count
from rule
inner join people on people.bits & (1::bigint << rule.code) != 0
group by
    rule.criterion,
    rule.code,
    rule.goal_count
