-- One row per way in which the employee files mean a manager: by id, by e-mail or by a name that is the only one.
select
    mention.manager_id as given_id,
    mention.manager_name as given_name,
    mention.manager_email as given_email,
    coalesce(mention.manager_id, any_value(by_email.employee_id), case when count(distinct by_name.employee_id) = 1 then any_value(by_name.employee_id) end) as manager_id,
    coalesce(any_value(by_id.employee_name), any_value(by_email.employee_name), mention.manager_name) as manager_name
from (
    select distinct manager_id, manager_name, manager_email
    from stg_employee
    where coalesce(manager_id, manager_name, manager_email) is not null
) as mention
left join int_roster as by_id
    on by_id.employee_id = mention.manager_id
left join int_roster as by_email
    on by_email.folded_email = fold(mention.manager_email)
left join int_roster as by_name
    on by_name.folded_name = fold(mention.manager_name)
group by mention.manager_id, mention.manager_name, mention.manager_email
