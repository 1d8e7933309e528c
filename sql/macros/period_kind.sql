-- The kind of cycle that a canonical label names: year, half, quarter, month; other for other text.
create or replace macro period_kind(p_label) as
    case
        when regexp_full_match(p_label, '\d{4}(/\d{2})?') then 'year'
        when regexp_full_match(p_label, '\d{4}(/\d{2})?H[12]') then 'half'
        when regexp_full_match(p_label, '\d{4}(/\d{2})?Q[1-4]') then 'quarter'
        when regexp_full_match(p_label, '\d{4}-(0[1-9]|1[0-2])') then 'month'
        else 'other'
    end
