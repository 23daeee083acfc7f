-- Version 7.  The index tells which words a document has, not where they stand: for words one
-- after another the server reads all words of each document the index gives.  And of a condition
-- that joins words the index goes through the whole list of the rarest; of several conditions it
-- skips in the list of each what another has not, and begins and ends where the first does.
-- So `found` is asked `queries`: what is meant; the same, or something wider, so that words wanted
-- one after another may stand anywhere; and the parts of that.  Where they differ the first is
-- asked of as many of what the others give, newest first, as a page wants.
DROP FUNCTION found(tsquery, bigint, bigint, bigint, bigint[], bigint[], text);
DROP FUNCTION found_in(tsquery, integer, bigint, bigint, bigint, bigint, bigint[], text);
DROP FUNCTION some_found(tsquery, bigint, bigint, bigint, bigint[], text);

-- Up to `most` of the documents with all parts, in no order before they are cut off.  The + 0
-- keeps the server off the primary key.  One function for each count of parts: they are conditions
-- of a statement that is planned once.
DO $do$ BEGIN
  FOR n IN 1 .. 8 LOOP
    EXECUTE format($made$
      CREATE FUNCTION some_of_%s(parts tsquery[], low bigint, high bigint, most bigint, apart bigint[],
        in_state text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$ BEGIN
        RETURN (SELECT array_agg(f.sort_key ORDER BY f.sort_key DESC) FROM (
          SELECT x.sort_key FROM document_index x WHERE %s
          AND x.sort_key + 0 BETWEEN low AND high AND x.sort_key <> ALL (apart)
          AND (in_state = '' OR EXISTS (SELECT 1 FROM document d WHERE d.sort_key = x.sort_key
            AND d.state = in_state)) LIMIT most) f);
      END $$ $made$, n,
      (SELECT string_agg('x.words @@ parts[' || i || ']', ' AND ') FROM generate_series(1, n) i));
  END LOOP;
END $do$;
CREATE FUNCTION some_found(parts tsquery[], low bigint, high bigint, most bigint, apart bigint[],
  in_state text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$ BEGIN
  CASE cardinality(parts)
    WHEN 1 THEN RETURN some_of_1(parts, low, high, most, apart, in_state);
    WHEN 2 THEN RETURN some_of_2(parts, low, high, most, apart, in_state);
    WHEN 3 THEN RETURN some_of_3(parts, low, high, most, apart, in_state);
    WHEN 4 THEN RETURN some_of_4(parts, low, high, most, apart, in_state);
    WHEN 5 THEN RETURN some_of_5(parts, low, high, most, apart, in_state);
    WHEN 6 THEN RETURN some_of_6(parts, low, high, most, apart, in_state);
    WHEN 7 THEN RETURN some_of_7(parts, low, high, most, apart, in_state);
    WHEN 8 THEN RETURN some_of_8(parts, low, high, most, apart, in_state);
  END CASE;
END $$;
-- The first `most` of these documents that are what is meant; the order stays.
CREATE FUNCTION first_of(keys bigint[], queries tsquery[], most bigint) RETURNS bigint[]
  LANGUAGE plpgsql STABLE AS $$ BEGIN
  IF queries[1] = queries[2] OR keys = '{}' THEN
    RETURN keys[1:most];
  END IF;
  RETURN ARRAY(SELECT k FROM unnest(keys) k WHERE EXISTS (SELECT 1 FROM document_index x
    WHERE x.sort_key = k AND x.words @@ queries[1] OFFSET 0) LIMIT most);
END $$;
CREATE FUNCTION found_in(queries tsquery[], level integer, part bigint, low bigint, high bigint,
  most bigint, apart bigint[], in_state text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  many bigint := CASE level WHEN 0 THEN 1 << 30 ELSE greatest(2000, 2 * most) END;
  keys bigint[] := coalesce(some_of_2(ARRAY[stretch(level, part), queries[2]], low, high, many,
    apart, in_state), '{}');
BEGIN
  IF cardinality(keys) < many THEN
    RETURN first_of(keys, queries, most);
  END IF;
  keys := '{}';
  FOR p IN REVERSE least(part * 8 + 7, part_of(high, level - 1))
      .. greatest(part * 8, part_of(low, level - 1)) LOOP
    keys := keys || found_in(queries, level - 1, p, low, high, most - cardinality(keys), apart,
      in_state);
    EXIT WHEN cardinality(keys) = most;
  END LOOP;
  RETURN keys;
END $$;
-- The newest `most` with sort keys between, but those `apart`; `among`: of these few only, NULL:
-- of all.  Two stretches of each level, so that the second is a whole one; if two give little of
-- what is missing, all that is left is asked for at once, and where that is too much, because the
-- words are of old documents, stretch by stretch.  A beginning of words is looked up anew for each
-- stretch: these begin wider, grow to the end, and after two of them all is asked for.
CREATE FUNCTION found(queries tsquery[], low bigint, high bigint, most bigint, apart bigint[],
  among bigint[], in_state text) RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 20
  SET search_path FROM CURRENT SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off
  SET max_parallel_workers_per_gather TO 0 AS $$
DECLARE
  few CONSTANT integer := 2000;
  beginning CONSTANT boolean := queries[1]::text LIKE '%:*%';
  widest CONSTANT integer := CASE WHEN beginning THEN 5 ELSE 3 END;
  whole_from integer := CASE WHEN beginning THEN 2 ELSE 3 END; -- from this level on; NULL: it was
  level integer;
  part bigint;
  keys bigint[];
  missing bigint := most;
  before bigint := most; -- what was missing two stretches ago
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
      AND EXISTS (SELECT 1 FROM document_index x WHERE x.sort_key = k AND x.words @@ queries[1]
        OFFSET 0)
      ORDER BY k DESC LIMIT most;
    RETURN;
  END IF;
  SELECT min(x.sort_key), max(x.sort_key) INTO low, high FROM document_index x
    WHERE x.sort_key BETWEEN low AND high;
  level := CASE WHEN part_of(low, 0) = part_of(high, 0) THEN 0 WHEN beginning THEN 2 ELSE 1 END;
  LOOP
    FOR i IN 1 .. 2 LOOP
      EXIT WHEN missing = 0 OR low > high;
      part := part_of(high, level);
      keys := found_in(queries, level, part, low, high, missing, apart, in_state);
      RETURN QUERY SELECT unnest(keys);
      missing := missing - cardinality(keys);
      high := (part << (24 + 3 * level)) - 1;
    END LOOP;
    EXIT WHEN missing = 0 OR low > high;
    IF level >= whole_from AND (beginning OR missing > before * 3 / 4) THEN
      whole_from := NULL;
      keys := coalesce(some_found(queries[3:], low, high, few + most, apart, in_state), '{}');
      IF cardinality(keys) < few + most THEN
        RETURN QUERY SELECT unnest(first_of(keys, queries, missing));
        EXIT;
      END IF;
    END IF;
    level := CASE WHEN level = 1 AND missing = most THEN 3 ELSE least(level + 1, widest) END;
    before := missing;
  END LOOP;
END $$;
