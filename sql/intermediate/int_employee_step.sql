-- One row per active employee and cycle: the steps done, whether the loop closed, and the first step missed.
select
    employee_id,
    cycle_id,
    count(*) filter (where state in ('on_time', 'late')) as step_done_count,
    bool_and(state in ('on_time', 'late', 'exempt')) as is_closed_loop,
    bool_and(state in ('on_time', 'exempt')) as is_closed_loop_on_time,
    arg_min(step, step_number) filter (where state = 'missed') as leak_step
from fct_step
group by employee_id, cycle_id
