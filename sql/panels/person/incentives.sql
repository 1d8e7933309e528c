-- One row per award of the person, the newest first.
select
    cycle_id,
    incentive_kind,
    amount as award_amount,
    base_share,
    to_grade,
    awarded_on,
    natural_key
from fct_incentive
where employee_id = $employee_id
order by awarded_on desc
