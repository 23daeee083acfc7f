-- Version 6.  Words side by side are words of the index wherever they stand: the program fills
-- it anew behind this (records/postgres_words.c).
TRUNCATE document_index;
COMMENT ON TABLE document_index IS 'words, words side by side, names and facets of each document';

-- As before, but words of which the first two stretches hold nothing are thought to be rare and
-- asked for as they are at once: most of what is asked for and hardly there costs a half.
CREATE OR REPLACE FUNCTION found(query tsquery, low bigint, high bigint, most bigint, apart bigint[],
  among bigint[], in_state text) RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 20
  SET search_path FROM CURRENT SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off
  SET max_parallel_workers_per_gather TO 0 AS $$
DECLARE
  few CONSTANT integer := 2000;
  widest CONSTANT integer := CASE WHEN query::text LIKE '%:*%' THEN 5 ELSE 3 END;
  level integer;
  part bigint;
  keys bigint[];
  missing bigint := most;
BEGIN
  IF among IS NULL AND in_state <> '' THEN
    among := ARRAY(SELECT sort_key FROM document WHERE state = in_state AND sort_key IS NOT NULL
      LIMIT few);
    IF cardinality(among) = few THEN
      among := NULL;
    END IF;
  END IF;
  IF among IS NOT NULL THEN
    RETURN QUERY SELECT k FROM unnest(among) k WHERE k BETWEEN low AND high AND k <> ALL (apart)
      AND EXISTS (SELECT 1 FROM document_index x WHERE x.sort_key = k AND x.words @@ query OFFSET 0)
      ORDER BY k DESC LIMIT most;
    RETURN;
  END IF;
  SELECT min(x.sort_key), max(x.sort_key) INTO low, high FROM document_index x
    WHERE x.sort_key BETWEEN low AND high;
  level := CASE WHEN part_of(low, 0) = part_of(high, 0) THEN 0 WHEN widest = 5 THEN 2 ELSE 1 END;
  WHILE missing > 0 AND low <= high LOOP
    IF level = 3 THEN
      keys := coalesce(some_found(query, low, high, few + most, apart, in_state), '{}');
      IF cardinality(keys) < few + most THEN
        RETURN QUERY SELECT unnest(keys[1:missing]);
        RETURN;
      END IF;
    END IF;
    FOR i IN 1 .. CASE WHEN level = widest THEN 1 << 30 ELSE 2 END LOOP
      part := part_of(high, level);
      keys := found_in(query, level, part, low, high, missing, apart, in_state);
      RETURN QUERY SELECT unnest(keys);
      missing := missing - cardinality(keys);
      high := (part << (24 + 3 * level)) - 1;
      EXIT WHEN missing = 0 OR low > high;
    END LOOP;
    level := CASE WHEN level = 1 AND missing = most THEN 3 ELSE level + 1 END;
  END LOOP;
END $$;
