-- Attainment of a level to maintain: 1 inside the band, else 1 less the distance to it in targets, at least 0.
create or replace macro band_attainment(p_target, p_lower, p_upper, p_actual) as
    case
        when p_actual is null or coalesce(p_target, p_lower, p_upper) is null then null
        when p_actual >= coalesce(p_lower, '-infinity'::double) and p_actual <= coalesce(p_upper, 'infinity'::double) then 1.0
        when coalesce(p_target, (p_lower + p_upper) / 2, p_lower, p_upper) = 0 then 0.0
        else greatest(
            0.0,
            1 - greatest(coalesce(p_lower, p_actual) - p_actual, p_actual - coalesce(p_upper, p_actual))
            / abs(coalesce(p_target, (p_lower + p_upper) / 2, p_lower, p_upper))
        )
    end
