-- The last day of a canonical cycle label; null for other text.
create or replace macro period_end(p_label) as
    (
        period_start(p_label) + case period_kind(p_label)
            when 'year' then interval 12 month
            when 'half' then interval 6 month
            when 'quarter' then interval 3 month
            else interval 1 month
        end - interval 1 day
    )::date
