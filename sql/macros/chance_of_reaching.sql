-- The chance that what came k times in n will come again, by Laplace's rule of succession: (k + 1) / (n + 2); never 0 or 1 by few cases.
create or replace macro chance_of_reaching(p_reached_count, p_count) as
    (p_reached_count + 1) / (p_count + 2)::double
