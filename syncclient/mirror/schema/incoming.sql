-- Images of lists that are on their way, until their files are in use: which file holds what has come, and what the server
-- has said of the image. Older mirrors of this version get the table when they are opened.
CREATE TABLE IF NOT EXISTS incoming (
  id     TEXT    NOT NULL PRIMARY KEY,
  file   TEXT    NOT NULL,
  etag   TEXT    NOT NULL,
  length INTEGER NOT NULL,
  header TEXT    NOT NULL
) STRICT;
