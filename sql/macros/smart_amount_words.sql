-- The regular expression of an amount in words or digits, once dates and names are out of the text.
create or replace macro smart_amount_words() as
    '[£$€¥]?\d[\d.,:]*( ?(%|‰|percentage points|percent|per cent|k|m|bn|万|亿|个百分点|百分点))?'
    || '|\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|dozen|half|halve[sd]?|halving|doubl(e|es|ed|ing)|tripl(e|es|ed|ing)|twice|a third|two thirds|a quarter|percent|per cent)\b'
    || '|百分之[一二三四五六七八九十百]+|千分之[一二三四五六七八九十]+|[一二三四五六七八九]成|[减降压]少?一半|减半|翻一番|翻番|翻倍|翻两番|为零|零(事故|投诉|差错|缺陷|延误|失误|违规|伤亡)|前[三五十]'
    || '|[一二两三四五六七八九十百千]+(个|名|家|次|篇|件|条|项|门|人|倍|份|台|起|笔|天|周|场|座|套|种)'
