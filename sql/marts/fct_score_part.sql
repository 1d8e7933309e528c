-- One row per person, cycle and part that a formula for the final score can count: its mean score as given and on the cycle's scale.
-- scope: cycle_id
select
    cycle_id,
    employee_id,
    'goals' as part,
    goal_count as judgement_count,
    mean_score as score,
    mean_score as sum_score,
    mean_score / 100 as value_share
from int_part_goal
where mean_score is not null
union all
select
    cycle_id,
    employee_id,
    part,
    judgement_count,
    mean_score as score,
    sum_score,
    value_share
from int_part_appraisal
where part != 'goals'
    or (cycle_id, employee_id) not in (select (cycle_id, employee_id) from int_part_goal where mean_score is not null)
