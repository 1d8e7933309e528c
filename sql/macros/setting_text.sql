-- A text of raw.setting for the company, else its default.
create or replace macro setting_text(p_name, p_default) as
    coalesce((select max(value) from raw.setting where name = p_name and cycle is null), p_default)
