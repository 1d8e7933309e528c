-- One row per employee and cycle with a bonus, merit increase or promotion: what they were given in all, and whether it is out of line with
-- their rating. An award is a share of base pay or an amount; where the base pay is known each tells the other. award_third: the third of the
-- cycle's awards (1 the smallest), by the measure that more of them have; who stands on a cut is in the lower third, so equal awards are alike.
-- out_of_line: high_award_low_rating (highest third, lowest label), low_award_high_rating (lowest third, highest label).
-- scope: cycle_id
with pay as (  -- apart from the left join, which with more than equality compares every row with every other
    select
        cycle.cycle_id,
        employee.employee_id,
        employee.base_pay_amount
    from dim_employee as employee
    join dim_cycle as cycle
        on (employee.valid_from is null or employee.valid_from <= cycle.ends_on)
        and (employee.valid_to is null or employee.valid_to > cycle.ends_on)
    where employee.base_pay_amount is not null
        and is_cycle_in_scope(cycle.cycle_id)
),

person as (
    select
        given.cycle_id,
        given.employee_id,
        count(*) filter (where given.incentive_kind = 'promotion') as promotion_count,
        count(*) filter (where coalesce(given.base_share, given.amount) is not null) as award_count,
        round(sum(coalesce(given.base_share, given.amount / nullif(pay.base_pay_amount, 0))), 10) as award_share,  -- equal sums are alike
        round(sum(coalesce(given.amount, given.base_share * pay.base_pay_amount)), 10) as award_amount
    from fct_incentive as given
    left join pay
        on pay.employee_id = given.employee_id
        and pay.cycle_id = given.cycle_id
    where given.employee_id is not null
    group by given.cycle_id, given.employee_id
),

cut as (
    select
        cycle_id,
        count(award_share) >= count(award_amount) as is_by_share,
        quantile_cont(award_share, [1.0 / 3, 2.0 / 3]) as share_from,
        quantile_cont(award_amount, [1.0 / 3, 2.0 / 3]) as amount_from
    from person
    group by cycle_id
),

placed as (
    select
        person.*,
        case when cut.is_by_share then 'share' else 'amount' end as award_measure,
        case when cut.is_by_share then person.award_share else person.award_amount end as award,
        case when cut.is_by_share then cut.share_from else cut.amount_from end as third_from
    from person
    join cut
        on cut.cycle_id = person.cycle_id
)

select
    placed.cycle_id,
    placed.employee_id,
    rating.label as rating_label,
    rating.rank as rating_rank,
    label.label_count,
    placed.award_count,
    placed.award_share,
    placed.award_amount,
    placed.award_measure,
    placed.award,
    case when placed.award is not null then 1 + (placed.award > placed.third_from[1])::integer + (placed.award > placed.third_from[2])::integer end as award_third,
    placed.promotion_count,
    case
        when placed.award > placed.third_from[2] and rating.rank = 1 and label.label_count > 1 then 'high_award_low_rating'
        when placed.award <= placed.third_from[1] and placed.award < placed.third_from[2] and rating.rank = label.label_count and label.label_count > 1 then 'low_award_high_rating'
    end as out_of_line
from placed
left join fct_rating as rating
    on rating.employee_id = placed.employee_id
    and rating.cycle_id = placed.cycle_id
left join dim_rating_label as label
    on label.cycle_id = rating.cycle_id
    and label.code = rating.label
