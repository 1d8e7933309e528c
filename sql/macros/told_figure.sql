-- A figure with its place, the step it belongs to, its mean over the people it applies to, their spread and their number.
create or replace macro told_figure(p_place, p_step, p_figure, p_value) as
{
    'place': p_place,
    'step': p_step,
    'figure': p_figure,
    'mean': avg(p_value),
    'spread': stddev_samp(p_value),
    'people_count': count(p_value)
}
