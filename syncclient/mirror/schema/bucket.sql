-- What a file of rows says of itself. The table of the rows is protocol.ImageTable, which images have too. SCHEMA.md is its
-- documentation.

CREATE TABLE bucket (
  one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  id      TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  cursor  TEXT    NOT NULL DEFAULT '',
  state   TEXT    NOT NULL DEFAULT '',
  walking INTEGER NOT NULL DEFAULT 1,
  walk    INTEGER NOT NULL DEFAULT 1,
  walked  INTEGER NOT NULL DEFAULT 0,
  rows    INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  digest  TEXT    NOT NULL DEFAULT '',
  repaired_at INTEGER NOT NULL DEFAULT 0,
  index_upto  TEXT    NOT NULL DEFAULT '',
  index_whole INTEGER NOT NULL DEFAULT 0
) STRICT;
