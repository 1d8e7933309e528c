-- The regular expression of numbers that name something and measure nothing: ISO 9001, phase 2, v3.2, 二期; and of how often something
-- recurs.
create or replace macro smart_name_words() as
    '\b(iso|en|din|sap|oracle|postgres|mysql|office|windows|python|java|version|release|article|section|rule|level|tier|phase|stage|step|sprint|wave|batch|year|grade|class|form|type|series|covid|top|no\.?)[- ]?#?\d+(\.\d+)*\b'
    || '|\bv\d+(\.\d+)*\b|\b24/7\b|\b[56]s\b|\b\d+d\b|\b1:1s?\b|\bone-on-ones?\b|\b[bc]2[bc]\b|\bk8s\b|\bone another\b|\b(current|other|previous|old) one\b|\b20\d\d\b|\b(first|second|third)-(pass|line|party|level)\b'
    || '|一线|一对一|一把手|一站式|一体化|第一|统一|进一步|更上一层楼|一步|一些|一定|一系列|[二三]方|[一二三四五六七八九十\d]+期'
    || '|每个?(月|周|日|天|季度|季|年|班)(\d+[日号])?前?'
