-- One row per person and cycle with overall judgements by several others or by a peer: how many raters, their mean, and the sum of squares around it.
-- Each rater's last judgement counts; one without a name is one rater of its role.
with several as (
    select cycle_id, employee_id
    from fct_appraisal
    where item is null
        and part is null
        and reviewer_role in ('manager', 'committee', 'hr', 'peer', 'subordinate')
        and value_share is not null
    group by cycle_id, employee_id
    having count(*) >= 2
        or bool_or(reviewer_role = 'peer')
),

judged as (
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
        and (cycle_id, employee_id) in (select cycle_id, employee_id from several)
    group by cycle_id, employee_id, reviewer_role, reviewer_id
)

select
    cycle_id,
    employee_id,
    count(*) as rater_count,
    avg(value_share) as mean_share,
    var_pop(value_share) * count(*) as square_sum,
    avg(value_share) filter (where reviewer_role = 'peer') as peer_share
from judged
group by cycle_id, employee_id
