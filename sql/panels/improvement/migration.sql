-- One row per rating in the cycle before and in this one, of people in scope rated in both: how many went from the one to the other.
with pair as (
    select
        before.label as from_label,
        now.label as to_label,
        now.cycle_id,
        before.cycle_id as from_cycle_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
    inner join fct_rating as now on now.employee_id = person.employee_id and now.cycle_id = person.cycle_id
    inner join fct_rating as before on before.employee_id = person.employee_id and before.cycle_id = cycle.previous_cycle_id
),
flow as (
    select
        from_label,
        to_label,
        any_value(cycle_id) as cycle_id,
        any_value(from_cycle_id) as from_cycle_id,
        count(*) as people_count,
        count(*) / sum(count(*)) over (partition by from_label) as from_share,
        sum(count(*)) over ()::bigint as total_count
    from pair
    group by
        from_label,
        to_label
)
select
    coalesce(case when $lang = 'zh' then before.label_zh else before.label_en end, before.label_en, before.label_zh, flow.from_label) as earlier_rating,
    coalesce(case when $lang = 'zh' then now.label_zh else now.label_en end, now.label_en, now.label_zh, flow.to_label) as rating,
    flow.people_count,
    round(flow.from_share, 4) as from_share,
    flow.to_label as label,
    flow.total_count
from flow
left join dim_rating_label as before on before.cycle_id = flow.from_cycle_id and before.code = flow.from_label
left join dim_rating_label as now on now.cycle_id = flow.cycle_id and now.code = flow.to_label
order by
    before.rank desc,
    now.rank desc
