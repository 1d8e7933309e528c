-- One row per mention without an id: the employee it means and how that was found. An ambiguous one means nobody.
-- scope: everything
with by_email as (
    select folded_email, min(employee_id) as employee_id
    from int_roster
    where folded_email is not null
    group by folded_email
    having count(*) = 1
),

by_name as (
    select
        folded_name,
        count(*) as namesake_count,
        min(employee_id) as employee_id
    from int_roster
    where folded_name is not null
    group by folded_name
),

by_unit as (
    select mention.person_key, min(roster.employee_id) as employee_id
    from int_person_mention as mention
    join int_unit_ref as ref
        on ref.unit_text = mention.unit_text
    join int_roster as roster
        on roster.folded_name = mention.folded_name
        and list_contains(roster.unit_ids, ref.unit_id)
    group by mention.person_key
    having count(*) = 1
)

select
    mention.person_key,
    case
        when by_email.employee_id is not null then by_email.employee_id
        when by_unit.employee_id is not null then by_unit.employee_id
        when by_name.namesake_count = 1 then by_name.employee_id
        when by_name.namesake_count is null and mention.employee_name is not null
            then 'name:' || coalesce(mention.unit_text, '') || '/' || mention.employee_name
        when by_name.namesake_count is null then 'mail:' || mention.folded_email
    end as employee_id,
    case
        when by_email.employee_id is not null then 'email'
        when by_unit.employee_id is not null then 'name_in_unit'
        when by_name.namesake_count = 1 then 'name'
        when by_name.namesake_count is null then 'provisional'
        else 'ambiguous'
    end as found_by,
    coalesce(mention.employee_name, mention.folded_email) as employee_name,
    mention.unit_text
from int_person_mention as mention
left join by_email
    on by_email.folded_email = mention.folded_email
left join by_unit
    on by_unit.person_key = mention.person_key
left join by_name
    on by_name.folded_name = mention.folded_name
