-- Why a figure about n people shows nothing: nobody, too few, or nothing that varies.
create or replace macro reason_of_ratio(p_count, p_ratio, p_minimum) as
    case
        when p_count = 0 then 'no_evidence'
        when p_count < p_minimum then 'too_few'
        when p_ratio is null then 'no_variance'
    end
