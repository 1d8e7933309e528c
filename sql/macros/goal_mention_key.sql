-- One number for the way in which a row means a goal, so that check-ins find theirs by one comparison; nulls count as values.
create or replace macro goal_mention_key(p_goal_id, p_folded_title, p_employee_id, p_unit_id, p_stated_cycle, p_cycle) as
    hash(p_goal_id, p_folded_title, p_employee_id, p_unit_id, p_stated_cycle, p_cycle)
