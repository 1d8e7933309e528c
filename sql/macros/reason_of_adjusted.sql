-- Why a change adjusted for regression to the mean is not shown: as for the change itself, or the company has too few people to tell how one
-- cycle carries over to the next, or they do not differ.
create or replace macro reason_of_adjusted(p_both_count, p_known_count, p_pair_count, p_figure) as
    case
        when p_both_count = 0 or p_known_count = 0 then reason_of_change(p_both_count, p_known_count)
        when p_pair_count is null then 'too_few'
        when p_figure is null then 'no_variance'
    end
