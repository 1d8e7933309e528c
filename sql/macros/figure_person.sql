-- One row per person in scope with what the figures compared between units are means of: shares of 0 to 1, null where the figure
-- does not apply to the person or the cycle has not come to it yet.
create or replace macro figure_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
select
    person.employee_id,
    {
        'goals_set': (person.live_goal_count > 0)::int,
        'aligned': person.aligned_share,
        'planned': person.plan_coverage_share,
        'cadence': person.cadence_share,
        'status_agreed': 1 - watch.disagreement_share,
        'attainment': person.attainment,
        'rated': case when cycle.is_closed then (person.rating_rank is not null)::int end,
        'mean_rating': person.rating_share,
        'delivered': case when cycle.is_closed then feedback.is_delivered::int end,
        'acknowledged': case when cycle.is_closed then feedback.is_acknowledged::int end,
        'closed': case when cycle.is_closed then person.is_closed_loop::int end
    } as figures
from scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as person
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
left join fct_employee_monitoring as watch on watch.employee_id = person.employee_id and watch.cycle_id = person.cycle_id
left join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
