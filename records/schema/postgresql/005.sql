-- Version 5.  Names and words side by side are tokens of SQLite's index now; here names were
-- (records/postgres_words.c), and no table changes.
COMMENT ON TABLE document_index IS 'words, names and facets of each document';
