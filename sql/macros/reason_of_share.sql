-- Why share_of_enough shows nothing: nobody to tell it of, or too few.
create or replace macro reason_of_share(p_person_count, p_minimum, p_reason) as
    case
        when p_person_count = 0 then p_reason
        when p_person_count < p_minimum then 'too_few'
    end
