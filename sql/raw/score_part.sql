-- One row per part of the formula for the final score of a cycle.
create table raw.score_part (
    cycle varchar,             -- null: every cycle without a formula of its own
    variant varchar,           -- null: the formula in force; else the name of one to replay the cycle with
    part varchar,              -- goals, competencies, values, bonus, penalty, or another part of the appraisals
    weight double,             -- a fraction; null for bonus and penalty: their points are added and taken off
    full_score double,         -- the score that counts as 100; null: by the cycle's scale. Bonus and penalty: points as they are
    cap double,                -- the part's score, or its points, count up to here
    floor double               -- and from here
)
