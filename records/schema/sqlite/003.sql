-- Version 3.  Runs with foreign keys off, inside one transaction (sqlite_open.c).
-- One section for each concern; what a section adds stands in it alone.

-- ------------------------------------------------------------- integrity --

-- Bãi bỏ, thu hồi and thay thế may come after the file went to the archive;
-- then it goes there again, with the paper that did it.
INSERT INTO transition VALUES
  ('archived', 'recall',  'recalled', 'clerk', 1),
  ('archived', 'replace', 'replaced', 'clerk', 1);

-- What became of a number is not told otherwise later.
CREATE TRIGGER number_told BEFORE UPDATE OF notation_words, reason, holder, until, actor, disorder
ON number WHEN OLD.state <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'a number in use or void stays so'); END;

-- Who brought a document in, and when, is not part of what a draft may change.
CREATE TRIGGER document_origin BEFORE UPDATE OF document_id, uid, key, again, created, drafter
ON document
BEGIN SELECT RAISE(ABORT, 'a document keeps its origin'); END;

CREATE TRIGGER issuer_fixed BEFORE UPDATE OF issuer_id, uid ON issuer
BEGIN SELECT RAISE(ABORT, 'issuers keep their id'); END;
CREATE TRIGGER term_fixed BEFORE UPDATE OF term_id, uid, issuer_id, kind, name ON term
BEGIN SELECT RAISE(ABORT, 'terms keep their name'); END;
CREATE TRIGGER setting_kept BEFORE DELETE ON setting
BEGIN SELECT RAISE(ABORT, 'settings are kept'); END;
CREATE TRIGGER setting_archive BEFORE UPDATE ON setting WHEN OLD.name = 'archive'
BEGIN SELECT RAISE(ABORT, 'the archive keeps its id'); END;
CREATE TRIGGER relation_fixed BEFORE UPDATE ON relation
BEGIN SELECT RAISE(ABORT, 'relations are kept'); END;
CREATE TRIGGER import_run_kept BEFORE DELETE ON import_run
BEGIN SELECT RAISE(ABORT, 'imports are kept'); END;
CREATE TRIGGER import_run_fixed BEFORE UPDATE ON import_run
BEGIN SELECT RAISE(ABORT, 'imports are kept'); END;
CREATE TRIGGER anchor_kept BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'heads that were given out are kept'); END;
CREATE TRIGGER anchor_fixed BEFORE UPDATE ON anchor
BEGIN SELECT RAISE(ABORT, 'heads that were given out are kept'); END;
CREATE TRIGGER actor_kept BEFORE DELETE ON actor
BEGIN SELECT RAISE(ABORT, 'who acted is kept'); END;
