-- A number by which rows are put in the order of a day and, on one day, in one that stays the same; comparing texts takes longer.
create or replace macro day_order(p_day, p_key) as
    (p_day - date '0001-01-01')::hugeint * 18446744073709551616 + hash(p_key)::hugeint
