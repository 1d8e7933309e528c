-- One row per rated person, cycle and protected attribute that is known of them, of those that a setting names: gender, age band on the cycle's last day
-- (or as_of), and columns of the employee file. Beside it, what their rating came to and the stratum they are compared in.
with person as (
    select
        rated.employee_id,
        rated.cycle_id,
        employee.gender,
        age_band(date_diff('year', birth.birth_on, employee.seen_on)
            - (strftime(employee.seen_on, '%m%d') < strftime(birth.birth_on, '%m%d'))::integer, setting.age_bands) as age_band,
        employee.attributes,
        label.label_count - rated.rank < setting.favourable_label_count as is_favourable,
        rated.original_rank is not null as is_compared,
        rated.rank > rated.original_rank as is_up,
        rated.rank < rated.original_rank as is_down,
        rated.rank - rated.original_rank as move_count,
        hash(employee.grade, employee.job_family, bounded(floor(rated.attainment_percentile * 5), 0, 4)) as stratum
    from int_rated as rated
    cross join dim_setting as setting
    join int_employee_cycle as employee
        on employee.employee_id = rated.employee_id
        and employee.cycle_id = rated.cycle_id
    join dim_rating_label as label
        on label.cycle_id = rated.cycle_id
        and label.code = rated.label
    left join int_birth as birth
        on birth.employee_id = rated.employee_id
),

named as (
    select distinct trim(listed.attribute) as attribute
    from (select unnest(string_split(protected_attributes, ',')) as attribute from dim_setting) as listed
    where trim(listed.attribute) != ''
),

attributed as (
    select
        person.*,
        named.attribute,
        case named.attribute
            when 'gender' then person.gender
            when 'age_band' then person.age_band
            else json_extract_string(person.attributes, '$."' || replace(named.attribute, '"', '') || '"')
        end as group_value
    from person
    cross join named
)

select
    employee_id,
    cycle_id,
    attribute,
    group_value,
    is_favourable,
    is_compared,
    is_up,
    is_down,
    move_count,
    stratum
from attributed
where trim(group_value) != ''
