-- The SMART code of how relevant a goal is; the first that holds. Without a link of any kind nothing shows its relevance.
create or replace macro smart_relevant(p_is_aligned, p_is_units_category, p_is_other_family) as
    case
        when p_is_aligned then 23  -- aligned
        when p_is_units_category then 17  -- units_category
        when p_is_other_family then 4  -- other_family
        else 5  -- unlinked
    end
