-- A file with the leads of one campaign. SCHEMA.md is its documentation.

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
  repaired_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE server_leads (
  id          TEXT    NOT NULL PRIMARY KEY,
  assignee    TEXT,
  assigned_at INTEGER,
  email       TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  phone       TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  fields      TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  notes       TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  walk        INTEGER NOT NULL
) STRICT;
