-- One row per label of a table from final score to label, as the settings state it.
select
    cycle,
    variant,
    label,
    from_score
from raw.score_label
