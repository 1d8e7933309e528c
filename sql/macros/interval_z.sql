-- The quantile of the standard normal distribution that cuts off 2.5 % above: a 95 % interval reaches that many standard errors to each side.
create or replace macro interval_z() as
    1.959963984540054::double
