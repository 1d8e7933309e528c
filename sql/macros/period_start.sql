-- The first day of a canonical cycle label (2025, 2025/26, 2025H1, 2025/26H1, 2025Q3, 2025-07); null for other text. A year that two
-- calendar years share begins in July, unless a cycle file says when.
create or replace macro period_start(p_label) as
    case
        when regexp_full_match(p_label, '\d{4}') then make_date(p_label::integer, 1, 1)
        when regexp_full_match(p_label, '\d{4}/\d{2}') then make_date(left(p_label, 4)::integer, 7, 1)
        when regexp_full_match(p_label, '\d{4}/\d{2}H[12]') then (make_date(left(p_label, 4)::integer, 7, 1) + to_months(6 * right(p_label, 1)::integer - 6))::date
        when regexp_full_match(p_label, '\d{4}/\d{2}Q[1-4]') then (make_date(left(p_label, 4)::integer, 7, 1) + to_months(3 * right(p_label, 1)::integer - 3))::date
        when regexp_full_match(p_label, '\d{4}H[12]') then make_date(left(p_label, 4)::integer, 6 * right(p_label, 1)::integer - 5, 1)
        when regexp_full_match(p_label, '\d{4}Q[1-4]') then make_date(left(p_label, 4)::integer, 3 * right(p_label, 1)::integer - 2, 1)
        when regexp_full_match(p_label, '\d{4}-(0[1-9]|1[0-2])') then make_date(left(p_label, 4)::integer, right(p_label, 2)::integer, 1)
    end
