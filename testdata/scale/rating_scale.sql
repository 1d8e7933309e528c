-- One row per label of the company's scale.
insert into raw.rating_scale by name
select
    1 as import_id,
    'scale' as sheet,
    rank as line,
    '|' || code as natural_key,
    *
from (values
    ('D', 'Unsatisfactory', '不合格', 1, 1),
    ('C', 'Needs improvement', '待改进', 2, 2),
    ('B', 'Good', '良好', 3, 3),
    ('A', 'Excellent', '优秀', 4, 4),
    ('S', 'Outstanding', '卓越', 5, 5)
) as scale(code, label_en, label_zh, rank, value)
