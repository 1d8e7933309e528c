-- One row per setting that was changed: from what, to what, when and by whom.
create table raw.setting_change (
    change_id bigint,          -- what was changed together has one number
    name varchar,              -- a setting, or a table of them: rating_scale, guideline, scoring_rule, score_part, score_label
    cycle varchar,             -- null: of the company
    before varchar,            -- null: the default; of a table its rows as JSON
    after varchar,             -- null: the default again
    changed_at timestamp,      -- UTC
    changed_by varchar,
    build_id bigint            -- the first build with the change
)
