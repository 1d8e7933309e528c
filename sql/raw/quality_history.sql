-- One row per build and step of the loop: how clean the imported rows were then.
create table raw.quality_history (
    build_id bigint,
    step varchar,
    row_count bigint,
    rejected_count bigint,
    finding_count bigint,
    clean_share double
)
