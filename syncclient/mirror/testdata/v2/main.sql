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

CREATE TABLE account (
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
  answered_at INTEGER
) STRICT;
CREATE INDEX sent_row ON sent (id, version);
CREATE INDEX sent_item ON sent (item);
CREATE INDEX sent_unsettled ON sent (number) WHERE settled = 0;

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

-- What was taken away from the person: which, and nothing more.
CREATE TABLE departed (
  kind  TEXT    NOT NULL,
  id    TEXT    NOT NULL PRIMARY KEY,
  at    INTEGER NOT NULL,
  edits INTEGER NOT NULL
) STRICT;
-- Images of lists that are on their way, until their files are in use: which file holds what has come, and what the server
-- has said of the image. Older mirrors of this version get the table when they are opened.
CREATE TABLE IF NOT EXISTS incoming (
  id     TEXT    NOT NULL PRIMARY KEY,
  file   TEXT    NOT NULL,
  etag   TEXT    NOT NULL,
  length INTEGER NOT NULL,
  header TEXT    NOT NULL
) STRICT;
-- Edits made on this computer. Every file of a mirror has these tables for its own rows. SCHEMA.md is their documentation.

-- A new id and the moment: for rows that are made here, and for programs that make some.
CREATE VIEW fresh (id, at) AS
SELECT substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-7' || substr(r, 1, 3) || '-' || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(r, 4, 3)
    || '-' || substr(r, 7, 12), now
FROM (
  SELECT printf('%012x', now / 1000) AS t, lower(hex(randomblob(9))) AS r, now
  FROM (SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000 AS now)
);

-- What is to be sent, in order. An entry that is open may still grow; one that is sealed is on its way; one that is
-- applied waits until the server's row has come; one that is held is not sent unless a person wants it.
CREATE TABLE outbox (
  seq    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  key    TEXT    NOT NULL UNIQUE,
  op     TEXT    NOT NULL CHECK (op IN ('create', 'change', 'delete')),
  kind   TEXT    NOT NULL CHECK (kind IN ('campaign', 'template', 'list', 'blacklist', 'contact', 'entry', 'lead')),
  id     TEXT    NOT NULL CHECK (length(id) = 36),
  fields TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(fields) AND json_type(fields) = 'object'),
  base   INTEGER NOT NULL CHECK (base >= 0),
  at     INTEGER NOT NULL,
  state  TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sealed', 'applied', 'held'))
) STRICT;
CREATE INDEX outbox_row ON outbox (id, seq);
CREATE INDEX outbox_unsent ON outbox (seq) WHERE state IN ('open', 'sealed');

-- Rows with edits: what all their entries in the outbox amount to.
CREATE TABLE edits (
  id      TEXT    NOT NULL PRIMARY KEY,
  kind    TEXT    NOT NULL,
  created INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  fields  TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- The one way into the two tables above: every trigger on what a program may write inserts here.
CREATE VIEW edit (op, kind, id, fields, base) AS SELECT op, kind, id, fields, base FROM outbox WHERE false;

CREATE TRIGGER edit_made INSTEAD OF INSERT ON edit BEGIN
  -- A change goes into the newest entry of its row, if that is open and was made on the same version.
  UPDATE outbox SET fields = json_patch(fields, NEW.fields), at = (SELECT at FROM fresh)
  WHERE NEW.op = 'change' AND seq = (SELECT max(seq) FROM outbox WHERE id = NEW.id)
    AND state IN ('open', 'held') AND (op = 'create' OR op = 'change' AND base = NEW.base);
  INSERT INTO outbox (key, op, kind, id, fields, base, at)
  SELECT f.id, NEW.op, NEW.kind, NEW.id, NEW.fields, NEW.base, f.at FROM fresh f
  WHERE CASE NEW.op
    WHEN 'create' THEN true
    WHEN 'change' THEN NOT EXISTS (SELECT 1 FROM outbox WHERE seq = (SELECT max(seq) FROM outbox WHERE id = NEW.id)
      AND state IN ('open', 'held') AND (op = 'create' OR op = 'change' AND base = NEW.base))
    -- What was made here and never sent just goes.
    ELSE NOT EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id AND op = 'create' AND state IN ('open', 'held')) END;
  DELETE FROM outbox WHERE NEW.op = 'delete' AND id = NEW.id AND op <> 'delete' AND state IN ('open', 'held');
  DELETE FROM edits WHERE NEW.op = 'delete' AND id = NEW.id AND NOT EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id);
  INSERT INTO edits (id, kind, created, deleted, fields, at)
  SELECT NEW.id, NEW.kind, NEW.op = 'create', NEW.op = 'delete', NEW.fields, f.at FROM fresh f
  WHERE EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id)
  ON CONFLICT (id) DO UPDATE SET fields = json_patch(fields, excluded.fields), deleted = excluded.deleted, at = excluded.at;
END;

CREATE VIEW campaigns (id, name, audience, my_level, creator, changed_by, version, created_at, changed_at, archived_at, subject, preheader, format, body, sender_name, sender_email, reply_to, state, lists_restricted, blacklists_restricted, row_count, complete, file) AS
SELECT s.id, s.name, s.audience, s.my_level, s.creator, s.changed_by, s.version, s.created_at, s.changed_at, s.archived_at, s.subject, s.preheader, s.format, s.body, s.sender_name, s.sender_email, s.reply_to, s.state, s.lists_restricted, s.blacklists_restricted, s.row_count, s.complete, s.file FROM server_campaigns s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, coalesce(e.fields ->> 'name', s.name, ''),
  CASE WHEN s.id IS NULL THEN coalesce(e.fields ->> 'audience', (SELECT default_audience FROM account), 'everyone') ELSE s.audience END,
  CASE WHEN s.id IS NULL THEN 'edit' ELSE s.my_level END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.creator END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.changed_by END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at,
  CASE e.fields ->> 'archived' WHEN 1 THEN coalesce(s.archived_at, e.at) WHEN 0 THEN NULL ELSE s.archived_at END,
  coalesce(e.fields ->> 'subject', s.subject, ''),
  coalesce(e.fields ->> 'preheader', s.preheader, ''),
  coalesce(e.fields ->> 'format', s.format, 'html'),
  coalesce(e.fields ->> 'body', s.body, ''),
  coalesce(e.fields ->> 'sender_name', s.sender_name, ''),
  coalesce(e.fields ->> 'sender_email', s.sender_email, ''),
  coalesce(e.fields ->> 'reply_to', s.reply_to, ''),
  CASE WHEN s.id IS NULL THEN 'draft' ELSE s.state END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.lists_restricted END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.blacklists_restricted END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.row_count END,
  CASE WHEN s.id IS NULL THEN 1 ELSE s.complete END,
  CASE WHEN s.id IS NULL THEN (SELECT file FROM local_files f WHERE f.id = e.id) ELSE s.file END
FROM edits e LEFT JOIN server_campaigns s ON s.id = e.id
WHERE e.kind = 'campaign' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER campaigns_made INSTEAD OF INSERT ON campaigns BEGIN
  SELECT RAISE(ABORT, 'campaigns: an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh') WHERE NEW.id IS NOT NULL AND NOT (length(NEW.id) = 36 AND substr(NEW.id, 15, 1) = '7' AND NEW.id = lower(NEW.id));
  SELECT RAISE(ABORT, 'campaigns: this id is taken') WHERE EXISTS (SELECT 1 FROM server_campaigns WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'campaigns: my_level is set by the server') WHERE NEW.my_level IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: creator is set by the server') WHERE NEW.creator IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: changed_by is set by the server') WHERE NEW.changed_by IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: version is set by the server') WHERE NEW.version IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: created_at is set by the server') WHERE NEW.created_at IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: changed_at is set by the server') WHERE NEW.changed_at IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: state is set by the server') WHERE NEW.state IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: lists_restricted is set by the server') WHERE NEW.lists_restricted IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: blacklists_restricted is set by the server') WHERE NEW.blacklists_restricted IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: row_count is set by the server') WHERE NEW.row_count IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: complete is set by the server') WHERE NEW.complete IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: file is set by the server') WHERE NEW.file IS NOT NULL;
  SELECT RAISE(ABORT, 'campaigns: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'campaigns: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'campaigns: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'campaigns: format is one of mjml, html') WHERE NEW.format NOT IN ('mjml', 'html');
  SELECT RAISE(ABORT, 'campaigns: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'create', 'campaign', coalesce(NEW.id, f.id), json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT NULL THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.audience IS NOT NULL THEN json_object('audience', NEW.audience) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT NULL THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.subject IS NOT NULL THEN json_object('subject', coalesce(CAST(NEW.subject AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.preheader IS NOT NULL THEN json_object('preheader', coalesce(CAST(NEW.preheader AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.format IS NOT NULL THEN json_object('format', coalesce(CAST(NEW.format AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.body IS NOT NULL THEN json_object('body', coalesce(CAST(NEW.body AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.sender_name IS NOT NULL THEN json_object('sender_name', coalesce(CAST(NEW.sender_name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.sender_email IS NOT NULL THEN json_object('sender_email', coalesce(CAST(NEW.sender_email AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.reply_to IS NOT NULL THEN json_object('reply_to', coalesce(CAST(NEW.reply_to AS TEXT), '')) ELSE '{}' END), 0 FROM fresh f;
END;

CREATE TRIGGER campaigns_changed INSTEAD OF UPDATE ON campaigns BEGIN
  SELECT RAISE(ABORT, 'campaigns: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'campaigns: audience can be given to a new row only') WHERE NEW.audience IS NOT OLD.audience;
  SELECT RAISE(ABORT, 'campaigns: my_level is set by the server') WHERE NEW.my_level IS NOT OLD.my_level;
  SELECT RAISE(ABORT, 'campaigns: creator is set by the server') WHERE NEW.creator IS NOT OLD.creator;
  SELECT RAISE(ABORT, 'campaigns: changed_by is set by the server') WHERE NEW.changed_by IS NOT OLD.changed_by;
  SELECT RAISE(ABORT, 'campaigns: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'campaigns: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'campaigns: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'campaigns: state is set by the server') WHERE NEW.state IS NOT OLD.state;
  SELECT RAISE(ABORT, 'campaigns: lists_restricted is set by the server') WHERE NEW.lists_restricted IS NOT OLD.lists_restricted;
  SELECT RAISE(ABORT, 'campaigns: blacklists_restricted is set by the server') WHERE NEW.blacklists_restricted IS NOT OLD.blacklists_restricted;
  SELECT RAISE(ABORT, 'campaigns: row_count is set by the server') WHERE NEW.row_count IS NOT OLD.row_count;
  SELECT RAISE(ABORT, 'campaigns: complete is set by the server') WHERE NEW.complete IS NOT OLD.complete;
  SELECT RAISE(ABORT, 'campaigns: file is set by the server') WHERE NEW.file IS NOT OLD.file;
  SELECT RAISE(ABORT, 'campaigns: you may only look at this') WHERE OLD.my_level = 'view';
  SELECT RAISE(ABORT, 'campaigns: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'campaigns: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'campaigns: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'campaigns: format is one of mjml, html') WHERE NEW.format NOT IN ('mjml', 'html');
  SELECT RAISE(ABORT, 'campaigns: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'campaign', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_campaigns WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT OLD.name THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT OLD.archived_at THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.subject IS NOT OLD.subject THEN json_object('subject', coalesce(CAST(NEW.subject AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.preheader IS NOT OLD.preheader THEN json_object('preheader', coalesce(CAST(NEW.preheader AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.format IS NOT OLD.format THEN json_object('format', coalesce(CAST(NEW.format AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.body IS NOT OLD.body THEN json_object('body', coalesce(CAST(NEW.body AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.sender_name IS NOT OLD.sender_name THEN json_object('sender_name', coalesce(CAST(NEW.sender_name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.sender_email IS NOT OLD.sender_email THEN json_object('sender_email', coalesce(CAST(NEW.sender_email AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.reply_to IS NOT OLD.reply_to THEN json_object('reply_to', coalesce(CAST(NEW.reply_to AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER campaigns_deleted INSTEAD OF DELETE ON campaigns BEGIN
  SELECT RAISE(ABORT, 'campaigns: you may only look at this') WHERE OLD.my_level = 'view';
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'campaign', OLD.id, '{}', coalesce((SELECT version FROM server_campaigns WHERE id = OLD.id), 0));
END;

CREATE VIEW templates (id, name, audience, my_level, creator, changed_by, version, created_at, changed_at, archived_at, subject, preheader, format, body) AS
SELECT s.id, s.name, s.audience, s.my_level, s.creator, s.changed_by, s.version, s.created_at, s.changed_at, s.archived_at, s.subject, s.preheader, s.format, s.body FROM server_templates s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, coalesce(e.fields ->> 'name', s.name, ''),
  CASE WHEN s.id IS NULL THEN coalesce(e.fields ->> 'audience', (SELECT default_audience FROM account), 'everyone') ELSE s.audience END,
  CASE WHEN s.id IS NULL THEN 'edit' ELSE s.my_level END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.creator END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.changed_by END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at,
  CASE e.fields ->> 'archived' WHEN 1 THEN coalesce(s.archived_at, e.at) WHEN 0 THEN NULL ELSE s.archived_at END,
  coalesce(e.fields ->> 'subject', s.subject, ''),
  coalesce(e.fields ->> 'preheader', s.preheader, ''),
  coalesce(e.fields ->> 'format', s.format, 'html'),
  coalesce(e.fields ->> 'body', s.body, '')
FROM edits e LEFT JOIN server_templates s ON s.id = e.id
WHERE e.kind = 'template' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER templates_made INSTEAD OF INSERT ON templates BEGIN
  SELECT RAISE(ABORT, 'templates: an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh') WHERE NEW.id IS NOT NULL AND NOT (length(NEW.id) = 36 AND substr(NEW.id, 15, 1) = '7' AND NEW.id = lower(NEW.id));
  SELECT RAISE(ABORT, 'templates: this id is taken') WHERE EXISTS (SELECT 1 FROM server_templates WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'templates: my_level is set by the server') WHERE NEW.my_level IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: creator is set by the server') WHERE NEW.creator IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: changed_by is set by the server') WHERE NEW.changed_by IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: version is set by the server') WHERE NEW.version IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: created_at is set by the server') WHERE NEW.created_at IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: changed_at is set by the server') WHERE NEW.changed_at IS NOT NULL;
  SELECT RAISE(ABORT, 'templates: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'templates: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'templates: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'templates: format is one of mjml, html') WHERE NEW.format NOT IN ('mjml', 'html');
  SELECT RAISE(ABORT, 'templates: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'create', 'template', coalesce(NEW.id, f.id), json_patch(json_patch(json_patch(json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT NULL THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.audience IS NOT NULL THEN json_object('audience', NEW.audience) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT NULL THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.subject IS NOT NULL THEN json_object('subject', coalesce(CAST(NEW.subject AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.preheader IS NOT NULL THEN json_object('preheader', coalesce(CAST(NEW.preheader AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.format IS NOT NULL THEN json_object('format', coalesce(CAST(NEW.format AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.body IS NOT NULL THEN json_object('body', coalesce(CAST(NEW.body AS TEXT), '')) ELSE '{}' END), 0 FROM fresh f;
END;

CREATE TRIGGER templates_changed INSTEAD OF UPDATE ON templates BEGIN
  SELECT RAISE(ABORT, 'templates: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'templates: audience can be given to a new row only') WHERE NEW.audience IS NOT OLD.audience;
  SELECT RAISE(ABORT, 'templates: my_level is set by the server') WHERE NEW.my_level IS NOT OLD.my_level;
  SELECT RAISE(ABORT, 'templates: creator is set by the server') WHERE NEW.creator IS NOT OLD.creator;
  SELECT RAISE(ABORT, 'templates: changed_by is set by the server') WHERE NEW.changed_by IS NOT OLD.changed_by;
  SELECT RAISE(ABORT, 'templates: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'templates: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'templates: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'templates: you may only look at this') WHERE OLD.my_level = 'view';
  SELECT RAISE(ABORT, 'templates: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'templates: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'templates: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'templates: format is one of mjml, html') WHERE NEW.format NOT IN ('mjml', 'html');
  SELECT RAISE(ABORT, 'templates: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'template', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_templates WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch(json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT OLD.name THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT OLD.archived_at THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.subject IS NOT OLD.subject THEN json_object('subject', coalesce(CAST(NEW.subject AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.preheader IS NOT OLD.preheader THEN json_object('preheader', coalesce(CAST(NEW.preheader AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.format IS NOT OLD.format THEN json_object('format', coalesce(CAST(NEW.format AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.body IS NOT OLD.body THEN json_object('body', coalesce(CAST(NEW.body AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER templates_deleted INSTEAD OF DELETE ON templates BEGIN
  SELECT RAISE(ABORT, 'templates: you may only look at this') WHERE OLD.my_level = 'view';
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'template', OLD.id, '{}', coalesce((SELECT version FROM server_templates WHERE id = OLD.id), 0));
END;

CREATE VIEW contact_lists (id, name, audience, my_level, creator, changed_by, version, created_at, changed_at, archived_at, description, row_count, complete, file) AS
SELECT s.id, s.name, s.audience, s.my_level, s.creator, s.changed_by, s.version, s.created_at, s.changed_at, s.archived_at, s.description, s.row_count, s.complete, s.file FROM server_contact_lists s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, coalesce(e.fields ->> 'name', s.name, ''),
  CASE WHEN s.id IS NULL THEN coalesce(e.fields ->> 'audience', (SELECT default_audience FROM account), 'everyone') ELSE s.audience END,
  CASE WHEN s.id IS NULL THEN 'edit' ELSE s.my_level END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.creator END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.changed_by END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at,
  CASE e.fields ->> 'archived' WHEN 1 THEN coalesce(s.archived_at, e.at) WHEN 0 THEN NULL ELSE s.archived_at END,
  coalesce(e.fields ->> 'description', s.description, ''),
  CASE WHEN s.id IS NULL THEN 0 ELSE s.row_count END,
  CASE WHEN s.id IS NULL THEN 1 ELSE s.complete END,
  CASE WHEN s.id IS NULL THEN (SELECT file FROM local_files f WHERE f.id = e.id) ELSE s.file END
FROM edits e LEFT JOIN server_contact_lists s ON s.id = e.id
WHERE e.kind = 'list' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER contact_lists_made INSTEAD OF INSERT ON contact_lists BEGIN
  SELECT RAISE(ABORT, 'contact_lists: an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh') WHERE NEW.id IS NOT NULL AND NOT (length(NEW.id) = 36 AND substr(NEW.id, 15, 1) = '7' AND NEW.id = lower(NEW.id));
  SELECT RAISE(ABORT, 'contact_lists: this id is taken') WHERE EXISTS (SELECT 1 FROM server_contact_lists WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'contact_lists: my_level is set by the server') WHERE NEW.my_level IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: creator is set by the server') WHERE NEW.creator IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: changed_by is set by the server') WHERE NEW.changed_by IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: version is set by the server') WHERE NEW.version IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: created_at is set by the server') WHERE NEW.created_at IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: changed_at is set by the server') WHERE NEW.changed_at IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: row_count is set by the server') WHERE NEW.row_count IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: complete is set by the server') WHERE NEW.complete IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: file is set by the server') WHERE NEW.file IS NOT NULL;
  SELECT RAISE(ABORT, 'contact_lists: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'contact_lists: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'contact_lists: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'contact_lists: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'create', 'list', coalesce(NEW.id, f.id), json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT NULL THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.audience IS NOT NULL THEN json_object('audience', NEW.audience) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT NULL THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.description IS NOT NULL THEN json_object('description', coalesce(CAST(NEW.description AS TEXT), '')) ELSE '{}' END), 0 FROM fresh f;
END;

CREATE TRIGGER contact_lists_changed INSTEAD OF UPDATE ON contact_lists BEGIN
  SELECT RAISE(ABORT, 'contact_lists: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'contact_lists: audience can be given to a new row only') WHERE NEW.audience IS NOT OLD.audience;
  SELECT RAISE(ABORT, 'contact_lists: my_level is set by the server') WHERE NEW.my_level IS NOT OLD.my_level;
  SELECT RAISE(ABORT, 'contact_lists: creator is set by the server') WHERE NEW.creator IS NOT OLD.creator;
  SELECT RAISE(ABORT, 'contact_lists: changed_by is set by the server') WHERE NEW.changed_by IS NOT OLD.changed_by;
  SELECT RAISE(ABORT, 'contact_lists: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'contact_lists: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'contact_lists: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'contact_lists: row_count is set by the server') WHERE NEW.row_count IS NOT OLD.row_count;
  SELECT RAISE(ABORT, 'contact_lists: complete is set by the server') WHERE NEW.complete IS NOT OLD.complete;
  SELECT RAISE(ABORT, 'contact_lists: file is set by the server') WHERE NEW.file IS NOT OLD.file;
  SELECT RAISE(ABORT, 'contact_lists: you may only look at this') WHERE OLD.my_level = 'view';
  SELECT RAISE(ABORT, 'contact_lists: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'contact_lists: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'contact_lists: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'contact_lists: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'list', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_contact_lists WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT OLD.name THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT OLD.archived_at THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.description IS NOT OLD.description THEN json_object('description', coalesce(CAST(NEW.description AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER contact_lists_deleted INSTEAD OF DELETE ON contact_lists BEGIN
  SELECT RAISE(ABORT, 'contact_lists: you may only look at this') WHERE OLD.my_level = 'view';
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'list', OLD.id, '{}', coalesce((SELECT version FROM server_contact_lists WHERE id = OLD.id), 0));
END;

CREATE VIEW blacklists (id, name, audience, my_level, creator, changed_by, version, created_at, changed_at, archived_at, description, row_count, complete, file) AS
SELECT s.id, s.name, s.audience, s.my_level, s.creator, s.changed_by, s.version, s.created_at, s.changed_at, s.archived_at, s.description, s.row_count, s.complete, s.file FROM server_blacklists s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, coalesce(e.fields ->> 'name', s.name, ''),
  CASE WHEN s.id IS NULL THEN coalesce(e.fields ->> 'audience', (SELECT default_audience FROM account), 'everyone') ELSE s.audience END,
  CASE WHEN s.id IS NULL THEN 'edit' ELSE s.my_level END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.creator END,
  CASE WHEN s.id IS NULL THEN (SELECT collaborator FROM mirror) ELSE s.changed_by END,
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at,
  CASE e.fields ->> 'archived' WHEN 1 THEN coalesce(s.archived_at, e.at) WHEN 0 THEN NULL ELSE s.archived_at END,
  coalesce(e.fields ->> 'description', s.description, ''),
  CASE WHEN s.id IS NULL THEN 0 ELSE s.row_count END,
  CASE WHEN s.id IS NULL THEN 1 ELSE s.complete END,
  CASE WHEN s.id IS NULL THEN (SELECT file FROM local_files f WHERE f.id = e.id) ELSE s.file END
FROM edits e LEFT JOIN server_blacklists s ON s.id = e.id
WHERE e.kind = 'blacklist' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER blacklists_made INSTEAD OF INSERT ON blacklists BEGIN
  SELECT RAISE(ABORT, 'blacklists: an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh') WHERE NEW.id IS NOT NULL AND NOT (length(NEW.id) = 36 AND substr(NEW.id, 15, 1) = '7' AND NEW.id = lower(NEW.id));
  SELECT RAISE(ABORT, 'blacklists: this id is taken') WHERE EXISTS (SELECT 1 FROM server_blacklists WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'blacklists: my_level is set by the server') WHERE NEW.my_level IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: creator is set by the server') WHERE NEW.creator IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: changed_by is set by the server') WHERE NEW.changed_by IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: version is set by the server') WHERE NEW.version IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: created_at is set by the server') WHERE NEW.created_at IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: changed_at is set by the server') WHERE NEW.changed_at IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: row_count is set by the server') WHERE NEW.row_count IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: complete is set by the server') WHERE NEW.complete IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: file is set by the server') WHERE NEW.file IS NOT NULL;
  SELECT RAISE(ABORT, 'blacklists: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'blacklists: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'blacklists: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'blacklists: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'create', 'blacklist', coalesce(NEW.id, f.id), json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT NULL THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.audience IS NOT NULL THEN json_object('audience', NEW.audience) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT NULL THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.description IS NOT NULL THEN json_object('description', coalesce(CAST(NEW.description AS TEXT), '')) ELSE '{}' END), 0 FROM fresh f;
END;

CREATE TRIGGER blacklists_changed INSTEAD OF UPDATE ON blacklists BEGIN
  SELECT RAISE(ABORT, 'blacklists: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'blacklists: audience can be given to a new row only') WHERE NEW.audience IS NOT OLD.audience;
  SELECT RAISE(ABORT, 'blacklists: my_level is set by the server') WHERE NEW.my_level IS NOT OLD.my_level;
  SELECT RAISE(ABORT, 'blacklists: creator is set by the server') WHERE NEW.creator IS NOT OLD.creator;
  SELECT RAISE(ABORT, 'blacklists: changed_by is set by the server') WHERE NEW.changed_by IS NOT OLD.changed_by;
  SELECT RAISE(ABORT, 'blacklists: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'blacklists: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'blacklists: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'blacklists: row_count is set by the server') WHERE NEW.row_count IS NOT OLD.row_count;
  SELECT RAISE(ABORT, 'blacklists: complete is set by the server') WHERE NEW.complete IS NOT OLD.complete;
  SELECT RAISE(ABORT, 'blacklists: file is set by the server') WHERE NEW.file IS NOT OLD.file;
  SELECT RAISE(ABORT, 'blacklists: you may only look at this') WHERE OLD.my_level = 'view';
  SELECT RAISE(ABORT, 'blacklists: a name is missing') WHERE trim(coalesce(NEW.name, '')) = '';
  SELECT RAISE(ABORT, 'blacklists: a name has at most 200 characters') WHERE length(NEW.name) > 200;
  SELECT RAISE(ABORT, 'blacklists: archived_at is a moment, in microseconds, or NULL') WHERE NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer';
  SELECT RAISE(ABORT, 'blacklists: audience is one of everyone, restricted') WHERE NEW.audience NOT IN ('everyone', 'restricted');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'blacklist', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_blacklists WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch(json_patch('{}', CASE WHEN NEW.name IS NOT OLD.name THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.archived_at IS NOT OLD.archived_at THEN json_object('archived', CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END) ELSE '{}' END), CASE WHEN NEW.description IS NOT OLD.description THEN json_object('description', coalesce(CAST(NEW.description AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER blacklists_deleted INSTEAD OF DELETE ON blacklists BEGIN
  SELECT RAISE(ABORT, 'blacklists: you may only look at this') WHERE OLD.my_level = 'view';
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'blacklist', OLD.id, '{}', coalesce((SELECT version FROM server_blacklists WHERE id = OLD.id), 0));
END;

CREATE VIEW campaign_lists (campaign, list) AS
SELECT campaign, list FROM server_campaign_lists
WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = campaign AND (e.deleted = 1 OR e.fields -> 'lists' IS NOT NULL))
UNION ALL
SELECT e.id, t.value FROM edits e, json_each(e.fields -> 'lists') t WHERE e.kind = 'campaign' AND e.deleted = 0;

CREATE TRIGGER campaign_lists_made INSTEAD OF INSERT ON campaign_lists BEGIN
  SELECT RAISE(ABORT, 'campaign_lists: there is no such campaign') WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign);
  SELECT RAISE(ABORT, 'campaign_lists: you may only look at this') WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign AND my_level = 'view');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'campaign', NEW.campaign, json_object('lists', json((SELECT json_group_array(target) FROM (SELECT list AS target FROM campaign_lists WHERE campaign = NEW.campaign UNION SELECT NEW.list)))),
    coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = NEW.campaign AND f.key IN (SELECT key FROM json_each('{"lists":0}'))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_campaigns WHERE id = NEW.campaign), 0);
END;

CREATE TRIGGER campaign_lists_deleted INSTEAD OF DELETE ON campaign_lists BEGIN
  SELECT RAISE(ABORT, 'campaign_lists: there is no such campaign') WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE id = OLD.campaign);
  SELECT RAISE(ABORT, 'campaign_lists: you may only look at this') WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = OLD.campaign AND my_level = 'view');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'campaign', OLD.campaign, json_object('lists', json((SELECT json_group_array(target) FROM (SELECT list AS target FROM campaign_lists WHERE campaign = OLD.campaign AND list <> OLD.list)))),
    coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.campaign AND f.key IN (SELECT key FROM json_each('{"lists":0}'))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_campaigns WHERE id = OLD.campaign), 0);
END;

CREATE TRIGGER campaign_lists_changed INSTEAD OF UPDATE ON campaign_lists BEGIN
  SELECT RAISE(ABORT, 'campaign_lists: a pair cannot be changed; delete it and insert another');
END;

CREATE VIEW campaign_blacklists (campaign, blacklist) AS
SELECT campaign, blacklist FROM server_campaign_blacklists
WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = campaign AND (e.deleted = 1 OR e.fields -> 'blacklists' IS NOT NULL))
UNION ALL
SELECT e.id, t.value FROM edits e, json_each(e.fields -> 'blacklists') t WHERE e.kind = 'campaign' AND e.deleted = 0;

CREATE TRIGGER campaign_blacklists_made INSTEAD OF INSERT ON campaign_blacklists BEGIN
  SELECT RAISE(ABORT, 'campaign_blacklists: there is no such campaign') WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign);
  SELECT RAISE(ABORT, 'campaign_blacklists: you may only look at this') WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = NEW.campaign AND my_level = 'view');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'campaign', NEW.campaign, json_object('blacklists', json((SELECT json_group_array(target) FROM (SELECT blacklist AS target FROM campaign_blacklists WHERE campaign = NEW.campaign UNION SELECT NEW.blacklist)))),
    coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = NEW.campaign AND f.key IN (SELECT key FROM json_each('{"blacklists":0}'))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_campaigns WHERE id = NEW.campaign), 0);
END;

CREATE TRIGGER campaign_blacklists_deleted INSTEAD OF DELETE ON campaign_blacklists BEGIN
  SELECT RAISE(ABORT, 'campaign_blacklists: there is no such campaign') WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE id = OLD.campaign);
  SELECT RAISE(ABORT, 'campaign_blacklists: you may only look at this') WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = OLD.campaign AND my_level = 'view');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'campaign', OLD.campaign, json_object('blacklists', json((SELECT json_group_array(target) FROM (SELECT blacklist AS target FROM campaign_blacklists WHERE campaign = OLD.campaign AND blacklist <> OLD.blacklist)))),
    coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.campaign AND f.key IN (SELECT key FROM json_each('{"blacklists":0}'))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_campaigns WHERE id = OLD.campaign), 0);
END;

CREATE TRIGGER campaign_blacklists_changed INSTEAD OF UPDATE ON campaign_blacklists BEGIN
  SELECT RAISE(ABORT, 'campaign_blacklists: a pair cannot be changed; delete it and insert another');
END;

CREATE VIEW states (id, kind, state) AS
SELECT id, kind, CASE WHEN max(state <> 'held') THEN 'pending' ELSE 'local only' END FROM outbox GROUP BY id
UNION ALL SELECT id, kind, what FROM attention WHERE what <> 'discarded';