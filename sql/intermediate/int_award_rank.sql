-- One row per cycle, award and rank of rating: how many awarded and rated people have both, and the mean place of each among the cycle's.
with joint as (
    select cycle_id, award, rating_rank, count(*) as person_count
    from fct_award
    where award is not null
        and rating_rank is not null
    group by cycle_id, award, rating_rank
)

select
    cycle_id,
    award,
    rating_rank,
    person_count,
    sum(person_count) over (partition by cycle_id order by award) - (sum(person_count) over (partition by cycle_id, award) - 1) / 2 as award_place,
    sum(person_count) over (partition by cycle_id order by rating_rank) - (sum(person_count) over (partition by cycle_id, rating_rank) - 1) / 2 as rating_place
from joint
