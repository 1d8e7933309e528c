-- How far a goal's status is from done, as a number to compare two statuses by: behind is behind, whatever it is called.
create or replace macro status_level(p_status) as
    case p_status
        when 'done' then 3
        when 'on_track' then 2
        when 'at_risk' then 1
        when 'off_track' then 0
        when 'overdue' then 0
        when 'not_started' then 0
    end
