-- Version 2: series as configuration, states of numbers, the life of a record,
-- files inside the register, metadata, dossiers, received documents, closed
-- registers.  Runs with foreign keys off, inside one transaction (store.c).

-- ------------------------------------------------------------ who acts --

CREATE TABLE actor(
  name TEXT PRIMARY KEY CHECK (name <> ''), -- 'os:huong': a user of the system, not one who logged in
  full_name TEXT NOT NULL DEFAULT '',
  position TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE actor_role(
  name TEXT NOT NULL REFERENCES actor,
  role TEXT NOT NULL CHECK (role IN ('drafter', 'reviewer', 'signer', 'clerk', 'archivist', 'head')),
  PRIMARY KEY (name, role)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------- issuers, books, series --

-- Whose books this issuer numbers in: NULL its own.  The organs of a congress
-- (đoàn chủ tịch, đoàn thư ký ...) share the congress's.
ALTER TABLE issuer ADD COLUMN books_of INTEGER REFERENCES issuer;

-- A term of a committee, or the days of a congress.  Terms of one kind never overlap.
CREATE TABLE term(
  term_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  kind TEXT NOT NULL CHECK (kind IN ('term', 'congress')),
  name TEXT NOT NULL CHECK (name NOT IN ('', 'term', 'always')), -- '2025-2030'
  opens TEXT NOT NULL CHECK (length(opens) = 10),
  closes TEXT NOT NULL DEFAULT '' CHECK (closes = '' OR closes >= opens), -- '': not closed yet
  UNIQUE (issuer_id, kind, name)
) STRICT;
CREATE TRIGGER term_kept BEFORE DELETE ON term
BEGIN SELECT RAISE(ABORT, 'terms are kept'); END;
CREATE TRIGGER term_apart BEFORE INSERT ON term WHEN EXISTS (
  SELECT 1 FROM term t WHERE t.issuer_id = NEW.issuer_id AND t.kind = NEW.kind
  AND (t.closes = '' OR t.closes >= NEW.opens) AND (NEW.closes = '' OR NEW.closes >= t.opens))
BEGIN SELECT RAISE(ABORT, 'terms do not overlap'); END;
CREATE TRIGGER term_apart_later BEFORE UPDATE OF opens, closes ON term WHEN EXISTS (
  SELECT 1 FROM term t WHERE t.issuer_id = NEW.issuer_id AND t.kind = NEW.kind
  AND t.term_id <> NEW.term_id
  AND (t.closes = '' OR t.closes >= NEW.opens) AND (NEW.closes = '' OR NEW.closes >= t.opens))
BEGIN SELECT RAISE(ABORT, 'terms do not overlap'); END;

-- What the head of the agency decided (Điều 15.1): which books there are, and
-- which types go into which.  A type that stands nowhere keeps the rule pack's.
CREATE TABLE book(
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  book TEXT NOT NULL CHECK (book <> ''),
  name TEXT NOT NULL DEFAULT '', -- as printed: 'Sổ đăng ký văn bản đi'
  period TEXT NOT NULL CHECK (period IN ('year', 'term', 'congress', 'always')),
  suffixes INTEGER NOT NULL DEFAULT 0 CHECK (suffixes IN (0, 1)), -- '152a' is a number
  PRIMARY KEY (issuer_id, book)
) STRICT, WITHOUT ROWID;
CREATE TABLE book_type(
  issuer_id INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type <> ''), -- '*': every type that is not named
  secret INTEGER NOT NULL CHECK (secret IN (0, 1)),
  book TEXT NOT NULL,
  PRIMARY KEY (issuer_id, type, secret),
  FOREIGN KEY (issuer_id, book) REFERENCES book
) STRICT, WITHOUT ROWID;

CREATE TABLE series_2(
  series_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  book TEXT NOT NULL,
  period TEXT NOT NULL, -- '2026'; a term's name; 'term': the one undated term; 'always'
  term_id INTEGER REFERENCES term,
  opens TEXT NOT NULL DEFAULT '',  -- the days its numbers may have; '': no bound
  closes TEXT NOT NULL DEFAULT '',
  first INTEGER NOT NULL DEFAULT 1 CHECK (first > 0), -- the book before was on paper
  suffixes INTEGER NOT NULL DEFAULT 0 CHECK (suffixes IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  reason TEXT NOT NULL DEFAULT '', -- why it was closed
  UNIQUE (issuer_id, book, period),
  UNIQUE (series_id, issuer_id, period)
) STRICT;
INSERT INTO series_2(series_id, uid, issuer_id, book, period, opens, closes, first, state)
  SELECT series_id, uid, issuer_id, book, period,
    CASE WHEN period = 'term' THEN '' ELSE period || '-01-01' END,
    CASE WHEN period = 'term' THEN '' ELSE period || '-12-31' END, first, state FROM series;
DROP TABLE series;
ALTER TABLE series_2 RENAME TO series;
CREATE TRIGGER series_kept BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'series are kept'); END;
CREATE TRIGGER series_fixed BEFORE UPDATE OF series_id, uid, issuer_id, book ON series
BEGIN SELECT RAISE(ABORT, 'series keep their issuer and book'); END;

-- -------------------------------------------------------------- numbers --

CREATE TABLE number_2(
  number_id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL,
  issuer_id INTEGER NOT NULL, -- of the series
  period TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  suffix TEXT NOT NULL DEFAULT '',
  notation TEXT,                           -- ký hiệu; NULL while reserved
  notation_words TEXT NOT NULL DEFAULT '', -- ' ubnd vx'
  date TEXT,                               -- of the document; held for, while reserved
  state TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
  reason TEXT NOT NULL DEFAULT '',   -- why reserved or void
  holder TEXT NOT NULL DEFAULT '',   -- for whom it is reserved
  until TEXT NOT NULL DEFAULT '',    -- and until which day
  actor TEXT NOT NULL DEFAULT '',    -- who brought it into this state
  disorder TEXT NOT NULL DEFAULT '', -- why its date may run backwards (override of SO-03)
  FOREIGN KEY (series_id, issuer_id, period)
    REFERENCES series(series_id, issuer_id, period) ON UPDATE CASCADE,
  CHECK (state <> 'used' OR (notation IS NOT NULL AND date IS NOT NULL)),
  CHECK (state = 'used' OR reason <> ''),
  CHECK (state <> 'reserved' OR holder <> ''),
  UNIQUE (series_id, number, suffix),
  UNIQUE (issuer_id, period, number, suffix, notation)
) STRICT;
INSERT INTO number_2(number_id, series_id, issuer_id, period, number, suffix, notation,
    notation_words, date, state, reason, holder, until)
  SELECT number_id, series_id, issuer_id, period, number, suffix, notation, notation_words, date,
    state, reason, holder, until FROM number;
DROP TABLE number;
ALTER TABLE number_2 RENAME TO number;
CREATE INDEX number_typed ON number(number, suffix);
CREATE INDEX number_date ON number(series_id, date);
CREATE INDEX number_held ON number(until) WHERE state = 'reserved';
CREATE TRIGGER number_kept BEFORE DELETE ON number
BEGIN SELECT RAISE(ABORT, 'numbers are kept'); END;
CREATE TRIGGER number_fixed BEFORE UPDATE ON number
WHEN NEW.number_id <> OLD.number_id OR NEW.series_id <> OLD.series_id
  OR NEW.issuer_id <> OLD.issuer_id OR NEW.number <> OLD.number OR NEW.suffix <> OLD.suffix
BEGIN SELECT RAISE(ABORT, 'numbers keep their place'); END;
-- reserved -> used or void; both are for ever.
CREATE TRIGGER number_state BEFORE UPDATE OF state, notation, date ON number
WHEN OLD.state <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'a number in use or void stays so'); END;
CREATE TRIGGER number_added BEFORE INSERT ON number BEGIN
  SELECT RAISE(ABORT, 'series is closed') FROM series s
    WHERE s.series_id = NEW.series_id AND s.state <> 'open';
  SELECT RAISE(ABORT, 'series has no suffixes') FROM series s
    WHERE s.series_id = NEW.series_id AND NEW.suffix <> '' AND s.suffixes = 0;
END;
-- Số và ngày go forward together (Điều 15.1).  The + keeps SQLite from reading
-- all earlier days of the series.
CREATE TRIGGER number_used BEFORE INSERT ON number WHEN NEW.state = 'used' BEGIN
  SELECT RAISE(ABORT, 'date outside of the period') FROM series s
    WHERE s.series_id = NEW.series_id AND ((s.opens <> '' AND NEW.date < s.opens)
    OR (s.closes <> '' AND NEW.date > s.closes));
  SELECT RAISE(ABORT, 'dates run backwards') WHERE NEW.disorder = '' AND (EXISTS (
    SELECT 1 FROM number n WHERE n.series_id = NEW.series_id AND n.date > NEW.date
    AND n.state = 'used' AND (n.number, n.suffix) < (NEW.number, NEW.suffix) AND n.disorder = '')
    OR EXISTS (SELECT 1 FROM number n WHERE n.series_id = NEW.series_id
    AND (n.number, n.suffix) > (NEW.number, NEW.suffix) AND +n.date < NEW.date
    AND n.state = 'used' AND n.disorder = ''));
END;
CREATE TRIGGER number_used_later BEFORE UPDATE OF state ON number WHEN NEW.state = 'used' BEGIN
  SELECT RAISE(ABORT, 'date outside of the period') FROM series s
    WHERE s.series_id = NEW.series_id AND ((s.opens <> '' AND NEW.date < s.opens)
    OR (s.closes <> '' AND NEW.date > s.closes));
  SELECT RAISE(ABORT, 'dates run backwards') WHERE NEW.disorder = '' AND (EXISTS (
    SELECT 1 FROM number n WHERE n.series_id = NEW.series_id AND n.date > NEW.date
    AND n.state = 'used' AND (n.number, n.suffix) < (NEW.number, NEW.suffix) AND n.disorder = '')
    OR EXISTS (SELECT 1 FROM number n WHERE n.series_id = NEW.series_id
    AND (n.number, n.suffix) > (NEW.number, NEW.suffix) AND +n.date < NEW.date
    AND n.state = 'used' AND n.disorder = ''));
END;

-- ------------------------------------------------------------- retention --

-- Periods are data: the codes of TT 05/2025/TT-BNV.
CREATE TABLE retention(
  retention TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  years INTEGER -- NULL: for ever, or not told
) STRICT, WITHOUT ROWID;
INSERT INTO retention VALUES ('01', 'Vĩnh viễn', NULL), ('02', '70 năm', 70), ('03', '50 năm', 50),
  ('04', '30 năm', 30), ('05', '20 năm', 20), ('06', '10 năm', 10), ('07', 'Khác', NULL);

-- ------------------------------------------------------------- documents --

CREATE TABLE document_2(
  document_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  sort_key INTEGER UNIQUE, -- day and serial; NULL without a number
  number_id INTEGER UNIQUE REFERENCES number,
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'signed', 'numbered',
    'sealed', 'issued', 'recalled', 'replaced', 'archived')),
  system TEXT NOT NULL,
  type TEXT NOT NULL,
  type_name TEXT NOT NULL,
  title TEXT NOT NULL,
  designation TEXT NOT NULL, -- số và ký hiệu as printed
  date TEXT NOT NULL,
  due TEXT NOT NULL,
  place TEXT NOT NULL,
  subject TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'vi',
  pages INTEGER NOT NULL,
  amount INTEGER NOT NULL, -- số lượng bản; 0: not said
  urgency TEXT NOT NULL,
  secrecy TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  pack TEXT NOT NULL,
  pack_hash TEXT NOT NULL,
  maker TEXT NOT NULL,
  key TEXT NOT NULL,      -- what was issued: source, or run and row
  again INTEGER NOT NULL, -- 0, then counted for each wanted repetition
  created TEXT NOT NULL DEFAULT '',    -- UTC; '': before version 2
  drafter TEXT NOT NULL DEFAULT '',    -- who brought it in
  unit TEXT NOT NULL DEFAULT '',       -- đơn vị soạn thảo
  retention TEXT REFERENCES retention, -- thời hạn lưu trữ; NULL: not told
  -- TT 05/2025: chế độ sử dụng (01 công khai, 02 có điều kiện, 03 mật), ký hiệu
  -- thông tin, mức độ tin cậy, bút tích, tình trạng vật lý; '': not told
  access TEXT NOT NULL DEFAULT '' CHECK (access IN ('', '01', '02', '03')),
  info_sign TEXT NOT NULL DEFAULT '',
  confidence TEXT NOT NULL DEFAULT '',
  autograph TEXT NOT NULL DEFAULT '',
  format TEXT NOT NULL DEFAULT '',
  UNIQUE (key, again),
  CHECK ((number_id IS NULL) = (state IN ('draft', 'submitted', 'returned', 'signed'))),
  CHECK ((number_id IS NULL) = (sort_key IS NULL))
) STRICT;
INSERT INTO document_2(document_id, uid, sort_key, number_id, issuer_id, state, system, type,
    type_name, title, designation, date, due, place, subject, language, pages, amount, urgency,
    secrecy, note, pack, pack_hash, maker, key, again)
  SELECT document_id, uid, sort_key, number_id, issuer_id, state, system, type, type_name, title,
    designation, date, due, place, subject, language, pages, amount, urgency, secrecy, note, pack,
    pack_hash, maker, key, again FROM document;
DROP TABLE document;
ALTER TABLE document_2 RENAME TO document;
CREATE INDEX document_type ON document(type, sort_key);
CREATE INDEX document_issuer ON document(issuer_id, sort_key);
CREATE INDEX document_under_way ON document(state, document_id)
  WHERE state IN ('draft', 'submitted', 'returned', 'signed', 'numbered', 'sealed');
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;
-- What has a number stays as it was when it got it.
CREATE TRIGGER document_fixed BEFORE UPDATE OF uid, sort_key, number_id, issuer_id, system, type,
  type_name, title, designation, date, due, place, subject, pages, amount, urgency, secrecy, pack,
  pack_hash, maker, key, again ON document WHEN OLD.number_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what has a number stays as it is'); END;

CREATE TRIGGER signer_kept BEFORE DELETE ON signer
WHEN (SELECT number_id FROM document d WHERE d.document_id = OLD.document_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what has a number stays as it is'); END;
CREATE TRIGGER signer_fixed BEFORE UPDATE ON signer
BEGIN SELECT RAISE(ABORT, 'signers are not rewritten'); END;
ALTER TABLE recipient ADD COLUMN sent TEXT NOT NULL DEFAULT '';     -- ngày chuyển
ALTER TABLE recipient ADD COLUMN received TEXT NOT NULL DEFAULT ''; -- ký nhận
CREATE TRIGGER recipient_kept BEFORE DELETE ON recipient
WHEN (SELECT number_id FROM document d WHERE d.document_id = OLD.document_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what has a number stays as it is'); END;
CREATE TRIGGER recipient_fixed BEFORE UPDATE OF document_id, ordinal, role, name, organ, grp
ON recipient
BEGIN SELECT RAISE(ABORT, 'recipients are not rewritten'); END;

CREATE TABLE keyword(
  document_id INTEGER NOT NULL REFERENCES document,
  ordinal INTEGER NOT NULL,
  word TEXT NOT NULL CHECK (word <> ''),
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;

-- One document acts on another: replaces, corrects (đính chính), recalls,
-- amends, answers.
CREATE TABLE relation(
  document_id INTEGER NOT NULL REFERENCES document, -- the later one
  kind TEXT NOT NULL CHECK (kind IN ('replaces', 'corrects', 'recalls', 'amends', 'answers')),
  other_id INTEGER NOT NULL REFERENCES document,
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (document_id, kind, other_id),
  CHECK (document_id <> other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_other ON relation(other_id, kind);
CREATE TRIGGER relation_kept BEFORE DELETE ON relation
BEGIN SELECT RAISE(ABORT, 'relations are kept'); END;

-- -------------------------------------------------------- life of a record --

-- The one table of what may follow what, and whose right it is.  '' is "not
-- there yet".
CREATE TABLE transition(
  from_state TEXT NOT NULL,
  act TEXT NOT NULL,
  to_state TEXT NOT NULL,
  role TEXT NOT NULL,
  needs_note INTEGER NOT NULL CHECK (needs_note IN (0, 1)),
  PRIMARY KEY (from_state, act)
) STRICT, WITHOUT ROWID;
INSERT INTO transition VALUES
  ('',          'draft',    'draft',     'drafter',   0),
  ('',          'issue',    'issued',    'clerk',     0), -- signed on paper: all in one act
  ('',          'import',   'issued',    'archivist', 0),
  ('draft',     'submit',   'submitted', 'drafter',   0),
  ('submitted', 'withdraw', 'draft',     'drafter',   0),
  ('submitted', 'return',   'returned',  'reviewer',  1),
  ('returned',  'submit',   'submitted', 'drafter',   0),
  ('submitted', 'sign',     'signed',    'signer',    0),
  ('signed',    'return',   'returned',  'clerk',     1),
  ('signed',    'number',   'numbered',  'clerk',     0),
  ('numbered',  'seal',     'sealed',    'clerk',     0),
  ('numbered',  'release',  'issued',    'clerk',     0), -- who has no seal: a chi bộ
  ('sealed',    'release',  'issued',    'clerk',     0),
  ('numbered',  'recall',   'recalled',  'clerk',     1),
  ('sealed',    'recall',   'recalled',  'clerk',     1),
  ('issued',    'recall',   'recalled',  'clerk',     1),
  ('issued',    'replace',  'replaced',  'clerk',     1),
  ('issued',    'archive',  'archived',  'archivist', 0),
  ('recalled',  'archive',  'archived',  'archivist', 0),
  ('replaced',  'archive',  'archived',  'archivist', 0);

-- Two acts on one document that one person may not do both.  Empty: one
-- person may do all of it.
CREATE TABLE separation(
  act TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (act, other),
  CHECK (act <> other)
) STRICT, WITHOUT ROWID;

CREATE TABLE step(
  document_id INTEGER NOT NULL REFERENCES document,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  act TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  at TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO step SELECT d.document_id, 1, 'issue', '', 'issued', e.actor, e.at, ''
  FROM document d JOIN event e ON e.object = d.uid AND e.act = 'issue';
CREATE TRIGGER step_kept BEFORE DELETE ON step
BEGIN SELECT RAISE(ABORT, 'steps are kept'); END;
CREATE TRIGGER step_fixed BEFORE UPDATE ON step
BEGIN SELECT RAISE(ABORT, 'steps are kept'); END;
CREATE TRIGGER step_allowed BEFORE INSERT ON step BEGIN
  SELECT RAISE(ABORT, 'no such step from this state') WHERE NOT EXISTS (
    SELECT 1 FROM transition t WHERE t.from_state = NEW.from_state AND t.act = NEW.act
    AND t.to_state = NEW.to_state AND (t.needs_note = 0 OR NEW.note <> ''));
  SELECT RAISE(ABORT, 'steps follow one another') WHERE
    NEW.ordinal <> 1 + (SELECT count(*) FROM step s WHERE s.document_id = NEW.document_id)
    OR NEW.from_state <> coalesce((SELECT s.to_state FROM step s
      WHERE s.document_id = NEW.document_id ORDER BY s.ordinal DESC LIMIT 1), '');
  SELECT RAISE(ABORT, 'not this person''s right') WHERE
    EXISTS (SELECT 1 FROM setting WHERE name = 'roles' AND value = 'on')
    AND NOT EXISTS (SELECT 1 FROM transition t JOIN actor_role r USING (role)
      JOIN actor a USING (name) WHERE t.from_state = NEW.from_state AND t.act = NEW.act
      AND a.name = NEW.actor AND a.active = 1);
  SELECT RAISE(ABORT, 'one person may not do both') WHERE EXISTS (
    SELECT 1 FROM step s JOIN separation p
    ON (p.act = s.act AND p.other = NEW.act) OR (p.other = s.act AND p.act = NEW.act)
    WHERE s.document_id = NEW.document_id AND s.actor = NEW.actor);
END;
CREATE TRIGGER document_state BEFORE UPDATE OF state ON document
WHEN NEW.state <> OLD.state AND NEW.state IS NOT (SELECT s.to_state FROM step s
  WHERE s.document_id = NEW.document_id ORDER BY s.ordinal DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a state changes by a step'); END;
CREATE TRIGGER document_added BEFORE INSERT ON document
WHEN NEW.state NOT IN (SELECT to_state FROM transition WHERE from_state = '')
BEGIN SELECT RAISE(ABORT, 'no document begins so'); END;

-- ----------------------------------------------------------------- files --

ALTER TABLE file ADD COLUMN place TEXT NOT NULL DEFAULT 'folder'
  CHECK (place IN ('folder', 'register')); -- files/ab/cd.., or `blob`
ALTER TABLE file ADD COLUMN packing TEXT NOT NULL DEFAULT '' CHECK (packing IN ('', 'deflate'));
ALTER TABLE file ADD COLUMN kept INTEGER; -- bytes as kept; NULL: as it is
CREATE TABLE blob(
  blob_id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE REFERENCES file,
  data BLOB NOT NULL
) STRICT;
CREATE TRIGGER blob_kept BEFORE DELETE ON blob
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
CREATE TRIGGER blob_fixed BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
ALTER TABLE document_file ADD COLUMN name TEXT NOT NULL DEFAULT '';  -- of an attachment
ALTER TABLE document_file ADD COLUMN pages INTEGER NOT NULL DEFAULT 0; -- 0: not counted
ALTER TABLE document_file ADD COLUMN at TEXT NOT NULL DEFAULT '';

-- -------------------------------------------------------------- received --

CREATE TABLE received(
  received_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer, -- who received it
  year INTEGER NOT NULL,
  arrival_number INTEGER NOT NULL CHECK (arrival_number > 0), -- số đến, by order in the year
  arrival_date TEXT NOT NULL,
  sender TEXT NOT NULL,
  organ TEXT NOT NULL DEFAULT '', -- the sender's mã định danh
  number TEXT NOT NULL DEFAULT '',
  notation TEXT NOT NULL DEFAULT '',
  date TEXT NOT NULL DEFAULT '',
  type_name TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  signer TEXT NOT NULL DEFAULT '',
  signer_position TEXT NOT NULL DEFAULT '',
  to_places TEXT NOT NULL DEFAULT '', -- đơn vị hoặc người nhận
  due TEXT NOT NULL DEFAULT '',
  urgency TEXT NOT NULL DEFAULT '',
  secrecy TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'vi',
  pages INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  sha256 TEXT REFERENCES file,
  UNIQUE (issuer_id, year, arrival_number)
) STRICT;
CREATE TRIGGER received_kept BEFORE DELETE ON received
BEGIN SELECT RAISE(ABORT, 'received documents are kept'); END;

-- -------------------------------------------------------------- dossiers --

CREATE TABLE dossier(
  dossier_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  year INTEGER NOT NULL,  -- of the yearly list (danh mục hồ sơ)
  code TEXT NOT NULL CHECK (code <> ''),  -- số và ký hiệu: '01.TCCB'
  heading TEXT NOT NULL DEFAULT '',   -- đề mục of the list
  title TEXT NOT NULL,
  retention TEXT REFERENCES retention,
  access TEXT NOT NULL DEFAULT '' CHECK (access IN ('', '01', '02', '03')),
  creator TEXT NOT NULL DEFAULT '',   -- người lập hồ sơ
  language TEXT NOT NULL DEFAULT 'vi',
  starts TEXT NOT NULL DEFAULT '',
  ends TEXT NOT NULL DEFAULT '',
  handover_due TEXT NOT NULL DEFAULT '', -- hạn nộp lưu
  state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'closed', 'handed-over', 'disposed')),
  frozen TEXT NOT NULL DEFAULT '', -- why nothing in it may change; '': it may
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (issuer_id, year, code)
) STRICT;
CREATE TRIGGER dossier_kept BEFORE DELETE ON dossier
BEGIN SELECT RAISE(ABORT, 'dossiers are kept'); END;
CREATE TRIGGER dossier_frozen BEFORE UPDATE ON dossier
WHEN OLD.frozen <> '' AND NEW.frozen <> ''
BEGIN SELECT RAISE(ABORT, 'the dossier is frozen'); END;

CREATE TABLE dossier_entry(
  dossier_id INTEGER NOT NULL REFERENCES dossier,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0), -- automatic, never given again
  document_id INTEGER REFERENCES document,
  received_id INTEGER REFERENCES received,
  sheets TEXT NOT NULL DEFAULT '', -- tờ số
  note TEXT NOT NULL DEFAULT '',
  removed TEXT NOT NULL DEFAULT '', -- why it was taken out again; '': it is in
  PRIMARY KEY (dossier_id, ordinal),
  UNIQUE (dossier_id, document_id),
  UNIQUE (dossier_id, received_id),
  CHECK ((document_id IS NULL) <> (received_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_entry_document ON dossier_entry(document_id) WHERE document_id IS NOT NULL;
CREATE TRIGGER dossier_entry_kept BEFORE DELETE ON dossier_entry
BEGIN SELECT RAISE(ABORT, 'entries are kept'); END;
CREATE TRIGGER dossier_entry_added BEFORE INSERT ON dossier_entry
WHEN (SELECT frozen <> '' OR state <> 'open' FROM dossier d WHERE d.dossier_id = NEW.dossier_id)
BEGIN SELECT RAISE(ABORT, 'the dossier takes nothing more'); END;
CREATE TRIGGER dossier_entry_changed BEFORE UPDATE ON dossier_entry
WHEN (SELECT frozen <> '' OR state <> 'open' FROM dossier d WHERE d.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'the dossier is not changed any more'); END;

-- Biên bản giao nhận, and decisions on disposal.
CREATE TABLE transfer(
  transfer_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('hand-over', 'disposal')),
  date TEXT NOT NULL,
  decision TEXT NOT NULL, -- số, ký hiệu, ngày of the decision or the record
  giver TEXT NOT NULL DEFAULT '',
  taker TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  CHECK (kind <> 'disposal' OR (decision <> '' AND reason <> ''))
) STRICT;
CREATE TRIGGER transfer_kept BEFORE DELETE ON transfer
BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
CREATE TRIGGER transfer_fixed BEFORE UPDATE ON transfer
BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
CREATE TABLE transfer_dossier(
  transfer_id INTEGER NOT NULL REFERENCES transfer,
  dossier_id INTEGER NOT NULL REFERENCES dossier,
  PRIMARY KEY (transfer_id, dossier_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER transfer_dossier_kept BEFORE DELETE ON transfer_dossier
BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
CREATE TRIGGER dossier_disposed BEFORE UPDATE OF state ON dossier
WHEN NEW.state IN ('handed-over', 'disposed') AND NEW.state <> OLD.state AND NOT EXISTS (
  SELECT 1 FROM transfer_dossier x JOIN transfer t USING (transfer_id)
  WHERE x.dossier_id = NEW.dossier_id
  AND t.kind = CASE NEW.state WHEN 'disposed' THEN 'disposal' ELSE 'hand-over' END)
BEGIN SELECT RAISE(ABORT, 'only by a recorded decision'); END;

-- ------------------------------------------------------- closed registers --

-- A volume of the register, printed and bound: its rows are frozen, its hash
-- and the head of the log stand on the paper.
CREATE TABLE closed_register(
  register_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  series_id INTEGER NOT NULL REFERENCES series,
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
  UNIQUE (series_id, volume),
  CHECK (first_number <= last_number)
) STRICT;
CREATE TRIGGER closed_register_kept BEFORE DELETE ON closed_register
BEGIN SELECT RAISE(ABORT, 'closed registers are kept'); END;
CREATE TRIGGER closed_register_fixed BEFORE UPDATE ON closed_register
BEGIN SELECT RAISE(ABORT, 'closed registers are kept'); END;
CREATE TRIGGER closed_register_whole BEFORE INSERT ON closed_register
WHEN EXISTS (SELECT 1 FROM number n WHERE n.series_id = NEW.series_id AND n.state = 'reserved'
  AND n.number BETWEEN NEW.first_number AND NEW.last_number)
BEGIN SELECT RAISE(ABORT, 'numbers are still reserved'); END;
CREATE TRIGGER number_bound BEFORE INSERT ON number WHEN EXISTS (
  SELECT 1 FROM closed_register r WHERE r.series_id = NEW.series_id
  AND NEW.number BETWEEN r.first_number AND r.last_number)
BEGIN SELECT RAISE(ABORT, 'the register of this number is closed'); END;

-- ---------------------------------------------------- searching, importing --

CREATE TABLE saved_search(
  uid TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL, -- JSON: words and filters
  UNIQUE (owner, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run(
  import_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,   -- of the spreadsheet
  sha256 TEXT NOT NULL, -- and what it held
  taken INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- Filters are tokens of the index: urgency, and the series by book and period.
CREATE INDEX document_state ON document(state, sort_key);
UPDATE document_text SET facet = (SELECT document_text.facet
    || CASE WHEN d.urgency <> '' THEN ' ' || char(1) || 'u:' || d.urgency ELSE '' END
    || ' ' || char(1) || 's:' || s.book || ' ' || char(1) || 's:' || s.book || '/' || s.period
  FROM document d JOIN number n USING (number_id) JOIN series s USING (series_id)
  WHERE d.sort_key = document_text.sort_key);
INSERT INTO document_fts(document_fts) VALUES ('rebuild');

-- ------------------------------------------------------------------- log --

-- Heads of the log that were given out; what proves something is the copy
-- outside of this file.
CREATE TABLE anchor(
  serial INTEGER NOT NULL,
  hash TEXT NOT NULL,
  given_to TEXT NOT NULL, -- 'register ...', 'export ...'
  at TEXT NOT NULL,
  PRIMARY KEY (serial, given_to)
) STRICT, WITHOUT ROWID;

-- ------------------------------------- PL VI, part II.I: names of the law --

CREATE VIEW outgoing_metadata AS SELECT
  d.uid AS DocumentUid,
  coalesce(i.organ, '') AS OrganId,
  (SELECT x.year FROM dossier_entry e JOIN dossier x USING (dossier_id)
    WHERE e.document_id = d.document_id AND e.removed = '' ORDER BY e.dossier_id LIMIT 1)
    AS FileCatalog,
  coalesce((SELECT x.code FROM dossier_entry e JOIN dossier x USING (dossier_id)
    WHERE e.document_id = d.document_id AND e.removed = '' ORDER BY e.dossier_id LIMIT 1), '')
    AS FileNotation,
  (SELECT e.ordinal FROM dossier_entry e
    WHERE e.document_id = d.document_id AND e.removed = '' ORDER BY e.dossier_id LIMIT 1)
    AS DocOrdinal,
  d.type_name AS TypeName,
  n.number || n.suffix AS CodeNumber,
  n.notation AS CodeNotation,
  d.date AS IssuedDate,
  i.name AS OrganName,
  d.subject AS Subject,
  d.language AS Language,
  d.pages AS PageAmount,
  d.note AS Description,
  coalesce((SELECT position FROM signer s WHERE s.document_id = d.document_id
    ORDER BY ordinal LIMIT 1), '') AS Position,
  coalesce((SELECT name FROM signer s WHERE s.document_id = d.document_id
    ORDER BY ordinal LIMIT 1), '') AS FullName,
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
FROM document d JOIN number n USING (number_id) JOIN issuer i ON i.issuer_id = d.issuer_id;
