-- One row per unit below the chosen one (or the top): who got an award, how large, and what part of all that was given.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    count(*) as people_count,
    count(award.employee_id) as awarded_count,
    round(count(award.employee_id) / count(*), 4) as awarded_share,
    round(median(award.award_share), 4) as median_award_share,
    round(sum(award.award_amount), 2) as used_amount,
    coalesce(sum(award.promotion_count), 0)::bigint as promotion_count,
    count(award.out_of_line) as out_of_line_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
left join fct_award as award on award.employee_id = person.employee_id and award.cycle_id = person.cycle_id
where exists (select 1 from fct_award_cycle where cycle_id = $cycle)
group by
    person.branch_unit,
    person.branch_unit_id
order by
    awarded_share desc,
    person.branch_unit_id
