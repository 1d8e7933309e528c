-- One row per bonus, merit increase or promotion given by as_of.
-- scope: natural_key of incentive
select
    coalesce(incentive.cycle, dated.cycle_id) as cycle_id,
    coalesce(incentive.employee_id, person.employee_id) as employee_id,
    incentive.incentive_kind,
    incentive.amount,
    incentive.base_share,
    incentive.awarded_on,
    incentive.to_grade,
    incentive.natural_key,
    incentive.import_id,
    incentive.sheet,
    incentive.line
from stg_incentive as incentive
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = incentive.person_key
left join int_cycle_of_date as dated
    on dated.on_date = incentive.awarded_on
    and dated.is_after
    and incentive.cycle is null
where incentive.awarded_on <= setting.as_of
    or incentive.awarded_on is null
