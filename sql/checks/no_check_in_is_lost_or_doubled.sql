-- error: every check-in up to as_of is in fct_check_in once
select stated.row_count as stated_count, kept.row_count as kept_count
from (
    select count(*) as row_count
    from stg_check_in
    where checked_on <= (select as_of from dim_setting)
        or checked_on is null
) as stated
cross join (select count(*) as row_count from main.fct_check_in where is_in_scope('check_in', natural_key)) as kept
where stated.row_count != kept.row_count
