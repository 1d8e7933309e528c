-- One row: the SMART criteria of one goal text with what stands beside it. The chance of reaching it and whether it is linked to
-- others' goals can be given where they are known.
create or replace macro smart_score(
    p_title,
    p_metric,
    p_unit_of_measure,
    p_target,
    p_due_on,
    p_starts_on,
    p_ends_on,
    p_chance := null,
    p_is_aligned := false,
    p_is_units_category := false,
    p_is_other_family := false
) as table
with bare as (
    select
        smart_plain(p_title) as plain,
        smart_bare(smart_plain(p_title)) as bare
),

named as (
    select *, smart_object(bare) as object
    from bare
),

reasoned as (
    select
        smart_specific(smart_has_change(bare, object), smart_has_place(object)) as specific_code,
        smart_measurable(p_target is not null, coalesce(p_unit_of_measure, p_metric) is not null, smart_has_amount(bare)) as measurable_code,
        smart_attainable(p_chance::double, setting.smart_discouraging_below, setting.smart_likely_from, setting.smart_likely_to, setting.smart_sure_above) as attainable_code,
        smart_relevant(p_is_aligned, p_is_units_category, p_is_other_family) as relevant_code,
        smart_time_bound(p_due_on::date, p_starts_on::date, p_ends_on::date, smart_has_time_limit(plain)) as time_bound_code
    from named
    cross join main.dim_setting as setting
)

select
    smart_points(specific_code) as specific,
    smart_reason(specific_code) as specific_reason,
    smart_points(measurable_code) as measurable,
    smart_reason(measurable_code) as measurable_reason,
    smart_points(attainable_code) as attainable,
    smart_reason(attainable_code) as attainable_reason,
    smart_points(relevant_code) as relevant,
    smart_reason(relevant_code) as relevant_reason,
    smart_points(time_bound_code) as time_bound,
    smart_reason(time_bound_code) as time_bound_reason,
    smart_points(specific_code) + smart_points(measurable_code) + smart_points(attainable_code)
    + smart_points(relevant_code) + smart_points(time_bound_code) as smart_score
from reasoned
