-- One row per headline figure of how the goals were watched over, with the comparison cycle's beside it.
with person as (
    select
        person.cycle_id,
        person.employee_id,
        person.pace >= own.on_track_from_points as is_on_pace,
        watch.cadence_share,
        watch.watched_goal_count > 0 as is_watched,
        watch.is_check_in_overdue,
        1 - watch.disagreement_share as agreement_share,
        watch.conversation_count > 0 as is_talked,
        alarm.unanswered_count = 0 as is_answered
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_employee_monitoring as watch on watch.employee_id = person.employee_id and watch.cycle_id = person.cycle_id
    inner join dim_cycle_setting as own on own.cycle_id = person.cycle_id
    left join fct_employee_alarm as alarm on alarm.employee_id = person.employee_id and alarm.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
),
figure as (
    select cycle_id, 1 as place, 'cadence' as figure, cadence_share as share
    from person
    union all
    select cycle_id, 2, 'check_in_overdue', is_check_in_overdue::int
    from person
    where is_watched
    union all
    select cycle_id, 3, 'on_pace', is_on_pace::int
    from person
    union all
    select cycle_id, 4, 'status_agreed', agreement_share
    from person
    union all
    select cycle_id, 5, 'alarm_answered', is_answered::int
    from person
    union all
    select cycle_id, 6, 'talked', is_talked::int
    from person
)
select
    figure,
    round(avg(share) filter (cycle_id = $cycle), 4) as value_share,
    round(avg(share) filter (cycle_id = $compare), 4) as compare_share,
    count(share) filter (cycle_id = $cycle) as people_count
from figure
group by
    place,
    figure
having count(share) filter (cycle_id = $cycle) > 0
order by place
