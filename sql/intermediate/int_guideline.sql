-- One row per cycle, unit (empty: the company) and label: the share that a guideline asks for. The guideline of the unit itself, else of the nearest
-- unit above that has one, else the company's holds as a whole; one for the cycle comes before one for every cycle.
with stated as (
    select
        label.cycle_id,
        coalesce(named.unit_id, '') as owner_id,
        label.code,
        arg_max(guideline.share, guideline.cycle is not null) as share
    from stg_guideline as guideline
    join dim_rating_label as label
        on (guideline.cycle is null or guideline.cycle = label.cycle_id)
        and fold(guideline.label) in (fold(label.code), fold(label.label_en), fold(label.label_zh))
    left join int_unit_ref as named
        on named.unit_text = trim(guideline.unit)
    where is_cycle_in_scope(label.cycle_id)
        and guideline.share is not null
        and (guideline.unit is null or named.unit_id is not null)
    group by label.cycle_id, owner_id, label.code
),

owner as (
    select
        stated.cycle_id,
        above.unit_id as group_id,
        arg_max(stated.owner_id, above.depth) as owner_id
    from (select distinct cycle_id, owner_id from stated) as stated
    join int_rated_group as above
        on above.group_id = stated.owner_id
    group by stated.cycle_id, above.unit_id
)

select
    owner.cycle_id,
    owner.group_id,
    owner.owner_id,
    stated.code,
    stated.share,
    sum(stated.share) over (partition by owner.cycle_id, owner.group_id) as share_sum
from owner
join stated
    on stated.cycle_id = owner.cycle_id
    and stated.owner_id = owner.owner_id
