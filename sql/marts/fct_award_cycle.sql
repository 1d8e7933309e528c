-- One row per cycle with awards: how far awards tell ratings apart. top_to_middle_ratio: the mean award of the highest label by that of the
-- middle one (of the two middle ones, where their number is even). award_rating_correlation: Spearman's, equal values at their mean place.
-- scope: cycle_id
with place as (
    select
        cycle_id,
        sum(person_count)::bigint as pair_count,
        sum(person_count * award_place * rating_place) - sum(person_count * award_place) * sum(person_count * rating_place) / sum(person_count) as covariance,
        sum(person_count * award_place ** 2) - sum(person_count * award_place) ** 2 / sum(person_count) as award_variance,
        sum(person_count * rating_place ** 2) - sum(person_count * rating_place) ** 2 / sum(person_count) as rating_variance
    from int_award_rank
    group by cycle_id
),

level as (
    select
        cycle_id,
        any_value(award_measure) as award_measure,
        count(*) filter (where award_count > 0) as awarded_count,
        count(award) filter (where rating_rank = label_count) as top_count,
        avg(award) filter (where rating_rank = label_count) as top_mean,
        count(award) filter (where abs(rating_rank - (label_count + 1) / 2) < 1) as middle_count,
        avg(award) filter (where abs(rating_rank - (label_count + 1) / 2) < 1) as middle_mean,
        count(*) filter (where out_of_line = 'high_award_low_rating') as high_award_low_rating_count,
        count(*) filter (where out_of_line = 'low_award_high_rating') as low_award_high_rating_count,
        sum(promotion_count)::bigint as promotion_count
    from fct_award
    group by cycle_id
)

select
    level.cycle_id,
    level.award_measure,
    level.awarded_count,
    level.top_count,
    level.middle_count,
    case when level.middle_mean > 0 then level.top_mean / level.middle_mean end as top_to_middle_ratio,
    case
        when level.top_count = 0 or level.middle_count = 0 then 'no_counterpart'
        when level.middle_mean <= 0 then 'no_definition'
    end as top_to_middle_ratio_reason,
    coalesce(place.pair_count, 0) as pair_count,
    case
        when place.pair_count >= setting.minimum_group_count and place.award_variance > 0 and place.rating_variance > 0
            then round(place.covariance / sqrt(place.award_variance * place.rating_variance), 10)
    end as award_rating_correlation,
    case
        when coalesce(place.pair_count, 0) < setting.minimum_group_count then 'too_few'
        when place.award_variance <= 0 or place.rating_variance <= 0 then 'no_variance'
    end as award_rating_correlation_reason,
    level.high_award_low_rating_count,
    level.low_award_high_rating_count,
    level.promotion_count
from level
cross join dim_setting as setting
left join place
    on place.cycle_id = level.cycle_id
