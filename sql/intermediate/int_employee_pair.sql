-- One row per employee and begun cycle with one of its kind before, active in either: what was said of them in both. Who came only now is a
-- joiner, who is there no longer a leaver, counted in the unit they left.
with pair as (
    select cycle.cycle_id, cycle.previous_cycle_id
    from dim_cycle as cycle
    cross join dim_setting as setting
    where cycle.previous_cycle_id is not null
        and cycle.starts_on <= setting.as_of
        and is_cycle_in_scope(cycle.cycle_id)
),

before as (
    select pair.cycle_id, person.employee_id, person.unit_id, person.attainment, person.rating_label, person.rating_rank, person.rating_share
    from main.fct_employee_cycle as person
    join pair
        on pair.previous_cycle_id = person.cycle_id
),

now as (
    select pair.cycle_id, person.employee_id, person.unit_id, person.attainment, person.expected_attainment, person.rating_label, person.rating_share
    from fct_employee_cycle as person
    join pair
        on pair.cycle_id = person.cycle_id
)

select
    coalesce(now.cycle_id, before.cycle_id) as cycle_id,
    coalesce(now.employee_id, before.employee_id) as employee_id,
    case when now.employee_id is null then before.unit_id else now.unit_id end as unit_id,
    before.employee_id is null as is_joiner,
    now.employee_id is null as is_leaver,
    before.attainment as previous_attainment,
    now.attainment,
    now.attainment - before.attainment as attainment_change_points,
    now.attainment - now.expected_attainment as adjusted_attainment_change_points,
    before.rating_label as previous_rating_label,
    before.rating_rank as previous_rating_rank,
    before.rating_share as previous_rating_share,
    now.rating_label,
    now.rating_share,
    now.rating_share - before.rating_share as rating_change_points
from now
full join before
    on before.cycle_id = now.cycle_id
    and before.employee_id = now.employee_id
