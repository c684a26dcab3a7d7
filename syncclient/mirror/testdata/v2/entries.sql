CREATE TABLE server_entries (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, walk INTEGER NOT NULL) STRICT;
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
  repaired_at INTEGER NOT NULL DEFAULT 0
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

CREATE VIEW entries (id, kind, value, reason, note, version, created_at, changed_at) AS
SELECT s.id, s.kind, s.value, s.reason, s.note, s.version, s.created_at, s.changed_at FROM server_entries s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, CASE WHEN s.id IS NULL THEN CASE WHEN e.fields ->> 'value' LIKE '%_@_%' THEN 'address' ELSE 'domain' END ELSE s.kind END,
  CASE WHEN s.id IS NULL THEN e.fields ->> 'value' ELSE s.value END,
  coalesce(e.fields ->> 'reason', s.reason, 'manual'),
  coalesce(e.fields ->> 'note', s.note, ''),
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at
FROM edits e LEFT JOIN server_entries s ON s.id = e.id
WHERE e.kind = 'entry' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER entries_made INSTEAD OF INSERT ON entries BEGIN
  SELECT RAISE(ABORT, 'entries: an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh') WHERE NEW.id IS NOT NULL AND NOT (length(NEW.id) = 36 AND substr(NEW.id, 15, 1) = '7' AND NEW.id = lower(NEW.id));
  SELECT RAISE(ABORT, 'entries: this id is taken') WHERE EXISTS (SELECT 1 FROM server_entries WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'entries: kind is set by the server') WHERE NEW.kind IS NOT NULL;
  SELECT RAISE(ABORT, 'entries: version is set by the server') WHERE NEW.version IS NOT NULL;
  SELECT RAISE(ABORT, 'entries: created_at is set by the server') WHERE NEW.created_at IS NOT NULL;
  SELECT RAISE(ABORT, 'entries: changed_at is set by the server') WHERE NEW.changed_at IS NOT NULL;
  SELECT RAISE(ABORT, 'entries: an address or domain is missing') WHERE trim(coalesce(NEW.value, '')) = '';
  SELECT RAISE(ABORT, 'entries: reason is one of unsubscribed, bounced, complaint, manual') WHERE NEW.reason NOT IN ('unsubscribed', 'bounced', 'complaint', 'manual');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'create', 'entry', coalesce(NEW.id, f.id), json_patch(json_patch(json_patch('{}', CASE WHEN NEW.value IS NOT NULL THEN json_object('value', NEW.value) ELSE '{}' END), CASE WHEN NEW.reason IS NOT NULL THEN json_object('reason', coalesce(CAST(NEW.reason AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.note IS NOT NULL THEN json_object('note', coalesce(CAST(NEW.note AS TEXT), '')) ELSE '{}' END), 0 FROM fresh f;
END;

CREATE TRIGGER entries_changed INSTEAD OF UPDATE ON entries BEGIN
  SELECT RAISE(ABORT, 'entries: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'entries: kind is set by the server') WHERE NEW.kind IS NOT OLD.kind;
  SELECT RAISE(ABORT, 'entries: value can be given to a new row only') WHERE NEW.value IS NOT OLD.value;
  SELECT RAISE(ABORT, 'entries: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'entries: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'entries: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'entries: an address or domain is missing') WHERE trim(coalesce(NEW.value, '')) = '';
  SELECT RAISE(ABORT, 'entries: reason is one of unsubscribed, bounced, complaint, manual') WHERE NEW.reason NOT IN ('unsubscribed', 'bounced', 'complaint', 'manual');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'entry', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_entries WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch('{}', CASE WHEN NEW.reason IS NOT OLD.reason THEN json_object('reason', coalesce(CAST(NEW.reason AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.note IS NOT OLD.note THEN json_object('note', coalesce(CAST(NEW.note AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER entries_deleted INSTEAD OF DELETE ON entries BEGIN
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'entry', OLD.id, '{}', coalesce((SELECT version FROM server_entries WHERE id = OLD.id), 0));
END;

CREATE VIEW states (id, kind, state) AS
SELECT id, kind, CASE WHEN max(state <> 'held') THEN 'pending' ELSE 'local only' END FROM outbox GROUP BY id;