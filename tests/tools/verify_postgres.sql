-- What tests/tools/verify.c asks of a folder, asked of an archive in PostgreSQL: knows the
-- tables but none of the program.  Each row is something wrong.  `acks` is a table of lines
-- "KEY PERIOD NUMBER" that were acknowledged.
SELECT 'series with a gap or a number twice: ' || series_id FROM number JOIN series s USING (series_id)
  WHERE suffix = '' GROUP BY series_id, s.first HAVING count(*) <> max(number) - s.first + 1
  OR min(number) <> s.first OR count(DISTINCT number) <> count(*)
UNION ALL SELECT 'number without its document: ' || number_id FROM number n WHERE state = 'used'
  AND (SELECT count(*) FROM document d WHERE d.number_id = n.number_id) <> 1
UNION ALL SELECT 'document without number: ' || uid FROM document WHERE number_id IS NULL
UNION ALL SELECT 'document without its two files: ' || uid FROM document d WHERE (SELECT string_agg(role, ','
  ORDER BY role) FROM document_file f WHERE f.document_id = d.document_id) IS DISTINCT FROM 'pdf,source'
UNION ALL SELECT 'document without words: ' || uid FROM document d WHERE NOT EXISTS (SELECT 1 FROM
  document_index x WHERE x.sort_key = d.sort_key)
UNION ALL SELECT 'document without its line in the log: ' || uid FROM document d WHERE (SELECT count(*) FROM
  event e WHERE e.object = d.uid AND e.act IN ('issue', 'number')) <> 1
UNION ALL SELECT 'key twice: ' || key FROM document WHERE again = 0 GROUP BY key HAVING count(*) > 1
UNION ALL SELECT 'state not of its last step: ' || uid FROM document d WHERE state IS DISTINCT FROM (SELECT
  to_state FROM step s WHERE s.document_id = d.document_id ORDER BY ordinal DESC LIMIT 1)
UNION ALL SELECT 'file: ' || sha256 FROM file f LEFT JOIN blob b USING (sha256) WHERE f.place = 'register' AND
  (b.data IS NULL OR octet_length(b.data) <> f.kept OR (f.packing = '' AND encode(sha256(b.data), 'hex') <> sha256))
UNION ALL SELECT 'log: ' || serial FROM (SELECT *, lag(hash, 1, repeat('0', 64)) OVER w AS before, row_number()
  OVER w AS n FROM event WINDOW w AS (ORDER BY serial)) e WHERE serial <> n OR hash <> encode(sha256(convert_to(
  before || serial || octet_length(at) || ':' || at || octet_length(actor) || ':' || actor || octet_length(act)
  || ':' || act || octet_length(object) || ':' || object || octet_length(detail) || ':' || detail, 'UTF8')), 'hex')
UNION ALL SELECT 'acknowledged and lost: ' || line FROM acks WHERE (SELECT count(*) FROM document d JOIN number n
  USING (number_id) WHERE d.key = split_part(line, ' ', 1) AND n.period = split_part(line, ' ', 2)
  AND n.number = split_part(line, ' ', 3)::bigint) <> 1;
