-- A goal's text as SMART reads it: full-width digits and signs made half-width, blanks at both ends for its patterns.
create or replace macro smart_plain(p_text) as
    ' ' || translate(nfc_normalize(p_text), '０１２３４５６７８９％．，：；（）～　', '0123456789%.,:;()~ ') || ' '
