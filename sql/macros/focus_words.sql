-- The words by which an improvement's focus is found in a goal: Latin ones without a plural's s and with a blank before them, so that they
-- match where a word begins; of Chinese, each pair of neighbouring characters. Words of doing better in general are left out: any goal has them.
create or replace macro focus_words(p_focus) as
    list_distinct(list_concat(
        list_transform(
            list_filter(
                regexp_extract_all(lower(nfc_normalize(p_focus)), '[\p{Latin}0-9]+'),
                lambda word: not regexp_matches(
                    word,
                    '^(a|an|the|and|or|of|for|to|in|on|at|with|by|from|his|her|their|own|more|less|better|good|improv\w*|increas\w*|reduc\w*|rais\w*|develop\w*|strengthen\w*|enhanc\w*|build\w*|get|be)$'
                )
            ),
            lambda word: ' ' || regexp_replace(word, '([^s])s$', '\1')
        ),
        flatten(list_transform(
            regexp_extract_all(
                regexp_replace(nfc_normalize(p_focus), '提高|提升|改善|改进|加强|增强|降低|减少|优化|强化|完善|进一步|能力|水平|的', ' ', 'g'),
                '\p{Han}{2,}'
            ),
            lambda run: list_transform(range(1, len(run)), lambda place: substr(run, place, 2))
        ))
    ))
