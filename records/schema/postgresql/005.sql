-- Version 5.  Names and words side by side are tokens of SQLite's index now; here names were
-- (records/postgres_words.c), and no table changes
-- for it.
COMMENT ON TABLE document_index IS 'words, names and facets of each document';

-- The newest `most` documents of a number as typed (VT_NUMBER_TYPED).  Of one number there are
-- as many as there are series: they are read in the order of their days, until there are enough,
-- and those of another ký hiệu are passed over in the index, as long as nothing is sorted as a
-- whole.
DROP INDEX number_typed;
CREATE INDEX number_typed ON number(number, suffix, date, notation_words) INCLUDE (number_id);
CREATE FUNCTION numbered(typed bigint, letter text, notation_typed text, since text, before text,
  query tsquery, low bigint, high bigint, most bigint, among bigint[], in_state text)
  RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 20
  SET search_path FROM CURRENT SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off
  SET enable_sort TO off AS $$ BEGIN
  RETURN QUERY SELECT d.sort_key FROM number n JOIN document d ON d.number_id = n.number_id
    WHERE n.number = typed AND n.suffix = letter AND n.date >= since AND n.date < before
    AND (notation_typed = '' OR instr(n.notation_words, notation_typed) > 0)
    AND d.sort_key BETWEEN low AND high AND (in_state = '' OR d.state = in_state)
    AND (among IS NULL OR d.sort_key = ANY (among))
    AND (numnode(query) = 0 OR EXISTS (SELECT 1 FROM document_index x
      WHERE x.sort_key = d.sort_key AND x.words @@ query))
    ORDER BY n.date DESC, d.sort_key DESC LIMIT most;
END $$;

-- The metadata as before, told with fewer questions: how to answer it is thought out anew
-- by each session that shows a document.
CREATE OR REPLACE VIEW outgoing_metadata AS SELECT
  d.uid AS DocumentUid,
  coalesce(i.organ, '') AS OrganId,
  f.year AS FileCatalog,
  coalesce(f.code, '') AS FileNotation,
  f.ordinal AS DocOrdinal,
  d.type_name AS TypeName,
  n.number || n.suffix AS CodeNumber,
  n.notation AS CodeNotation,
  d.date AS IssuedDate,
  i.name AS OrganName,
  d.subject AS Subject,
  d.language AS Language,
  d.pages AS PageAmount,
  d.note AS Description,
  coalesce(s.position, '') AS Position,
  coalesce(s.name, '') AS FullName,
  CASE d.urgency WHEN 'khan' THEN 1 WHEN 'thuong-khan' THEN 2 WHEN 'hoa-toc' THEN 3 ELSE 0 END
    AS Priority,
  d.amount AS IssuedAmount,
  d.due AS DueDate,
  coalesce(d.retention, '') AS Maintenance,
  d.access AS Mode,
  d.info_sign AS InforSign,
  d.confidence AS ConfidenceLevel,
  d.autograph AS Autograph,
  d.format AS Format
FROM document d JOIN number n USING (number_id) JOIN issuer i ON i.issuer_id = d.issuer_id
  LEFT JOIN LATERAL (SELECT x.year, x.code, e.ordinal FROM dossier_entry e
    JOIN dossier x USING (dossier_id) WHERE e.document_id = d.document_id AND e.removed = ''
    ORDER BY e.dossier_id LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT position, name FROM signer WHERE document_id = d.document_id
    ORDER BY ordinal LIMIT 1) s ON true;
