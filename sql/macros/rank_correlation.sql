-- Spearman's correlation of n people from sums over them: of the product of both ranks, and of each rank's square. Null where one has no variance.
create or replace macro rank_correlation(p_count, p_product_sum, p_square_sum, p_other_square_sum) as
    (p_product_sum - p_count * ((p_count + 1) / 2.0) ** 2)
    / nullif(sqrt(greatest(0, (p_square_sum - p_count * ((p_count + 1) / 2.0) ** 2) * (p_other_square_sum - p_count * ((p_count + 1) / 2.0) ** 2))), 0)
