-- Organisations with calls nobody has answered, alerts to wake, or a review nobody is at. Asked as the platform.
SELECT organization_id, bool_or(calls) AS calls, bool_or(review) AS review
  FROM (SELECT organization_id, true AS calls, false AS review FROM stock_balancecall
         WHERE called_at < %(now)s::timestamptz - make_interval(secs => %(patience)s)
         UNION ALL
        SELECT organization_id, true, false FROM forecasting_alert
         WHERE status = 'snoozed' AND snoozed_until <= %(now)s
         UNION ALL
        SELECT organization_id, false, true FROM forecasting_alertreview
         WHERE wanted_at < %(now)s::timestamptz - make_interval(secs => %(patience)s)) due
 GROUP BY organization_id ORDER BY organization_id
