-- One row per cycle, protected attribute, group, stratum and what the rating and its calibration came to: how many people. Of the attributes that a
-- setting names: gender, age band on the cycle's last day (or as_of), and columns of the employee file.
-- joins as written
with named as (
    select distinct trim(listed.attribute) as attribute
    from (select unnest(string_split(protected_attributes, ',')) as attribute from dim_setting) as listed
    where trim(listed.attribute) != ''
),

age as (
    select years.age, age_band(years.age, setting.age_bands) as age_band
    from (select unnest(range(0, 130)) as age) as years
    cross join dim_setting as setting
),

seen as (
    select cycle.cycle_id, least(cycle.ends_on, setting.as_of) as seen_on
    from dim_cycle as cycle
    cross join dim_setting as setting
),

extra as (
    select employee_id, cycle_id, attributes
    from int_employee_cycle
    where exists (select 1 from named where attribute not in ('gender', 'age_band'))
),

person as (
    select
        rated.cycle_id,
        rated.gender,
        date_diff('year', birth.birth_on, seen.seen_on)
        - (month(seen.seen_on) * 100 + day(seen.seen_on) < month(birth.birth_on) * 100 + day(birth.birth_on))::integer as age,
        extra.attributes,
        label.label_count - rated.rank < own.favourable_label_count as is_favourable,
        rated.rank - rated.original_rank as move_count,
        hash(rated.grade, rated.job_family, bounded(floor(rated.attainment_percentile * 5), 0, 4)) as stratum
    from int_rated as rated
    join dim_cycle_setting as own
        on own.cycle_id = rated.cycle_id
    join seen
        on seen.cycle_id = rated.cycle_id
    join dim_rating_label as label
        on label.cycle_id = rated.cycle_id
        and label.code = rated.label
    left join int_birth as birth
        on birth.employee_id = rated.employee_id
    left join extra
        on extra.employee_id = rated.employee_id
        and extra.cycle_id = rated.cycle_id
),

alike as (
    select
        person.* exclude (age),
        age.age_band,
        count(*) as person_count
    from person
    left join age
        on age.age = person.age
    group by all
)

select
    alike.cycle_id,
    named.attribute,
    case named.attribute
        when 'gender' then alike.gender
        when 'age_band' then alike.age_band
        else json_extract_string(alike.attributes, '$."' || replace(named.attribute, '"', '') || '"')
    end as group_value,
    alike.is_favourable,
    alike.move_count,
    alike.stratum,
    sum(alike.person_count)::bigint as person_count
from alike
cross join named
where trim(group_value) != ''
group by all
