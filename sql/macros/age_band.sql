-- The band of ages that an age is in, by the ages at which bands begin: 30,40 makes -29, 30-39 and 40+.
create or replace macro age_band(p_age, p_bands) as
    case
        when p_age < list_min(string_split(p_bands, ',')::integer[]) then '-' || (list_min(string_split(p_bands, ',')::integer[]) - 1)
        when p_age >= list_max(string_split(p_bands, ',')::integer[]) then list_max(string_split(p_bands, ',')::integer[]) || '+'
        else list_max(list_filter(string_split(p_bands, ',')::integer[], lambda from_age: from_age <= p_age))
            || '-' || (list_min(list_filter(string_split(p_bands, ',')::integer[], lambda from_age: from_age > p_age)) - 1)
    end
