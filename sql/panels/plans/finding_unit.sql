-- One row: the unit whose milestones are done in time less often than everywhere else by more than chance, judged by people: one
-- person's milestones go together.
with unit as (
    select
        person.unit_id,
        any_value(person.unit) as unit,
        count(distinct person.employee_id) as people_count,
        count(*) as due_count,
        count(*) filter (item.is_punctual) as punctual_count,
        sum(count(*)) over ()::bigint as all_due_count,
        sum(count(*) filter (item.is_punctual)) over ()::bigint as all_punctual_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join due_item($cycle) as item on item.employee_id = person.employee_id
    where person.unit_id is not null
    group by person.unit_id
),
shared as (
    select
        *,
        round(people_count * punctual_count / due_count)::bigint as like_count
    from unit
    where people_count >= (select minimum_group_count from dim_setting)
),
compared as (
    select
        *,
        punctual_count / due_count as punctual_share,
        (all_punctual_count - punctual_count) / (all_due_count - due_count) as elsewhere_share,
        two_share_p_value(like_count, people_count, sum(like_count) over ()::bigint - like_count, sum(people_count) over ()::bigint - people_count,
            (select exact_table_to from dim_setting)) as p_value
    from shared
    where all_due_count > due_count
)
select
    'unit_plans_behind' as finding_key,
    unit,
    round(punctual_share, 4) as punctual_share,
    round(elsewhere_share, 4) as elsewhere_share,
    due_count,
    unit_id as drill_unit
from compared
where
    punctual_share < elsewhere_share
    and p_value < (select significance_share from dim_setting) / (select count(*) from compared)
order by
    p_value,
    unit_id
limit 1
