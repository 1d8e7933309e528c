-- One row per piece of a rule that turns a goal's attainment into a score. Pieces that name the same cycle, metric and goal are
-- one rule; the rule that names the goal comes before one of its metric, of its cycle, of the company.
create table raw.scoring_rule (
    cycle varchar,             -- null: every cycle
    metric varchar,            -- null: every metric
    goal_id varchar,           -- null: every goal
    kind varchar,              -- band, linear, deduct, bonus, bounds
    from_attainment double,    -- band, linear: this piece holds from here, null: from anything; deduct, bonus: counted from here, null: 1
    to_attainment double,      -- linear: the attainment of to_score; further up to_score holds until the next piece
    from_score double,         -- band: the score; linear: the score at from_attainment
    to_score double,           -- linear: the score at to_attainment
    points double,             -- deduct, bonus: points for each per_unit
    per_unit double,           -- deduct, bonus: so much attainment or so many units of measure
    basis varchar,             -- deduct, bonus: attainment (the default) or value, the goal's own unit of measure
    rounding varchar,          -- deduct, bonus: null in proportion; down: full units only; up: a unit begun counts
    cap double,                -- bounds: highest score, null: 100; deduct, bonus: most points
    floor double               -- bounds: lowest score, null: 0
)
