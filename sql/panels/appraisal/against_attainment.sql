-- One row per label and band of attainment with rated people who have attainment: how many they are, and what part of all people of the band.
with person as (
    select
        person.employee_id,
        person.rating_label as label,
        floor(least(greatest(person.attainment, 0), 1.5) * 10 + 1e-9)::int as band
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    where
        person.rating_label is not null
        and person.attainment is not null
),
cell as (
    select
        band,
        label,
        count(*) as people_count,
        count(*) / sum(count(*)) over (partition by band) as people_share,
        sum(count(*)) over ()::bigint as total_count
    from person
    group by
        band,
        label
)
select
    case when cell.band >= 15 then '≥ 150' else printf('%d–%d', cell.band * 10, cell.band * 10 + 10) end as attainment_band,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, cell.label) as rating,
    cell.people_count,
    round(cell.people_share, 4) as people_share,
    cell.band / 10 as band_from,
    case when cell.band >= 15 then 1.5 else (cell.band + 1) / 10 end as band_to,
    cell.label,
    cell.total_count
from cell
left join dim_rating_label as scale on scale.cycle_id = $cycle and scale.code = cell.label
order by
    scale.rank desc,
    cell.band
