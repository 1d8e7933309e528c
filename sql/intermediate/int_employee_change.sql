-- One row per employee and begun cycle with one of its kind before: their change, and the rating that regression to the mean expects.
-- view: read once.
select
    pair.*,
    case
        when regression.rho is not null
            then pair.rating_share - (regression.mean + regression.rho * (pair.previous_rating_share - regression.previous_mean))
    end as adjusted_rating_change_points
from int_employee_pair as pair
left join int_rating_regression as regression
    on regression.cycle_id = pair.cycle_id
