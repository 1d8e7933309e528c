-- One row per unit and cycle with awards somewhere in the company; without a unit, the whole company: the budget used. An award counts as its
-- amount, else as its share of base pay where that is known. People are those active in the cycle, and those awarded who were not: these have
-- no unit there and are the company's alone.
-- scope: cycle_id
with own as (
    select
        coalesce(person.cycle_id, award.cycle_id) as cycle_id,
        person.unit_id,
        count(*) as person_count,
        count(*) filter (where award.award_count > 0) as awarded_count,
        count(award.award_amount) as amount_count,
        sum(award.award_amount) as used_amount,
        count(award.award_share) as share_count,
        sum(award.award_share) as award_share_sum,
        coalesce(sum(award.promotion_count), 0)::bigint as promotion_count,
        count(award.out_of_line) as out_of_line_count
    from (select * from fct_employee_cycle where cycle_id in (select cycle_id from fct_award)) as person
    full join fct_award as award
        on award.employee_id = person.employee_id
        and award.cycle_id = person.cycle_id
    group by 1, 2
),

rolled as (
    select
        own.cycle_id,
        part.group_unit_id as unit_id,
        sum(own.person_count)::bigint as person_count,
        sum(own.awarded_count)::bigint as awarded_count,
        sum(own.amount_count)::bigint as amount_count,
        sum(own.used_amount) as used_amount,
        sum(own.share_count)::bigint as share_count,
        sum(own.award_share_sum) / nullif(sum(own.share_count), 0) as mean_award_share,
        sum(own.promotion_count)::bigint as promotion_count,
        sum(own.out_of_line_count)::bigint as out_of_line_count
    from own
    join int_unit_group as part
        on part.unit_id is not distinct from own.unit_id
    group by own.cycle_id, part.group_unit_id
)

select
    cycle_id,
    unit_id,
    person_count,
    awarded_count,
    awarded_count / person_count as awarded_share,
    amount_count,
    used_amount,
    case when used_amount is null then 'no_evidence' end as used_amount_reason,
    used_amount / nullif(max(used_amount) filter (where unit_id is null) over (partition by cycle_id), 0) as company_budget_share,
    case when used_amount is null then 'no_evidence' end as company_budget_share_reason,
    share_count,
    mean_award_share,
    case when mean_award_share is null then 'no_evidence' end as mean_award_share_reason,
    promotion_count,
    out_of_line_count
from rolled
