-- A share that is shown only where enough people stand behind it.
create or replace macro share_of_enough(p_count, p_of, p_person_count, p_minimum) as
    case
        when p_person_count >= p_minimum then p_count / nullif(p_of, 0)::double
    end
