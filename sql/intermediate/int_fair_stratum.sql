-- One row per cycle, protected attribute and group but the most favoured: the gap to that within strata of grade, job family and fifth of attainment.
-- Mantel and Haenszel's weighted difference of shares with the variance of Sato (1989), which holds for many small strata too.
with cell as (
    select
        cycle_id,
        attribute,
        group_value,
        stratum,
        sum(person_count)::double as n,
        coalesce(sum(person_count) filter (where is_favourable), 0)::double as k
    from int_fair_cell
    group by cycle_id, attribute, group_value, stratum
),

pair as (
    select
        cell.cycle_id,
        cell.attribute,
        cell.group_value,
        cell.n,
        cell.k,
        other.n as other_n,
        other.k as other_k,
        cell.n * other.n / (cell.n + other.n) as weight
    from cell
    join int_fair_reference as reference
        on reference.cycle_id = cell.cycle_id
        and reference.attribute = cell.attribute
        and reference.group_value != cell.group_value
    left join cell as other
        on other.cycle_id = cell.cycle_id
        and other.attribute = cell.attribute
        and other.group_value = reference.group_value
        and other.stratum = cell.stratum
)

select
    cycle_id,
    attribute,
    group_value,
    count(*) filter (where weight is not null) as stratum_count,
    count(*) filter (where weight is null) as dropped_stratum_count,
    coalesce(sum(n) filter (where weight is not null), 0)::bigint as stratified_person_count,
    coalesce(sum(n) filter (where weight is null), 0)::bigint as dropped_person_count,
    sum(weight * (k / n - other_k / other_n)) / sum(weight) as gap,
    sum((n * n * other_k - other_n * other_n * k + n * other_n * (other_n - n) / 2) / (n + other_n) ** 2) as p_sum,
    sum((k * (other_n - other_k) + other_k * (n - k)) / (2 * (n + other_n))) as q_sum,
    sum(weight) as weight_sum
from pair
group by cycle_id, attribute, group_value
