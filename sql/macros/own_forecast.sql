-- What a goal's own evidence leads to by its due date, at an elapsed share: the end of the line through enough check-ins, else, once enough
-- time has passed, attainment over elapsed share. A level to hold does not add up over time: it stays where it is.
create or replace macro own_forecast(p_line_end, p_count, p_line_count, p_last, p_elapsed, p_elapsed_from, p_is_held) as
    case
        when p_count >= p_line_count and p_line_end is not null then p_line_end
        when p_elapsed < p_elapsed_from then null
        when p_is_held then p_last
        else p_last / p_elapsed
    end
