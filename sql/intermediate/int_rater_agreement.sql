-- One row per cycle and unit (empty: the company) with people judged by two raters or more: ICC(1) of a one-way analysis of variance.
-- (MSB − MSW) / (MSB + (k − 1) MSW), k the mean number of raters less its variance over its sum (Shrout and Fleiss 1979, for unequal numbers).
with unit as (
    select
        panel.cycle_id,
        above.group_id,
        count(*) as panel_person_count,
        sum(panel.rater_count)::double as judgement_count,
        sum(panel.rater_count * panel.rater_count)::double as square_count,
        sum(panel.square_sum) as within_sum,
        sum(panel.rater_count * panel.mean_share) as share_sum,
        sum(panel.rater_count * panel.mean_share * panel.mean_share) as share_square_sum
    from int_rater_panel as panel
    join int_employee_cycle as person
        on person.employee_id = panel.employee_id
        and person.cycle_id = panel.cycle_id
    join int_rated_group as above
        on above.unit_id = coalesce(person.unit_id, '')
    where panel.rater_count >= 2
    group by panel.cycle_id, above.group_id
),

squared as (
    select
        cycle_id,
        group_id,
        panel_person_count,
        judgement_count,
        (judgement_count - square_count / judgement_count) / nullif(panel_person_count - 1, 0) as raters,
        greatest(0, share_square_sum - share_sum * share_sum / judgement_count) / nullif(panel_person_count - 1, 0) as between_square,
        within_sum / nullif(judgement_count - panel_person_count, 0) as within_square
    from unit
)

select
    cycle_id,
    group_id,
    panel_person_count,
    judgement_count::bigint as judgement_count,
    case
        when between_square + (raters - 1) * within_square > 1e-12
            then (between_square - within_square) / (between_square + (raters - 1) * within_square)
    end as icc
from squared
