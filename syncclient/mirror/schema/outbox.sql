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
  state  TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sealed', 'applied', 'held')),
  seen   TEXT    NOT NULL DEFAULT '{}'
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
CREATE VIEW edit (op, kind, id, fields, base, seen) AS SELECT op, kind, id, fields, base, seen FROM outbox WHERE false;

CREATE TRIGGER edit_made INSTEAD OF INSERT ON edit BEGIN
  -- A change goes into the newest entry of its row, if that is open and was made on the same version.
  -- Of a field that it has already, the person saw what they saw then; where it is not known when that was, nothing is said.
  UPDATE outbox SET fields = json_patch(fields, NEW.fields), at = (SELECT at FROM fresh),
    seen = CASE WHEN NEW.seen ->> 'changed_at' > 0 THEN json_patch(NEW.seen, seen) ELSE '{}' END
  WHERE NEW.op = 'change' AND seq = (SELECT max(seq) FROM outbox WHERE id = NEW.id)
    AND state IN ('open', 'held') AND (op = 'create' OR op = 'change' AND base = NEW.base);
  INSERT INTO outbox (key, op, kind, id, fields, base, at, seen)
  SELECT f.id, NEW.op, NEW.kind, NEW.id, NEW.fields, NEW.base, f.at, coalesce(NEW.seen, '{}') FROM fresh f
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
