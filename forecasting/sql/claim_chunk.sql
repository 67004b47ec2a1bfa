-- The next chunk of the organisation's running run that nobody is at. Whoever works on one keeps its row locked; a row that
-- says `working` and is not locked belonged to a worker that died, or is between its two transactions for a moment.
UPDATE forecasting_forecastchunk
   SET status = 'working', attempts = attempts + 1, claimed_at = now()
 WHERE organization_id = %(organization)s
   AND id = (SELECT c.id FROM forecasting_forecastchunk c
               JOIN forecasting_forecastrun r ON r.organization_id = c.organization_id AND r.id = c.run_id
              WHERE c.organization_id = %(organization)s AND r.status = 'running'
                AND (c.status = 'waiting' OR c.status = 'working' AND c.claimed_at < now() - interval '5 seconds')
              ORDER BY c.place LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
RETURNING id, run_id, attempts
