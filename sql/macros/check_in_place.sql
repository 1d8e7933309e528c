-- One number by which check-ins on a goal stand in the order in which they were reported: by day, then import, then line.
create or replace macro check_in_place(p_checked_on, p_import_id, p_line) as
    coalesce((p_checked_on - date '0001-01-01')::hugeint, 4000000) * 1000000000000000000 + p_import_id::hugeint * 10000000000 + p_line
