-- Attainment, unbounded, of a goal that has a target and an actual value.
-- A target of 0 or below without a baseline can't be divided by: 0 is met or not; below 0 the sense of the ratio turns round.
create or replace macro value_attainment(p_direction, p_baseline, p_target, p_actual) as
    case
        when p_target is null or p_actual is null then null
        when p_direction = 'decrease' and p_baseline is not null
            then case
                when p_baseline = p_target then (p_actual <= p_target)::integer::double
                else (p_baseline - p_actual) / (p_baseline - p_target)
            end
        when p_direction = 'decrease'
            then case
                when p_target = 0 then (p_actual <= 0)::integer::double
                when p_target > 0 then 2 - p_actual / p_target
                else p_actual / p_target
            end
        when p_baseline is not null
            then case
                when p_baseline = p_target then (p_actual >= p_target)::integer::double
                else (p_actual - p_baseline) / (p_target - p_baseline)
            end
        when p_target = 0 then (p_actual >= 0)::integer::double
        when p_target > 0 then p_actual / p_target
        else 2 - p_actual / p_target
    end
