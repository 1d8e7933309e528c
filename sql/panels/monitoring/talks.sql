-- One row per kind of conversation or observation on file about the cycle: how many, with how many people.
with person as (
    select
        person.cycle_id,
        person.employee_id
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    where person.cycle_id in ($cycle, $compare)
),
size as (
    select count(*) as total_count
    from person
    where cycle_id = $cycle
)
select
    talk.conversation_kind,
    talk.conversation_kind as drill_sign,
    round(count(distinct talk.employee_id) filter (person.cycle_id = $cycle) / any_value(size.total_count), 4) as people_share,
    count(distinct talk.employee_id) filter (person.cycle_id = $cycle) as people_count,
    count(*) filter (person.cycle_id = $cycle) as conversation_count,
    count(*) filter (person.cycle_id = $compare) as compare_conversation_count,
    any_value(size.total_count) as total_count
from person
inner join fct_conversation as talk on talk.employee_id = person.employee_id and talk.cycle_id = person.cycle_id
cross join size
where talk.conversation_kind in ('one_on_one', 'observation', 'suggestion', 'appeal')
group by talk.conversation_kind
having count(*) filter (person.cycle_id = $cycle) > 0
order by people_count desc
