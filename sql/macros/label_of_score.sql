-- The label of a table that a score gets: of the last one that begins at or below it.
create or replace macro label_of_score(p_labels, p_score) as
    list_filter(p_labels, lambda entry: entry.from_score <= p_score)[-1].label
