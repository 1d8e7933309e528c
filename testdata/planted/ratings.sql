-- $seeds companies of each kind, one cycle each. Attainment is uniform from 0.5 to 1; a label is 1 and two coins, each of which falls for the person with
-- 0.5 + 0.3 (attainment − 0.75) × 2 + what is planted, so that the expected value of a rating is a straight line of attainment plus what is planted.
-- R: 20 raters of 16 people, severities normal. Q: 20 raters of 12 people, two lenient and two severe by $severity, 16 neither. N: 12 raters of 12, none.
-- F: 160 people, favourable (label 2 or 3) as one coin falls, for women by $gap less often. E: the same without a gap.
-- A comment keeps what was planted for the rater or the person.
create temp macro drawn(p_kind, p_seed, p_i, p_what) as
    (hash(p_what || ' ' || p_kind || p_seed || ' ' || p_i) % 1000003 + 1) / 1000004.0;

create temp table severity as
with company as (
    select * from (values ('R', 20, 16), ('Q', 20, 12), ('N', 12, 12), ('F', 1, 160), ('E', 1, 160)) as kinds(kind, rater_count, people_count)
    cross join range($seeds) as seeds(seed)
),

rater as (
    select
        company.*,
        r,
        case
            when kind = 'R' then 0.1 * sqrt(-2 * ln(drawn(kind, seed, r, 'a'))) * cos(2 * pi() * drawn(kind, seed, r, 'b'))
            when kind = 'Q' and r < 2 then $severity
            when kind = 'Q' and r < 4 then -$severity
            else 0
        end as severity
    from company
    cross join range(20) as raters(r)
    where r < rater_count
)

select * exclude (severity), severity - avg(severity) over (partition by kind, seed) as severity from rater;

create temp table rated as
with person as (
    select *, r * people_count + p as i from severity cross join range(160) as people(p) where p < people_count
),

placed as (
    select *, 0.5 + drawn(kind, seed, i, 'x') / 2 as attainment, drawn(kind, seed, i, 'g') < 0.5 as is_female from person
),

tossed as (
    select *, 0.5 + 0.3 * (attainment - 0.75) * 2 + severity as chance, case when kind = 'F' and is_female then -$gap else 0 end as gap from placed
)

select
    kind || seed as cycle,
    kind || seed || '-' || i as employee_id,
    case when kind in ('R', 'Q', 'N') then kind || seed || '-rater' || r end as reviewer_id,
    case when kind in ('F', 'E') then case when is_female then 'female' else 'male' end end as gender,
    attainment,
    case
        when kind in ('F', 'E') then 1 + (drawn(kind, seed, i, 'c') < chance + 0.1 + gap)::integer
        else 1 + (drawn(kind, seed, i, 'c') < chance)::integer + (drawn(kind, seed, i, 'd') < chance)::integer
    end as label,
    case when kind in ('F', 'E') then gap else severity end as truth
from tossed;
insert into raw.cycle by name select cycle as natural_key, cycle, cycle as cycle_kind, date '2024-01-01' as starts_on, date '2024-12-31' as ends_on,
    1 as import_id, 'cycle' as sheet, 1 as line from (select distinct cycle from rated);
insert into raw.employee by name select employee_id as natural_key, employee_id, employee_id as employee_name, cycle as unit, gender,
    case when employee_id = 'F0-0' then date '2020-01-01' end as hired_on, 1 as import_id, 'employee' as sheet, 1 as line from rated;
insert into raw.goal by name select cycle || '|' || employee_id as natural_key, cycle, cycle || '|' || employee_id as goal_id, employee_id, 'Goal' as title, 1.0 as target,
    attainment as actual, 1 as import_id, 'goal' as sheet, 1 as line from rated;
insert into raw.rating_scale by name select label as natural_key, label::varchar as code, label as rank, label as value, 1 as import_id, 'scale' as sheet, 1 as line
from range(1, 4) as labels(label);
insert into raw.appraisal by name select employee_id as natural_key, cycle, employee_id, 'manager' as reviewer_role, reviewer_id, label::varchar as label,
    date '2025-01-10' as appraised_on, truth::varchar as comment, 1 as import_id, 'appraisal' as sheet, 1 as line from rated;
drop table rated;
drop table severity;
drop macro drawn;
