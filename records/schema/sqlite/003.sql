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

-- -------------------------------------------------------------- dossiers --

ALTER TABLE dossier ADD COLUMN subheading TEXT NOT NULL DEFAULT ''; -- đề mục nhỏ
-- What was counted when it was closed (PL V, III: số tờ, số trang), and a hash of its list.
ALTER TABLE dossier ADD COLUMN sheets INTEGER NOT NULL DEFAULT 0 CHECK (sheets >= 0); -- 0: not counted
ALTER TABLE dossier ADD COLUMN pages INTEGER NOT NULL DEFAULT 0 CHECK (pages >= 0);
ALTER TABLE dossier ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';

-- Everything that was done with a dossier, one after the other.
CREATE TABLE dossier_step(
  dossier_id INTEGER NOT NULL REFERENCES dossier,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  act TEXT NOT NULL CHECK (act IN ('open', 'change', 'add', 'remove', 'restore', 'close', 'reopen',
    'lock', 'unlock', 'extend', 'hand-over', 'dispose')),
  entry INTEGER NOT NULL DEFAULT 0, -- of which document: its ordinal in the dossier
  to_state TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  at TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (dossier_id, ordinal),
  CHECK (note <> '' OR act NOT IN ('remove', 'reopen', 'lock', 'unlock', 'extend', 'dispose')),
  CHECK (to_state = CASE act WHEN 'close' THEN 'closed' WHEN 'extend' THEN 'closed'
    WHEN 'hand-over' THEN 'handed-over' WHEN 'dispose' THEN 'disposed'
    WHEN 'lock' THEN to_state WHEN 'unlock' THEN to_state ELSE 'open' END)
) STRICT, WITHOUT ROWID;
INSERT INTO dossier_step(dossier_id, ordinal, act, to_state, actor, at)
  SELECT dossier_id, 1, 'open', 'open', 'vanthu', '' FROM dossier;
CREATE TRIGGER dossier_step_kept BEFORE DELETE ON dossier_step
BEGIN SELECT RAISE(ABORT, 'steps are kept'); END;
CREATE TRIGGER dossier_step_fixed BEFORE UPDATE ON dossier_step
BEGIN SELECT RAISE(ABORT, 'steps are kept'); END;
CREATE TRIGGER dossier_step_allowed BEFORE INSERT ON dossier_step BEGIN
  SELECT RAISE(ABORT, 'steps follow one another') WHERE (NEW.act = 'open') <> (NEW.ordinal = 1)
    OR NEW.ordinal <> 1 + (SELECT count(*) FROM dossier_step s
      WHERE s.dossier_id = NEW.dossier_id);
  SELECT RAISE(ABORT, 'the dossier is frozen') FROM dossier d
    WHERE d.dossier_id = NEW.dossier_id AND d.frozen <> '' AND NEW.act <> 'unlock';
  SELECT RAISE(ABORT, 'no such step from this state') FROM dossier d
    WHERE d.dossier_id = NEW.dossier_id AND NOT (
    (d.state = NEW.to_state AND NEW.act NOT IN ('close', 'reopen', 'hand-over', 'dispose'))
    OR (d.state = 'open' AND NEW.act = 'close')
    OR (d.state = 'closed' AND NEW.act IN ('reopen', 'hand-over', 'dispose'))
    OR (d.state = 'handed-over' AND NEW.act = 'dispose'));
END;

CREATE TRIGGER dossier_added BEFORE INSERT ON dossier WHEN NEW.state <> 'open' OR NEW.frozen <> ''
BEGIN SELECT RAISE(ABORT, 'no dossier begins so'); END;
CREATE TRIGGER dossier_named BEFORE UPDATE OF dossier_id, uid, issuer_id, year, code ON dossier
BEGIN SELECT RAISE(ABORT, 'a dossier keeps its code'); END;
CREATE TRIGGER dossier_fixed BEFORE UPDATE OF heading, subheading, title, retention, access, creator,
  language, starts, ends, sheets, pages, sha256, note ON dossier WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'a closed dossier stays as it is'); END;
CREATE TRIGGER dossier_due BEFORE UPDATE OF handover_due ON dossier
WHEN OLD.state NOT IN ('open', 'closed')
BEGIN SELECT RAISE(ABORT, 'the dossier was handed over'); END;
CREATE TRIGGER dossier_still BEFORE UPDATE OF heading, subheading, title, retention, access, creator,
  language, starts, ends, sheets, pages, sha256, note, handover_due, state ON dossier
WHEN OLD.frozen <> ''
BEGIN SELECT RAISE(ABORT, 'the dossier is frozen'); END;
CREATE TRIGGER dossier_locked BEFORE UPDATE OF frozen ON dossier
WHEN NEW.frozen <> OLD.frozen AND NOT EXISTS (SELECT 1 FROM dossier_step s
  WHERE s.dossier_id = NEW.dossier_id AND s.ordinal = (SELECT max(x.ordinal) FROM dossier_step x
    WHERE x.dossier_id = NEW.dossier_id)
  AND s.act = CASE NEW.frozen WHEN '' THEN 'unlock' ELSE 'lock' END)
BEGIN SELECT RAISE(ABORT, 'a dossier is locked by a step'); END;
CREATE TRIGGER dossier_moved BEFORE UPDATE OF state ON dossier
WHEN NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM dossier_step s
  WHERE s.dossier_id = NEW.dossier_id AND s.ordinal = (SELECT max(x.ordinal) FROM dossier_step x
    WHERE x.dossier_id = NEW.dossier_id)
  AND s.to_state = NEW.state AND s.act IN ('close', 'reopen', 'hand-over', 'dispose'))
BEGIN SELECT RAISE(ABORT, 'a state changes by a step'); END;
CREATE TRIGGER dossier_closed BEFORE UPDATE OF state ON dossier
WHEN OLD.state = 'open' AND NEW.state = 'closed' AND (NEW.starts = '' OR NEW.ends < NEW.starts
  OR NEW.retention IS NULL OR NEW.sha256 = '' OR NOT EXISTS (SELECT 1 FROM dossier_entry e
    WHERE e.dossier_id = NEW.dossier_id AND e.removed = ''))
BEGIN SELECT RAISE(ABORT, 'closed with its dates, retention and documents'); END;

CREATE TRIGGER dossier_entry_next BEFORE INSERT ON dossier_entry
WHEN NEW.removed <> '' OR NEW.ordinal <> 1 + (SELECT count(*) FROM dossier_entry e
  WHERE e.dossier_id = NEW.dossier_id)
BEGIN SELECT RAISE(ABORT, 'ordinals follow one another'); END;
CREATE TRIGGER dossier_entry_fixed BEFORE UPDATE OF dossier_id, ordinal, document_id, received_id
ON dossier_entry
BEGIN SELECT RAISE(ABORT, 'an entry keeps its place'); END;
CREATE TRIGGER dossier_entry_traced BEFORE UPDATE OF removed ON dossier_entry
WHEN NEW.removed <> OLD.removed AND NOT EXISTS (SELECT 1 FROM dossier_step s
  WHERE s.dossier_id = NEW.dossier_id AND s.ordinal = (SELECT max(x.ordinal) FROM dossier_step x
    WHERE x.dossier_id = NEW.dossier_id)
  AND s.entry = NEW.ordinal AND s.act = CASE NEW.removed WHEN '' THEN 'restore' ELSE 'remove' END)
BEGIN SELECT RAISE(ABORT, 'an entry goes by a step'); END;

-- What a biên bản giao nhận says besides (PL V, V).
ALTER TABLE transfer ADD COLUMN bundle TEXT NOT NULL DEFAULT '';          -- tên khối tài liệu
ALTER TABLE transfer ADD COLUMN basis TEXT NOT NULL DEFAULT '';           -- căn cứ
ALTER TABLE transfer ADD COLUMN giver_name TEXT NOT NULL DEFAULT '';
ALTER TABLE transfer ADD COLUMN giver_position TEXT NOT NULL DEFAULT '';
ALTER TABLE transfer ADD COLUMN taker_name TEXT NOT NULL DEFAULT '';
ALTER TABLE transfer ADD COLUMN taker_position TEXT NOT NULL DEFAULT '';
ALTER TABLE transfer ADD COLUMN boxes TEXT NOT NULL DEFAULT '';           -- số hộp (cặp)
ALTER TABLE transfer ADD COLUMN metres TEXT NOT NULL DEFAULT '';          -- mét giá
ALTER TABLE transfer ADD COLUMN soundness TEXT NOT NULL DEFAULT '';       -- tình trạng tài liệu
CREATE TRIGGER transfer_dossier_fixed BEFORE UPDATE ON transfer_dossier
BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
CREATE TRIGGER transfer_dossier_added BEFORE INSERT ON transfer_dossier BEGIN
  SELECT RAISE(ABORT, 'not to be handed over now') FROM transfer t, dossier d
    WHERE t.transfer_id = NEW.transfer_id AND d.dossier_id = NEW.dossier_id
    AND (d.frozen <> '' OR d.state <> 'closed' AND (t.kind = 'hand-over' OR d.state <> 'handed-over'));
  -- counted from the year its work ended (TT 10/2022/TT-BNV)
  SELECT RAISE(ABORT, 'still to be kept') FROM transfer t, dossier d
    LEFT JOIN retention r ON r.retention = d.retention
    WHERE t.transfer_id = NEW.transfer_id AND d.dossier_id = NEW.dossier_id AND t.kind = 'disposal'
    AND (d.retention IS NULL OR d.retention = '01' OR (r.years IS NOT NULL
    AND CAST(substr(t.date, 1, 4) AS INTEGER) <= CAST(substr(d.ends, 1, 4) AS INTEGER) + r.years));
END;

-- Received documents stay as they came; their words, as pdftotext found them.
ALTER TABLE received ADD COLUMN designation TEXT NOT NULL DEFAULT ''; -- số, ký hiệu as on the paper
ALTER TABLE received ADD COLUMN again TEXT NOT NULL DEFAULT '';       -- why it came in twice
UPDATE received SET designation = number || CASE WHEN notation <> '' AND number <> '' THEN '/' ELSE ''
  END || notation;
CREATE TRIGGER received_fixed BEFORE UPDATE ON received
BEGIN SELECT RAISE(ABORT, 'received documents are kept'); END;
CREATE TABLE received_text(
  received_id INTEGER PRIMARY KEY REFERENCES received,
  body TEXT NOT NULL,
  folded TEXT NOT NULL -- words of sender, number, subject, signer and body: ' moi hop'
) STRICT;
INSERT INTO received_text SELECT received_id, '', '' FROM received;
CREATE TRIGGER received_text_kept BEFORE DELETE ON received_text
BEGIN SELECT RAISE(ABORT, 'received documents are kept'); END;
CREATE TRIGGER received_text_fixed BEFORE UPDATE ON received_text
BEGIN SELECT RAISE(ABORT, 'received documents are kept'); END;

-- ------------------------------------------------------------- searching --

-- Numbers as people type them: with the year, newest first, without reading rows
-- that another ký hiệu has.  Days of a series with their numbers.
DROP INDEX number_typed;
CREATE INDEX number_typed ON number(number, suffix, date, notation_words);
DROP INDEX number_date;
CREATE INDEX number_date ON number(series_id, date, number);
-- What documents are counted by (records/facet.c), in the order of the index.
CREATE INDEX document_facets ON document(sort_key, type, issuer_id, urgency, state, number_id);

-- Keywords are words to be found by; `run` has heading and subject once more, as pairs of
-- words side by side (records/tokenizer.h).
ALTER TABLE document_text ADD COLUMN keywords TEXT NOT NULL DEFAULT '';
CREATE VIEW document_words AS SELECT sort_key, facet,
  char(2) || heading || char(2) || subject AS run, heading, subject, issuer, signer, recipient,
  body, keywords FROM document_text;
DROP TABLE document_fts;
CREATE VIRTUAL TABLE document_fts USING fts5(
  facet, run, heading, subject, issuer, signer, recipient, body, keywords,
  content = 'document_words', content_rowid = 'sort_key', tokenize = 'vi');
INSERT INTO document_fts(document_fts) VALUES ('rebuild');
