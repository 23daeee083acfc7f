-- Version 5.  Runs inside one transaction.

-- ------------------------------------------------------------- searching --

-- Names stand behind the facets a second time, each word under the mark of whose name it is,
-- and words side by side are tokens wherever they stand (records/tokenizer.h).
DROP VIEW document_words;
CREATE VIEW document_words AS SELECT sort_key,
  facet || char(4) || 'i' || issuer || char(4) || 's' || signer || char(4) || 'r' || recipient AS facet,
  char(2) || heading || char(2) || subject AS run, heading, subject, issuer, signer, recipient,
  body, keywords FROM document_text;
INSERT INTO document_fts(document_fts) VALUES ('rebuild');
