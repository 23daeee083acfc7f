-- Version 1 of the tables: released, never edited (README.md).

CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE issuer(
  issuer_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  superior TEXT NOT NULL,
  name TEXT NOT NULL,
  exact TEXT NOT NULL UNIQUE, -- words of superior and name, accents kept
  folded TEXT NOT NULL,       -- the same without accents: to name look-alikes
  organ TEXT UNIQUE,          -- mã định danh
  abbr TEXT NOT NULL
) STRICT;
CREATE INDEX issuer_folded ON issuer(folded);
CREATE TRIGGER issuer_kept BEFORE DELETE ON issuer
BEGIN SELECT RAISE(ABORT, 'issuers are kept'); END;

CREATE TABLE series(
  series_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  issuer_id INTEGER NOT NULL REFERENCES issuer,
  book TEXT NOT NULL,   -- which types share it
  period TEXT NOT NULL, -- '2026'; 'term': the one undated term
  first INTEGER NOT NULL DEFAULT 1 CHECK (first > 0), -- the book before was on paper
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  UNIQUE (issuer_id, book, period),
  UNIQUE (series_id, issuer_id, period)
) STRICT;
CREATE TRIGGER series_kept BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'series are kept'); END;

CREATE TABLE number(
  number_id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL,
  issuer_id INTEGER NOT NULL,
  period TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  suffix TEXT NOT NULL DEFAULT '',
  notation TEXT,                           -- ký hiệu; NULL while reserved
  notation_words TEXT NOT NULL DEFAULT '', -- ' ubnd vx'
  date TEXT,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
  reason TEXT NOT NULL DEFAULT '', -- why reserved or void
  holder TEXT NOT NULL DEFAULT '', -- for whom it is reserved
  until TEXT NOT NULL DEFAULT '',  -- and until when
  FOREIGN KEY (series_id, issuer_id, period) REFERENCES series(series_id, issuer_id, period),
  CHECK (state <> 'used' OR (notation IS NOT NULL AND date IS NOT NULL)),
  CHECK (state = 'used' OR reason <> ''),
  UNIQUE (series_id, number, suffix),
  UNIQUE (issuer_id, period, number, suffix, notation)
) STRICT;
CREATE INDEX number_typed ON number(number, suffix);
CREATE INDEX number_date ON number(series_id, date);
CREATE TRIGGER number_kept BEFORE DELETE ON number
BEGIN SELECT RAISE(ABORT, 'numbers are kept'); END;
CREATE TRIGGER number_fixed BEFORE UPDATE OF series_id, number, suffix ON number
BEGIN SELECT RAISE(ABORT, 'numbers keep their place'); END;

CREATE TABLE document(
  document_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  sort_key INTEGER NOT NULL UNIQUE,
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
  UNIQUE (key, again)
) STRICT;
CREATE INDEX document_type ON document(type, sort_key);
CREATE INDEX document_issuer ON document(issuer_id, sort_key);
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;

CREATE TABLE signer(
  document_id INTEGER NOT NULL REFERENCES document,
  ordinal INTEGER NOT NULL,
  position TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE recipient(
  document_id INTEGER NOT NULL REFERENCES document,
  ordinal INTEGER NOT NULL,
  role INTEGER NOT NULL, -- 0 Kính gửi, 1 Nơi nhận, 2 Lưu
  name TEXT NOT NULL,
  organ TEXT NOT NULL,
  grp TEXT NOT NULL,
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE file(
  sha256 TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER file_kept BEFORE DELETE ON file
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
CREATE TRIGGER file_fixed BEFORE UPDATE ON file
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
CREATE TABLE document_file(
  document_id INTEGER NOT NULL REFERENCES document,
  role TEXT NOT NULL,          -- 'pdf', 'source'; later 'attachment'
  generation INTEGER NOT NULL, -- from 1
  sha256 TEXT NOT NULL REFERENCES file,
  PRIMARY KEY (document_id, role, generation)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER document_file_kept BEFORE DELETE ON document_file
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
CREATE TRIGGER document_file_fixed BEFORE UPDATE ON document_file
BEGIN SELECT RAISE(ABORT, 'files are kept'); END;
CREATE INDEX document_file_hash ON document_file(sha256);

-- Words of a document, for the index and for showing where they were found.
CREATE TABLE document_text(
  sort_key INTEGER PRIMARY KEY REFERENCES document(sort_key),
  facet TEXT NOT NULL,
  heading TEXT NOT NULL,
  subject TEXT NOT NULL,
  issuer TEXT NOT NULL,
  signer TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE document_fts USING fts5(
  facet, heading, subject, issuer, signer, recipient, body,
  content = 'document_text', content_rowid = 'sort_key', tokenize = 'vi');

-- hash = SHA-256 of the hash before and of this row: records/event.c
CREATE TABLE event(
  serial INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL, -- id of what was acted on
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX event_object ON event(object, serial);
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
