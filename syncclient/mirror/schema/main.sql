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
  verified_at    INTEGER,
  up_to_date_at  INTEGER
) STRICT;

CREATE TABLE server_account (
  id               TEXT    NOT NULL PRIMARY KEY,
  name             TEXT    NOT NULL,
  default_audience TEXT    NOT NULL,
  locale           TEXT    NOT NULL,
  time_zone        TEXT    NOT NULL,
  version          INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  desktop_lock_days  INTEGER NOT NULL DEFAULT 30,
  desktop_erase_days INTEGER NOT NULL DEFAULT 90
) STRICT;

-- What the lease is counted by: the answer of the server that it runs from, the latest moment that the clock has shown
-- since, and when it was first found over (0: it was not).
CREATE TABLE lease (
  one        INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  contact_at INTEGER NOT NULL,
  latest_at  INTEGER NOT NULL,
  over_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE server_collaborators (
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

CREATE TABLE server_campaigns (
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

CREATE TABLE server_campaign_lists (
  campaign TEXT NOT NULL REFERENCES server_campaigns (id) ON DELETE CASCADE,
  list     TEXT NOT NULL,
  PRIMARY KEY (campaign, list)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_lists_list ON server_campaign_lists (list);

CREATE TABLE server_campaign_blacklists (
  campaign  TEXT NOT NULL REFERENCES server_campaigns (id) ON DELETE CASCADE,
  blacklist TEXT NOT NULL,
  PRIMARY KEY (campaign, blacklist)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_blacklists_blacklist ON server_campaign_blacklists (blacklist);

CREATE TABLE server_templates (
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

CREATE TABLE server_contact_lists (
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

CREATE TABLE server_blacklists (
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

CREATE INDEX server_campaigns_file ON server_campaigns (file) WHERE file IS NOT NULL;

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

-- Files of lists, blacklists and campaigns that the server has not told of yet, or whose main.db was lost.
CREATE TABLE local_files (
  id   TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  file TEXT NOT NULL
) STRICT;

-- Who this copy is to the server when it writes, and how far.
CREATE TABLE replica (
  one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  id           TEXT    NOT NULL,
  issued       INTEGER NOT NULL DEFAULT 0,
  acknowledged INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Entries of the outboxes that have a number. They are kept for a while after their answer, in case the server loses
-- what it had acknowledged.
CREATE TABLE sent (
  key         TEXT    NOT NULL PRIMARY KEY,
  number      INTEGER UNIQUE,
  op          TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  item        TEXT    NOT NULL,
  fields      TEXT,
  base        INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  result      TEXT    CHECK (result IN ('applied', 'merged', 'refused')),
  version     INTEGER,
  settled     INTEGER NOT NULL DEFAULT 0,
  before      TEXT    NOT NULL DEFAULT '',
  went_into   TEXT    NOT NULL DEFAULT '',
  answered_at INTEGER,
  seen        TEXT    NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX sent_row ON sent (id, version);
CREATE INDEX sent_item ON sent (item);
CREATE INDEX sent_unsettled ON sent (number) WHERE settled = 0;

-- Rows that were made here and whose address a list had already: which row they went into.
CREATE VIEW went (id, kind, item, went_into, at) AS SELECT id, kind, item, went_into, answered_at FROM sent WHERE went_into <> '';

-- What needs a person's eye.
CREATE TABLE attention (
  key        TEXT    NOT NULL PRIMARY KEY,
  what       TEXT    NOT NULL CHECK (what IN ('conflict', 'refused', 'discarded')),
  op         TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  item       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  fields     TEXT    NOT NULL DEFAULT '{}',
  code       TEXT    NOT NULL DEFAULT '',
  message    TEXT    NOT NULL DEFAULT '',
  field      TEXT    NOT NULL DEFAULT '',
  copy       TEXT,
  at         INTEGER NOT NULL,
  resolution TEXT    CHECK (resolution IN ('mine', 'theirs', 'both')),
  failure    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX attention_item ON attention (item);
CREATE INDEX attention_row ON attention (id);

CREATE TRIGGER attention_decided BEFORE UPDATE OF resolution ON attention WHEN NEW.resolution IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'attention: a resolution is mine, theirs or both') WHERE NEW.resolution NOT IN ('mine', 'theirs', 'both');
  SELECT RAISE(ABORT, 'attention: there are no two versions to keep; a resolution is mine or theirs')
  WHERE NEW.resolution = 'both' AND (OLD.what <> 'conflict' OR OLD.item = OLD.id AND OLD.copy IS NULL);
END;

-- What was taken away from the person: which, and nothing more.
CREATE TABLE departed (
  kind  TEXT    NOT NULL,
  id    TEXT    NOT NULL PRIMARY KEY,
  at    INTEGER NOT NULL,
  edits INTEGER NOT NULL
) STRICT;
