-- Two companies a seed, of 240 people each, one with effects planted (odd) and one with none (even), each with two cycles of a kind of its own.
-- A person's two attainments are drawn around 0.75, normal, with correlation 0.6. The rating follows the first and luck; who is rated low gets a
-- plan, and anybody timely feedback, as a coin falls. Who is below the middle at first belongs to unit Low, the others to unit High: nothing is
-- ever done about either.
create temp macro drawn(p_seed, p_i, p_what) as
    (hash(p_what || ' ' || p_seed || ' ' || p_i) % 1000003 + 1) / 1000004.0;

create temp table planted as
with person as (
    select
        seed,
        i,
        seed % 2 = 1 as is_planted,
        sqrt(-2 * ln(drawn(seed, i, 'a'))) as radius,
        2 * pi() * drawn(seed, i, 'b') as angle,
        sqrt(-2 * ln(drawn(seed, i, 'c'))) * cos(2 * pi() * drawn(seed, i, 'd')) as luck,
        drawn(seed, i, 'e') < 0.5 as is_planned,
        drawn(seed, i, 'f') < 0.5 as is_met
    from range(2 * $seeds) as seeds(seed)
    cross join range(240) as numbers(i)
),

rated as (
    select *, radius * cos(angle) as first_z, radius * sin(angle) as second_z,
        1 + (first_z + luck > -0.6)::integer + (first_z + luck > 0.9)::integer as label
    from person
)

select
    'E' || seed || '-' || i as employee_id,
    'S' || seed || '-1' as first_cycle,
    'S' || seed || '-2' as second_cycle,
    seed,
    label,
    case when first_z < 0 then 'Low' else 'High' end as unit,
    label = 1 and is_planned as has_plan,
    is_met,
    0.75 + 0.12 * first_z as first_attainment,
    0.75 + 0.12 * (0.6 * first_z + 0.8 * second_z)
        + case when is_planted and label = 1 and is_planned then $plan else 0 end
        + case when is_planted and is_met then $feedback else 0 end as second_attainment
from rated;
insert into raw.cycle by name select cycle as natural_key, cycle, 's' || seed as cycle_kind, starts_on, ends_on, 1 as import_id, 'cycle' as sheet, 1 as line from (
    select distinct seed, first_cycle as cycle, date '2024-01-01' as starts_on, date '2024-06-30' as ends_on from planted
    union all
    select distinct seed, second_cycle, date '2024-07-01', date '2024-12-31' from planted);
insert into raw.employee by name select employee_id as natural_key, employee_id, employee_id as employee_name, unit,
    case when employee_id = 'E0-0' then date '2020-01-01' end as hired_on, 1 as import_id, 'employee' as sheet, 1 as line from planted;
insert into raw.goal by name select cycle || '|' || employee_id as natural_key, cycle, cycle || '|' || employee_id as goal_id, employee_id, 'Goal' as title, 1.0 as target,
    actual, 1 as import_id, 'goal' as sheet, 1 as line from (
    select employee_id, first_cycle as cycle, first_attainment as actual from planted
    union all
    select employee_id, second_cycle, second_attainment from planted);
insert into raw.rating_scale by name select label as natural_key, label::varchar as code, label as rank, label as value, 1 as import_id, 'scale' as sheet, 1 as line
from range(1, 4) as labels(label);
insert into raw.appraisal by name select employee_id as natural_key, first_cycle as cycle, employee_id, 'manager' as reviewer_role, label::varchar as label,
    date '2024-07-10' as appraised_on, 1 as import_id, 'appraisal' as sheet, 1 as line from planted;
insert into raw.improvement_plan by name select employee_id as natural_key, first_cycle as cycle, employee_id, 'improvement' as plan_kind,
    date '2024-07-20' as starts_on, 1 as import_id, 'plan' as sheet, 1 as line from planted where has_plan;
insert into raw.conversation by name select employee_id as natural_key, first_cycle as cycle, employee_id, 'feedback' as conversation_kind,
    case when is_met then date '2024-07-15' else date '2024-08-20' end as held_on, 1 as import_id, 'talk' as sheet, 1 as line from planted;
drop table planted;
drop macro drawn;
