-- finding: an overall rating is a label or score of the cycle's scale
select *
from main.fct_finding
where finding = 'rating_not_on_scale'
