-- The main file of a mirror: the workspace of one account as one person may see it. SCHEMA.md is its documentation.
-- Columns named walk are the mirror's own: the number of the walk in which a row was last named.

CREATE TABLE mirror (
  one            INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  server         TEXT    NOT NULL,
  user           TEXT    NOT NULL,
  account        TEXT    NOT NULL,
  collaborator   TEXT    NOT NULL,
  cursor         TEXT    NOT NULL DEFAULT '',
  walking        INTEGER NOT NULL DEFAULT 1,
  walk           INTEGER NOT NULL DEFAULT 1,
  removed        INTEGER NOT NULL DEFAULT 0,
  contact_at     INTEGER,
  up_to_date_at  INTEGER
) STRICT;

CREATE TABLE account (
  id               TEXT    NOT NULL PRIMARY KEY,
  name             TEXT    NOT NULL,
  default_audience TEXT    NOT NULL,
  locale           TEXT    NOT NULL,
  time_zone        TEXT    NOT NULL,
  version          INTEGER NOT NULL,
  created_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE collaborators (
  id         TEXT    NOT NULL PRIMARY KEY,
  email      TEXT    NOT NULL,
  first_name TEXT    NOT NULL,
  last_name  TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  can_send   INTEGER NOT NULL,
  can_export INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  walk       INTEGER NOT NULL
) STRICT;

CREATE TABLE campaigns (
  id                    TEXT    NOT NULL PRIMARY KEY,
  name                  TEXT    NOT NULL,
  audience              TEXT    NOT NULL,
  my_level              TEXT    NOT NULL,
  creator               TEXT,
  changed_by            TEXT,
  version               INTEGER NOT NULL,
  created_at            INTEGER NOT NULL,
  changed_at            INTEGER NOT NULL,
  archived_at           INTEGER,
  subject               TEXT    NOT NULL,
  preheader             TEXT    NOT NULL,
  format                TEXT    NOT NULL,
  body                  TEXT    NOT NULL,
  sender_name           TEXT    NOT NULL,
  sender_email          TEXT    NOT NULL,
  reply_to              TEXT    NOT NULL,
  state                 TEXT    NOT NULL,
  lists_restricted      INTEGER NOT NULL,
  blacklists_restricted INTEGER NOT NULL,
  row_count             INTEGER NOT NULL DEFAULT 0,
  complete              INTEGER NOT NULL DEFAULT 0,
  file                  TEXT,
  walk                  INTEGER NOT NULL
) STRICT;

CREATE TABLE campaign_lists (
  campaign TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  list     TEXT NOT NULL,
  PRIMARY KEY (campaign, list)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_lists_list ON campaign_lists (list);

CREATE TABLE campaign_blacklists (
  campaign  TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  blacklist TEXT NOT NULL,
  PRIMARY KEY (campaign, blacklist)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_blacklists_blacklist ON campaign_blacklists (blacklist);

CREATE TABLE templates (
  id          TEXT    NOT NULL PRIMARY KEY,
  name        TEXT    NOT NULL,
  audience    TEXT    NOT NULL,
  my_level    TEXT    NOT NULL,
  creator     TEXT,
  changed_by  TEXT,
  version     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  archived_at INTEGER,
  subject     TEXT    NOT NULL,
  preheader   TEXT    NOT NULL,
  format      TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  walk        INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_lists (
  id          TEXT    NOT NULL PRIMARY KEY,
  name        TEXT    NOT NULL,
  audience    TEXT    NOT NULL,
  my_level    TEXT    NOT NULL,
  creator     TEXT,
  changed_by  TEXT,
  version     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  archived_at INTEGER,
  description TEXT    NOT NULL,
  row_count   INTEGER NOT NULL DEFAULT 0,
  complete    INTEGER NOT NULL DEFAULT 0,
  file        TEXT,
  walk        INTEGER NOT NULL
) STRICT;

CREATE TABLE blacklists (
  id          TEXT    NOT NULL PRIMARY KEY,
  name        TEXT    NOT NULL,
  audience    TEXT    NOT NULL,
  my_level    TEXT    NOT NULL,
  creator     TEXT,
  changed_by  TEXT,
  version     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  archived_at INTEGER,
  description TEXT    NOT NULL,
  row_count   INTEGER NOT NULL DEFAULT 0,
  complete    INTEGER NOT NULL DEFAULT 0,
  file        TEXT,
  walk        INTEGER NOT NULL
) STRICT;

-- How the rows of each list, blacklist and campaign with leads stand: on the server (state) and here (reached). A bucket may be named
-- before its item has come.
CREATE TABLE buckets (
  id        TEXT    NOT NULL PRIMARY KEY,
  kind      TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  row_count INTEGER NOT NULL,
  reached   TEXT    NOT NULL DEFAULT '',
  walk      INTEGER NOT NULL
) STRICT;
CREATE INDEX buckets_behind ON buckets (row_count) WHERE reached <> state;

-- Files that are to be gone. The rows that named them are already.
CREATE TABLE doomed (
  file TEXT NOT NULL PRIMARY KEY
) STRICT;
