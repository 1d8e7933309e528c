-- The figures compared between units, in the order of the loop, over the figures of the people who stand together.
create or replace macro told_figures(p_figures) as
unnest([
    told_figure(1, 'goals', 'goals_set', struct_extract(p_figures, 'goals_set')),
    told_figure(2, 'goals', 'aligned', struct_extract(p_figures, 'aligned')),
    told_figure(3, 'plan', 'planned', struct_extract(p_figures, 'planned')),
    told_figure(4, 'monitoring', 'cadence', struct_extract(p_figures, 'cadence')),
    told_figure(5, 'monitoring', 'status_agreed', struct_extract(p_figures, 'status_agreed')),
    told_figure(6, 'goals', 'attainment', struct_extract(p_figures, 'attainment')),
    told_figure(7, 'appraisal', 'rated', struct_extract(p_figures, 'rated')),
    told_figure(8, 'appraisal', 'mean_rating', struct_extract(p_figures, 'mean_rating')),
    told_figure(9, 'feedback', 'delivered', struct_extract(p_figures, 'delivered')),
    told_figure(10, 'feedback', 'acknowledged', struct_extract(p_figures, 'acknowledged')),
    told_figure(11, 'improvement', 'closed', struct_extract(p_figures, 'closed'))
])
