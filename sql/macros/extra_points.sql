-- The points that a deduction takes off (below 0) or a bonus adds: so many for each unit short or over, in proportion or in full units.
-- Null where the units cannot be counted.
create or replace macro extra_points(p_extra, p_attainment, p_value_ahead) as
    p_extra.sign * bounded(
        p_extra.points * whole_units(
            bounded(
                p_extra.sign * case when p_extra.basis = 'value' then p_value_ahead else p_attainment - p_extra.from_attainment end / p_extra.per_unit,
                0.0, 'infinity'::double
            ),
            p_extra.rounding
        ),
        0.0, coalesce(p_extra.cap, 'infinity'::double)
    )
