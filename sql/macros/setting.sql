-- A number of raw.setting for the company, else its default.
create or replace macro setting(p_name, p_default) as
    coalesce((select max(value)::double from raw.setting where name = p_name and cycle is null), p_default)
