-- Version 4.  Runs inside one transaction.

-- ---------------------------------------------------------------- rights --

-- Whose right an act is that is no step of a document, by its name in the log; an act that
-- is not here is everybody's, or a step's (`transition`), or a head's (records/users.c).
-- The void numbers of an old register come with it: archivist.
CREATE TABLE duty(
  act TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('drafter', 'reviewer', 'signer', 'clerk', 'archivist', 'head')),
  PRIMARY KEY (act, role)
) STRICT, WITHOUT ROWID;
INSERT INTO duty VALUES
  ('book', 'head'),
  ('books-of', 'head'),
  ('term', 'head'),
  ('series-open', 'clerk'), ('series-open', 'head'),
  ('series-close', 'clerk'), ('series-close', 'head'),
  ('reserve', 'clerk'), ('reserve', 'head'),
  ('void', 'archivist'), ('void', 'clerk'), ('void', 'head'),
  ('close-register', 'clerk'), ('close-register', 'head'),
  ('close-received', 'clerk'), ('close-received', 'head'),
  ('correct', 'clerk'),
  ('set', 'archivist'), ('set', 'clerk'),
  ('import-run', 'archivist'),
  ('backup', 'archivist'), ('backup', 'head'),
  ('receive', 'clerk'),
  ('dossier-open', 'archivist'), ('dossier-open', 'clerk'),
  ('dossier-change', 'archivist'), ('dossier-change', 'clerk'),
  ('dossier-add', 'archivist'), ('dossier-add', 'clerk'), ('dossier-add', 'drafter'),
  ('dossier-remove', 'archivist'), ('dossier-remove', 'clerk'), ('dossier-remove', 'drafter'),
  ('dossier-restore', 'archivist'), ('dossier-restore', 'clerk'), ('dossier-restore', 'drafter'),
  ('dossier-close', 'archivist'), ('dossier-close', 'clerk'), ('dossier-close', 'drafter'),
  ('dossier-reopen', 'archivist'), ('dossier-reopen', 'head'),
  ('dossier-lock', 'archivist'), ('dossier-lock', 'head'),
  ('dossier-unlock', 'archivist'), ('dossier-unlock', 'head'),
  ('dossier-extend', 'head'),
  ('dossier-hand-over', 'archivist'), ('dossier-hand-over', 'clerk'),
  ('dossier-dispose', 'archivist'), ('dossier-dispose', 'head');
-- Every act writes its line: here whoever has not the right ends it, rows and all.
CREATE TRIGGER event_right BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM setting WHERE name = 'roles' AND value = 'on')
  AND EXISTS (SELECT 1 FROM duty d WHERE d.act = NEW.act)
  AND NOT EXISTS (SELECT 1 FROM duty d JOIN actor_role r USING (role) JOIN actor a USING (name)
    WHERE d.act = NEW.act AND a.name = NEW.actor AND a.active = 1)
BEGIN SELECT RAISE(ABORT, 'not this person''s right'); END;

-- -------------------------------------------------------------- received --

-- A volume of the register of received documents (sổ đăng ký văn bản đến), which are
-- never rewritten: none is put in between once it is closed.
CREATE TABLE closed_received(
  closed_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer, -- who received them
  year INTEGER NOT NULL,
  volume INTEGER NOT NULL CHECK (volume > 0), -- quyển số
  first_number INTEGER NOT NULL,
  last_number INTEGER NOT NULL,
  first_date TEXT NOT NULL,
  last_date TEXT NOT NULL,
  entries INTEGER NOT NULL,
  sha256 TEXT NOT NULL,       -- of its canonical text
  event_serial INTEGER NOT NULL,
  event_hash TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (issuer_id, year, volume),
  CHECK (first_number <= last_number)
) STRICT;
CREATE TRIGGER closed_received_kept BEFORE DELETE ON closed_received
BEGIN SELECT RAISE(ABORT, 'closed registers are kept'); END;
CREATE TRIGGER closed_received_fixed BEFORE UPDATE ON closed_received
BEGIN SELECT RAISE(ABORT, 'closed registers are kept'); END;
CREATE TRIGGER closed_received_next BEFORE INSERT ON closed_received
WHEN (NEW.volume, 1) <> (SELECT 1 + count(*), coalesce(max(last_number), 0) < NEW.first_number
  FROM closed_received c WHERE c.issuer_id = NEW.issuer_id AND c.year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'volumes follow one another'); END;
CREATE TRIGGER received_bound BEFORE INSERT ON received WHEN EXISTS (
  SELECT 1 FROM closed_received c WHERE c.issuer_id = NEW.issuer_id AND c.year = NEW.year
  AND NEW.arrival_number <= c.last_number)
BEGIN SELECT RAISE(ABORT, 'the register of this number is closed'); END;

-- Was it received before?  In which dossier is it?
CREATE INDEX received_date ON received(issuer_id, date);
CREATE INDEX received_file ON received(issuer_id, year, sha256);
CREATE INDEX dossier_entry_received ON dossier_entry(received_id) WHERE received_id IS NOT NULL;

-- Their words, to be found without reading all: `folded` are words already.
CREATE VIRTUAL TABLE received_fts USING fts5(
  folded, content = 'received_text', content_rowid = 'received_id', tokenize = 'ascii');
INSERT INTO received_fts(received_fts) VALUES ('rebuild');
