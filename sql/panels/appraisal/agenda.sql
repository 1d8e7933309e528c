-- One row per person whose rating is worth discussing, most first: why, and the label that would stand without the rater's severity.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, person.rating_label) as rating,
    case
        when agenda.is_what_if_other
            then coalesce(case when $lang = 'zh' then other.label_zh else other.label_en end, other.label_en, other.label_zh, agenda.what_if_label)
    end as what_if_rating,
    person.attainment,
    round(agenda.agenda_points, 4) as agenda_share,
    round(agenda.attainment_points, 4) as mismatch_share,
    round(agenda.rater_points, 4) as rater_share,
    round(agenda.disagreement_points, 4) as dispute_share,
    round(agenda.jump_points, 4) as jump_share,
    round(agenda.evidence_points, 4) as thin_evidence_share
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_calibration_agenda as agenda on agenda.employee_id = person.employee_id and agenda.cycle_id = person.cycle_id
left join dim_rating_label as scale on scale.cycle_id = person.cycle_id and scale.code = person.rating_label
left join dim_rating_label as other on other.cycle_id = person.cycle_id and other.code = agenda.what_if_label
where agenda.agenda_points > 0
order by
    agenda.agenda_points desc,
    person.employee_id
limit 50
