-- One row per kind of contradiction found in the stored rows, the most frequent first.
select
    finding,
    step,
    count(*) as row_count,
    count(distinct cycle_id) as cycle_count
from fct_finding
group by
    finding,
    step
order by row_count desc
