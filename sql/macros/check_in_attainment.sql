-- Attainment, unbounded, that one check-in on a goal tells: by its value where the goal has a target, else by its progress.
create or replace macro check_in_attainment(p_direction, p_baseline, p_target, p_lower, p_upper, p_value, p_progress) as
    case
        when p_direction = 'milestone' then p_progress
        when p_direction = 'binary' then (coalesce(p_value >= coalesce(p_target, 1), p_progress >= 1))::integer::double
        when p_direction = 'maintain' then coalesce(band_attainment(p_target, p_lower, p_upper, p_value), p_progress)
        else coalesce(value_attainment(p_direction, p_baseline, p_target, p_value), p_progress)
    end
