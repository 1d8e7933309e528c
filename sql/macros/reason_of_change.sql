-- Why a change of people between two cycles is not shown: nobody was there in both, or nothing is known of them in one.
create or replace macro reason_of_change(p_both_count, p_known_count) as
    case
        when p_both_count = 0 then 'no_history'
        when p_known_count = 0 then 'no_evidence'
    end
