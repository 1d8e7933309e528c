-- A quantile, between two values by the line between them, of values that stand once each with how many there are up to them (p_up_to) and
-- of all (p_of), both summed over the group's values in their order.
create or replace macro counted_quantile(p_value, p_up_to, p_of, p_quantile) as
    min(p_value) filter (where p_up_to > floor(p_quantile * (p_of - 1)))
    + (
        min(p_value) filter (where p_up_to > ceil(p_quantile * (p_of - 1)))
        - min(p_value) filter (where p_up_to > floor(p_quantile * (p_of - 1)))
    ) * (p_quantile * (any_value(p_of) - 1) - floor(p_quantile * (any_value(p_of) - 1)))
