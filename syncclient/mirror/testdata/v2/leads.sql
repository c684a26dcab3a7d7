CREATE TABLE server_leads (id TEXT NOT NULL PRIMARY KEY, assignee TEXT, assigned_at INTEGER, email TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL, source TEXT NOT NULL, fields TEXT NOT NULL, state TEXT NOT NULL, notes TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, walk INTEGER NOT NULL) STRICT;
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

CREATE VIEW leads (id, assignee, assigned_at, email, name, phone, source, fields, state, notes, version, created_at, changed_at) AS
SELECT s.id, s.assignee, s.assigned_at, s.email, s.name, s.phone, s.source, s.fields, s.state, s.notes, s.version, s.created_at, s.changed_at FROM server_leads s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, CASE WHEN s.id IS NULL THEN NULL ELSE s.assignee END,
  CASE WHEN s.id IS NULL THEN NULL ELSE s.assigned_at END,
  coalesce(e.fields ->> 'email', s.email, ''),
  coalesce(e.fields ->> 'name', s.name, ''),
  coalesce(e.fields ->> 'phone', s.phone, ''),
  CASE WHEN s.id IS NULL THEN '' ELSE s.source END,
  CASE WHEN s.id IS NULL THEN '{}' ELSE s.fields END,
  coalesce(e.fields ->> 'state', s.state, 'new'),
  coalesce(e.fields ->> 'notes', s.notes, ''),
  CASE WHEN s.id IS NULL THEN 0 ELSE s.version END,
  CASE WHEN s.id IS NULL THEN e.at ELSE s.created_at END,
  e.at
FROM edits e LEFT JOIN server_leads s ON s.id = e.id
WHERE e.kind = 'lead' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);

CREATE TRIGGER leads_made INSTEAD OF INSERT ON leads BEGIN
  SELECT RAISE(ABORT, 'leads: the server makes them; none can be made here') WHERE true;
END;

CREATE TRIGGER leads_changed INSTEAD OF UPDATE ON leads BEGIN
  SELECT RAISE(ABORT, 'leads: the id of a row is final') WHERE NEW.id IS NOT OLD.id;
  SELECT RAISE(ABORT, 'leads: assignee is set by the server') WHERE NEW.assignee IS NOT OLD.assignee;
  SELECT RAISE(ABORT, 'leads: assigned_at is set by the server') WHERE NEW.assigned_at IS NOT OLD.assigned_at;
  SELECT RAISE(ABORT, 'leads: source is set by the server') WHERE NEW.source IS NOT OLD.source;
  SELECT RAISE(ABORT, 'leads: fields is set by the server') WHERE NEW.fields IS NOT OLD.fields;
  SELECT RAISE(ABORT, 'leads: version is set by the server') WHERE NEW.version IS NOT OLD.version;
  SELECT RAISE(ABORT, 'leads: created_at is set by the server') WHERE NEW.created_at IS NOT OLD.created_at;
  SELECT RAISE(ABORT, 'leads: changed_at is set by the server') WHERE NEW.changed_at IS NOT OLD.changed_at;
  SELECT RAISE(ABORT, 'leads: state is one of new, in_progress, won, lost') WHERE NEW.state NOT IN ('new', 'in_progress', 'won', 'lost');
  INSERT INTO edit (op, kind, id, fields, base)
  SELECT 'change', 'lead', OLD.id, c.fields, coalesce((SELECT o.base FROM outbox o, json_each(o.fields) f WHERE o.id = OLD.id AND f.key IN (SELECT key FROM json_each(c.fields))
    ORDER BY o.seq DESC LIMIT 1), (SELECT version FROM server_leads WHERE id = OLD.id), 0)
  FROM (SELECT json_patch(json_patch(json_patch(json_patch(json_patch('{}', CASE WHEN NEW.email IS NOT OLD.email THEN json_object('email', coalesce(CAST(NEW.email AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.name IS NOT OLD.name THEN json_object('name', coalesce(CAST(NEW.name AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.phone IS NOT OLD.phone THEN json_object('phone', coalesce(CAST(NEW.phone AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.state IS NOT OLD.state THEN json_object('state', coalesce(CAST(NEW.state AS TEXT), '')) ELSE '{}' END), CASE WHEN NEW.notes IS NOT OLD.notes THEN json_object('notes', coalesce(CAST(NEW.notes AS TEXT), '')) ELSE '{}' END) AS fields) c WHERE c.fields <> '{}';
END;

CREATE TRIGGER leads_deleted INSTEAD OF DELETE ON leads BEGIN
  INSERT INTO edit (op, kind, id, fields, base)
  VALUES ('delete', 'lead', OLD.id, '{}', coalesce((SELECT version FROM server_leads WHERE id = OLD.id), 0));
END;

CREATE VIEW states (id, kind, state) AS
SELECT id, kind, CASE WHEN max(state <> 'held') THEN 'pending' ELSE 'local only' END FROM outbox GROUP BY id;