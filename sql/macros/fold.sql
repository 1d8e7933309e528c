-- A name or label as it is compared: composed, trimmed, case and blanks folded away.
create or replace macro fold(p_text) as
    nullif(lower(regexp_replace(nfc_normalize(p_text), '\s+', '', 'g')), '')
