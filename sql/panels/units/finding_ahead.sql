-- One row: the figure in which the people in scope lie furthest above everybody else by more than chance.
select
    'unit_ahead' as finding_key,
    figure,
    round(chosen_mean, 3) as chosen_share,
    round(rest_mean, 3) as rest_share,
    people_count
from figure_difference($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
where difference_points - half_width_points > 0
order by difference_points desc
limit 1
