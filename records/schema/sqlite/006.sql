-- Version 6.  Runs inside one transaction.

-- Words of up to a thousand documents are sorted in memory before they are written as one piece
-- of the index (bytes): smaller pieces were written out in the midst of a long act and merged.
INSERT INTO document_fts(document_fts, rank) VALUES ('hashsize', 16777216);
