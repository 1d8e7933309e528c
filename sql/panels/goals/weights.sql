-- One row per way in which the weights of a person's live goals add up.
with person as (
    select case
            when weight_sum is null then 'weight_unstated'
            when is_weight_complete then 'weight_complete'
            when weight_sum < 1 then 'weight_under'
            else 'weight_over'
        end as weight_state
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where live_goal_count > 0
)
select
    weight_state,
    count(*) as people_count,
    round(count(*) / sum(count(*)) over (), 4) as people_share,
    case when weight_state in ('weight_under', 'weight_over') then weight_state end as drill_sign,
    sum(count(*)) over ()::bigint as total_count
from person
group by weight_state
order by list_position(['weight_complete', 'weight_unstated', 'weight_under', 'weight_over'], weight_state)
