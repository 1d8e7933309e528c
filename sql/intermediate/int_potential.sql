-- One row per person and cycle with a judgement of potential: the mean of the manager's, else the committee's; never self or peer.
select
    cycle_id,
    employee_id,
    coalesce(
        avg(value_share) filter (where reviewer_role = 'manager'),
        avg(value_share) filter (where reviewer_role in ('committee', 'hr'))
    ) as potential_share
from fct_appraisal
where (is_potential(part) or is_potential(item))
    and value_share is not null
    and employee_id is not null
    and cycle_id is not null
    and reviewer_role in ('manager', 'committee', 'hr')
group by cycle_id, employee_id
