-- One row per metric, job family and period: how far off the readings of a job family's people were. peer_no is a short key of the three.
select
    reading.peer_no,
    count(distinct reading.person_id) as peer_count,
    median(score.z) as peer_shift
from int_reading_owned as reading
join int_reading_score as score
    on score.series_no = reading.series_no
    and score.reading_number = reading.reading_number
where score.z is not null
    and reading.peer_no is not null
group by reading.peer_no
