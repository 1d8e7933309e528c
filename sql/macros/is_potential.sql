-- Whether a part or item of an appraisal is a judgement of the person's potential, in the words files use.
create or replace macro is_potential(p_text) as
    fold(p_text) in ('potential', 'potentialrating', '潜力', '潜能', '发展潜力', '潜力评估', '潜力评级')
