-- One row per unit, cycle, and pair of what people were in the cycle before and are in this one; without a unit, the whole company.
-- from_state: rated, unrated, joined. to_state: rated, unrated, left. from_share: of those who were the same before.
-- scope: cycle_id
with node as (
    select
        cycle_id,
        unit_id,
        case when is_joiner then 'joined' when previous_rating_label is null then 'unrated' else 'rated' end as from_state,
        previous_rating_label as from_label,
        case when is_leaver then 'left' when rating_label is null then 'unrated' else 'rated' end as to_state,
        rating_label as to_label,
        count(*) as person_count
    from int_employee_pair
    group by all
),

flow as (
    select
        node.cycle_id,
        part.group_unit_id as unit_id,
        node.from_state,
        node.from_label,
        node.to_state,
        node.to_label,
        sum(node.person_count)::bigint as person_count
    from node
    join int_unit_group as part
        on part.unit_id is not distinct from node.unit_id
    group by all
)

select
    flow.cycle_id,
    flow.unit_id,
    flow.from_state,
    flow.from_label,
    before.rank as from_rank,
    flow.to_state,
    flow.to_label,
    now.rank as to_rank,
    flow.person_count,
    flow.person_count / sum(flow.person_count) over (partition by flow.cycle_id, flow.unit_id, flow.from_state, flow.from_label) as from_share
from flow
join dim_cycle as cycle
    on cycle.cycle_id = flow.cycle_id
left join main.dim_rating_label as before
    on before.cycle_id = cycle.previous_cycle_id
    and before.code = flow.from_label
left join dim_rating_label as now
    on now.cycle_id = flow.cycle_id
    and now.code = flow.to_label
