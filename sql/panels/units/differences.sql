-- One row per figure: how far the people in scope lie from everybody else in the company, in points, with the 95 % interval.
select
    figure,
    round(difference_points, 4) + 0 as difference_points,
    round(difference_points - half_width_points, 4) as lower_points,
    round(difference_points + half_width_points, 4) as upper_points,
    round(chosen_mean, 4) as chosen_share,
    round(rest_mean, 4) as rest_share,
    people_count,
    rest_count,
    interval_reason as reason_key
from figure_difference($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
order by place
