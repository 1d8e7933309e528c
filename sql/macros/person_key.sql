-- The key of a reference to a person that gives no id; null where an id is given.
create or replace macro person_key(p_id, p_email, p_name, p_unit) as
    case
        when p_id is null and coalesce(p_email, p_name) is not null
            then concat_ws('|', coalesce(fold(p_email), ''), coalesce(fold(p_name), ''), coalesce(p_unit, ''))
    end
