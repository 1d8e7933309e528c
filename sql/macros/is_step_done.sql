-- 1 for the state of a step that is done, else 0.
create or replace macro is_step_done(p_state) as
    (p_state in ('on_time', 'late'))::bigint
