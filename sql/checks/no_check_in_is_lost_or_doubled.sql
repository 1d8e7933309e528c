-- error: every check-in up to as_of is in fct_check_in once
with repeated as (
    select natural_key from kept.stated_again where kind = 'check_in'
)

-- nearly all are stated once: as many must have come out as went in
select null as natural_key, stated.row_count as stated_count, kept.row_count as kept_count
from (
    select count(*) as row_count
    from raw.check_in
    where is_in_scope('check_in', natural_key)
        and natural_key not in (select natural_key from repeated)
        and (checked_on <= (select as_of from dim_setting) or checked_on is null)
) as stated
cross join (
    select count(*) as row_count
    from main.fct_check_in
    where is_in_scope('check_in', natural_key)
        and natural_key not in (select natural_key from repeated)
) as kept
where stated.row_count != kept.row_count
union all
select natural_key, 1, count(*)
from main.fct_check_in
where natural_key in (select natural_key from repeated)
group by natural_key
having count(*) > 1
