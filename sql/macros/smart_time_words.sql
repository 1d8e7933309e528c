-- The regular expression of phrases that set a time limit, English and Chinese. A frequency (weekly, 每月) or a time of reaction
-- (within 24 hours) sets none.
create or replace macro smart_time_words() as
    '\b(by|before|until|till|in|during|for|this|of|over|from|end of|start of)? ?(early |late |mid-?)?(q[1-4]|h[12]|fy ?''?\d{2,4}|[1-4]q\d{2})( (of )?(fy ?)?20\d\d)?\b'
    || '|\b(by |before |until |till |at |in )?(the )?(very )?(end|start|beginning|middle|close|first half|second half|first quarter|second quarter|third quarter|fourth quarter|last quarter) of (the |this |next )?((calendar|fiscal|financial|school) )?(year|quarter|month|week|half|cycle|season|term|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)( 20\d\d)?\b'
    || '|\b(by|before|until|till|in|during|since|from|of) (early |late |mid-?)?(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b( \d{1,2}(st|nd|rd|th)?\b)?( 20\d\d)?'
    || '|\b(by |on |before )?(the )?\d{1,2}(st|nd|rd|th)? (of )?(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b( 20\d\d)?'
    || '|\b(january|february|march|april|june|july|august|september|october|november|december) (20\d\d|\d{1,2})\b'
    || '|\b(this|next|current|coming|whole|full) (calendar |fiscal |financial |school )?(year|quarter|month|half|half-year|week|cycle|season|term)\b'
    || '|\b(year|quarter|month|half)[- ]end\b|\b(before |by )?(the )?end of year\b|\beoy\b|\beoq\b|\beom\b'
    || '|\b(within|in|over|during|inside|after) (the )?(next |coming |first )?(\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen) (weeks?|months?|quarters?|years?)\b'
    || '|\b(within|in|over) the (next|coming) \w+ (working )?days\b'
    || '|\b(by|before|until|till|this|for) (the )?(christmas|easter|black friday|thanksgiving|ramadan|diwali|new year|chinese new year|spring festival|peak season|high season|summer|autumn|fall|winter|spring|go-live)\b'
    || '|\b(by|before|in|during|until|till|for|throughout) (the year )?20\d\d\b|\b(by |before |until )?(week|cw|kw) ?\d{1,2}\b|\b20\d\d-\d{2}(-\d{2})?\b|\b\d{1,2}[./]\d{1,2}[./](20)?\d\d\b'
    || '|20\d\d ?年(\d{1,2}月(\d{1,2}[日号])?|[上下]半年|第?[一二三四1-4]季度|底|末|初|内)?(底|末|初|份|中旬|上旬|下旬)?(之前|以前|前|内)?'
    || '|\d{1,2} ?月(\d{1,2}[日号]|底|末|初|份|中旬|上旬|下旬)?(之前|以前|前|内)?|[一二三四五六七八九十]{1,2}月(底|末|初|份|中旬|上旬|下旬)(之前|以前|前)?'
    || '|今年(底|内|末)?前?|本年度?|当年|明年(底|初)?前?|年内|年底之?前?|年末之?前?|全年|上半年|下半年|本财年|本学期|本季度?|当季|第?[一二三四]季度末?|[1-4]季度|季度末|季末|本月|当月|月底前|月末前|本周期|期末前?'
    || '|(春节|国庆|五一|元旦|中秋|端午|双十一|双11|双十二|618|旺季|汛期|暑期|开学|高考)(之前|以前|前|期间)|双十一|双11|\b618\b'
    || '|([一二两三四五六七八九十半]|\d+)(年|个月|周|个季度|个工作周)(之内|以内|内)'
