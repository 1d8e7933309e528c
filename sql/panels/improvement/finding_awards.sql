-- One row: how far awards follow ratings, and how many are out of line. Told of the whole company.
select
    case when high_award_low_rating_count + low_award_high_rating_count > 0 then 'awards_out_of_line' else 'awards_in_line' end as finding_key,
    round(award_rating_correlation, 2) as rank_correlation,
    round(top_to_middle_ratio, 1) as top_to_middle_ratio,
    high_award_low_rating_count + low_award_high_rating_count as people_count
from fct_award_cycle
where
    cycle_id = $cycle
    and award_rating_correlation is not null
    and coalesce($unit, $job_family, $location, $grade, $manager, $attributes)::varchar is null
