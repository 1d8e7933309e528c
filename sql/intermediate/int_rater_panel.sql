-- One row per person and cycle with overall judgements by others than themselves: how many raters, their mean, and the sum of squares around it. Each
-- rater's last judgement counts; one without a name is one rater of its role.
with judged as (
    select
        cycle_id,
        employee_id,
        reviewer_role,
        reviewer_id,
        arg_max(value_share, row(appraised_on is not null, appraised_on, import_id, line)) as value_share
    from fct_appraisal
    where item is null
        and part is null
        and reviewer_role in ('manager', 'committee', 'hr', 'peer', 'subordinate')
        and value_share is not null
        and employee_id is not null
        and cycle_id is not null
    group by cycle_id, employee_id, reviewer_role, reviewer_id
)

select
    cycle_id,
    employee_id,
    count(*) as rater_count,
    avg(value_share) as mean_share,
    var_pop(value_share) * count(*) as square_sum,
    avg(value_share) filter (where reviewer_role = 'peer') as peer_share,
    max(value_share) - min(value_share) as range_points
from judged
group by cycle_id, employee_id
