-- What a SMART code is worth: 0 below 10, a half below 20, else 1. Codes are numbers because forty million goals are scored at a time.
create or replace macro smart_points(p_code) as
    (p_code // 10) * 0.5::double
