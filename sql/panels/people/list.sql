-- One row per person of the cycle that the filters and the drill leave.
with state as (
    select
        employee_id,
        any_value(state) filter (step = 'goals') as goals_state,
        any_value(state) filter (step = 'plan') as plan_state,
        any_value(state) filter (step = 'monitoring') as monitoring_state,
        any_value(state) filter (step = 'appraisal') as appraisal_state,
        any_value(state) filter (step = 'feedback') as feedback_state,
        any_value(state) filter (step = 'improvement') as improvement_state,
        bool_or(step = $step::varchar and state = coalesce($state::varchar, state)) as is_in_step
    from fct_step
    where cycle_id = $cycle
    group by employee_id
)
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.position,
    person.manager_name,
    person.goal_count,
    person.attainment,
    person.measured_share,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, person.rating_label) as rating,
    state.goals_state,
    state.plan_state,
    state.monitoring_state,
    state.appraisal_state,
    state.feedback_state,
    state.improvement_state,
    person.last_check_in_on
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
left join state on state.employee_id = person.employee_id
left join dim_rating_label as scale on scale.cycle_id = person.cycle_id and scale.code = person.rating_label
where
    ($step::varchar is null or state.is_in_step)
    and ($leak::varchar is null or person.leak_step = $leak)
    and ($label::varchar is null or person.rating_label = $label)
    and ($measure::varchar is not null or $from::varchar is null or greatest(person.attainment, 0) >= round($from::double, 6) - 1e-6)
    and ($measure::varchar is not null or $to::varchar is null or greatest(person.attainment, 0) < $to::double - 1e-6
        or $to::double >= 1.5 and person.attainment is not null)
    and ($measure::varchar is null or person.employee_id in (
        select employee_id from measured_person($cycle, $measure)
        where value >= coalesce($from::double, value) - 1e-9 and value < coalesce($to::double, 'infinity') - 1e-9))
    and ($employee_id::varchar is null or person.employee_id = $employee_id)
    and ($sign::varchar is null or person.employee_id in (
        select employee_id from signed_person($cycle, $sign)))
    and ($status::varchar is null or person.employee_id in (
        select employee_id from fct_goal
        where cycle_id = $cycle and status = $status and ($owner_status::varchar is null or owner_status = $owner_status)))
    and ($reviewer::varchar is null or person.employee_id in (
        select employee_id from fct_rating where cycle_id = $cycle and reviewer_id = $reviewer))
    and (coalesce($metric::varchar, $alarm::varchar, $cause::varchar) is null or person.employee_id in (
        select employee_id from alarmed_person($cycle, $metric, $alarm, $cause)))
    and ($search::varchar is null or contains(lower(person.employee_name), lower($search)) or lower(person.employee_id) = lower($search))
order by
    person.employee_name,
    person.employee_id
