-- One row per goal in a pasted text, a goal a line: its SMART criteria by the rules that score the goals of the files. A line copied from a sheet
-- may say its metric, unit, target, due date and parent goal after tabs; what it does not say is taken from the fields beside the text.
with line as (
    select
        unnest(string_split(replace($text::varchar, chr(13), ''), chr(10))) as line,
        unnest(range(1, len(string_split($text::varchar, chr(10))) + 1)) as line_number
),
piece as (
    select
        line_number,
        list_transform(string_split(line, chr(9)), lambda part: nullif(trim(part), '')) as parts
    from line
),
stated as materialized (
    select
        line_number,
        parts[1] as title,
        coalesce(parts[2], nullif(trim($goal_metric::varchar), '')) as metric,
        coalesce(parts[3], nullif(trim($goal_unit::varchar), '')) as unit_of_measure,
        try_cast(regexp_replace(coalesce(parts[4], $goal_target::varchar), '[,，%％\s]', '', 'g') as double) as target,
        coalesce(
            try_cast(coalesce(parts[5], $goal_due::varchar) as date),
            try_strptime(coalesce(parts[5], $goal_due::varchar), ['%Y/%m/%d', '%Y年%m月%d日', '%d.%m.%Y'])::date
        ) as due_on,
        coalesce(parts[6], nullif(trim($goal_parent::varchar), '')) as parent
    from piece
    where parts[1] is not null
),
aligned as (
    select goal_id as name
    from fct_goal
    where cycle_id = $cycle and is_aligned and goal_id in (select parent from stated)
    union
    select title
    from fct_goal
    where cycle_id = $cycle and is_aligned and title in (select parent from stated)
)
select
    stated.line_number,
    stated.title,
    smart.*
from stated
left join dim_cycle as cycle on cycle.cycle_id = $cycle
left join aligned on aligned.name = stated.parent
cross join lateral (
    select *
    from smart_score(stated.title, stated.metric, stated.unit_of_measure, stated.target, stated.due_on, cycle.starts_on, cycle.ends_on,
        p_is_aligned := aligned.name is not null)
) as smart
order by stated.line_number
