-- One row per label of the cycle's scale: the share of rated people who got it, beside the guideline's, and how many people too many or too few that is.
-- The chance is told for whole units only: other filters leave people whom no guideline is about.
with shown as (
    select
        distribution.*,
        coalesce(
            case when $lang = 'zh' then scale.label_zh else scale.label_en end,
            scale.label_en, scale.label_zh, distribution.label
        ) as rating
    from fct_rating_distribution as distribution
    inner join dim_rating_label as scale on scale.cycle_id = distribution.cycle_id and scale.code = distribution.label
    where
        distribution.cycle_id = $cycle
        and distribution.unit_id is not distinct from $unit::varchar
        and coalesce($job_family, $location, $grade, $manager, $attributes)::varchar is null
)
select
    rating,
    label,
    rank,
    person_count as people_count,
    round(label_share, 4) as people_share,
    round(interval_lower_share, 4) as lower_share,
    round(interval_upper_share, 4) as upper_share,
    round(guideline_share, 4) as guideline_share,
    round(difference_points, 4) as to_guideline_points,
    case
        when over_count >= 0.5 then round(over_count)::bigint
        when over_count <= -0.5 then -round(-over_count)::bigint
        when over_count is not null then 0
    end as move_count,
    round(p_value, 4) as p_value,
    is_beyond_chance,
    difference_points_reason as reason_key,
    rated_count as total_count
from shown
order by rank desc
