-- Whether a row that gives the id of a single goal means it: a stated owner or cycle that differs rules the goal out.
create or replace macro means_goal(p_given_id, p_owner, p_cycle, p_goal_given_id, p_goal_owner, p_goal_cycle) as
    p_given_id = p_goal_given_id
    and (p_owner is null or p_goal_owner is null or p_owner = p_goal_owner)
    and (p_cycle is null or p_cycle = p_goal_cycle)
