-- Which lists, blacklists and leads of campaigns a person has chosen about: those that are not kept here (kept 0), and those
-- that are to be fetched again (kept 1) until that has begun. done says that the choice was carried out. A mirror that
-- is locked or of an older version may not have the table yet when it is needed.
CREATE TABLE IF NOT EXISTS choices (
  id   TEXT    NOT NULL PRIMARY KEY,
  kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
  done INTEGER NOT NULL DEFAULT 0,
  at   INTEGER NOT NULL
) STRICT;
