-- One row per scoring rule: what it is for, its pieces in order, its deductions and bonuses, its bounds. A rule for a goal is for no cycle
-- or metric besides.
select
    row_number() over (order by rule.goal_id, rule.folded_metric, rule.cycle) as rule_number,
    rule.*
from (
    select
        case when goal_id is null then cycle end as cycle,
        case when goal_id is null then folded_metric end as folded_metric,
        goal_id,
        coalesce(list({
            'from_attainment': coalesce(from_attainment, '-infinity'::double),
            'to_attainment': to_attainment,
            'from_score': from_score,
            'to_score': case when kind = 'band' then from_score else to_score end
        } order by from_attainment nulls first) filter (where kind in ('band', 'linear')), []) as pieces,
        coalesce(list({
            'sign': case when kind = 'bonus' then 1 else -1 end,
            'from_attainment': coalesce(from_attainment, 1),
            'points': points,
            'per_unit': per_unit,
            'basis': basis,
            'rounding': rounding,
            'cap': cap
        } order by kind, from_attainment, points, per_unit) filter (where kind in ('bonus', 'deduct')), []) as extras,
        coalesce(max(cap) filter (where kind = 'bounds'), 100) as cap,
        coalesce(min(floor) filter (where kind = 'bounds'), 0) as floor
    from stg_scoring_rule
    group by 1, 2, 3
) as rule
