-- One row: the step with the largest share of doubtful rows, and the contradiction that makes most of them.
with step as (
    select
        step,
        sum(row_count)::bigint as row_count,
        sum(rejected_count + finding_row_count)::bigint as doubtful_count
    from fct_quality
    where step is not null
    group by step
    having sum(rejected_count + finding_row_count) > 0
    order by
        sum(rejected_count + finding_row_count) / nullif(sum(row_count), 0) desc nulls first,
        step
    limit 1
),
odd as (
    select
        finding,
        count(*) as finding_count
    from fct_finding
    where step = (select step from step)
    group by finding
    order by
        finding_count desc,
        finding
    limit 1
)
select
    case when odd.finding is null then 'data_refused' else 'data_doubtful' end as finding_key,
    step.step,
    step.doubtful_count,
    step.row_count,
    odd.finding,
    odd.finding_count
from step
left join odd on true
