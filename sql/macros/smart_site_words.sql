-- The regular expression of numbered places and models: line 4, ward 3, B-17, 3号注塑线, 二厂.
create or replace macro smart_site_words() as
    '\b(line|press|filler|machine|boiler|kiln|ward|room|floor|building|gate|plant|site|store|unit|shift|set|project|model)[- ]?#?\d+\b'
    || '|\b[a-z]{1,3}-?\d+[a-z]?\b'
    || '|\d+ ?号(线|机组|机|锅炉|炉|楼|厂|仓|注塑线|车间|产线)|[一二三四五六七八九十\d]+(厂|车间|号线|班组|分厂|中队|号楼)|[初高][一二三](\(\d+\)班)?'
