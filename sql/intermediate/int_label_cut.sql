-- One row per cycle: the labels of its scale with the values from which they are nearest, lowest first.
select
    cycle_id,
    list({'label': code, 'from_score': from_score} order by value_share) as labels
from (
    select
        cycle_id,
        code,
        value_share,
        round(coalesce((value_share + lag(value_share) over (partition by cycle_id order by value_share)) / 2, 0), 9) as from_score
    from dim_rating_label
    where value_share is not null
)
group by cycle_id
