-- How far the actual is past the target in the better direction, in the goal's unit of measure; below 0: short of it. A level to maintain
-- is short by the distance to its band, which may be open on one side, and never past it.
create or replace macro value_ahead(p_direction, p_target, p_lower, p_upper, p_actual) as
    case
        when p_direction = 'increase' then p_actual - p_target
        when p_direction = 'decrease' then p_target - p_actual
        when p_direction = 'maintain' and p_actual is not null
            then least(0, p_actual - coalesce(p_lower, p_actual), coalesce(p_upper, p_actual) - p_actual)
    end
