-- What SQLite's planner is to believe of the tables whose queries have several indexes to choose from:
-- rows, then rows for one value of an index's first column, of its first two, and so on. The figures are
-- of a large server. They are given once and not measured (ANALYZE), so that plans do not depend on what
-- a database happens to hold: with a single account, a measured index on account_id looks worthless.
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('items', 'sqlite_autoindex_items_1', '100000 1'),
  ('items', 'item_account_id_seq_id', '100000 10000 1 1'),
  ('items', 'item_account_id_rows_seq_id', '100000 10000 2 1'),
  ('items', 'item_account_id_kind_seq_id', '100000 10000 3000 1 1'),
  ('items', 'item_account_id_audience_kind_seq_id', '100000 10000 5000 2000 1 1'),
  ('items', 'item_creator_id_kind_seq_id', '100000 100 30 1 1'),
  ('items', 'item_account_id_kind_name_key_id', '100000 10000 3000 2 1'),
  ('items', 'item_account_id_deleted_at', '10000 1000 1'),
  ('access', 'sqlite_autoindex_access_1', '1000000 1'),
  ('access', 'access_person_item_level', '1000000 1000 1 1'),
  ('access', 'access_item_id_collaborator_id', '1000000 10 1'),
  ('access', 'access_collaborator_id_item_seq_item_id_level', '1000000 1000 1 1 1'),
  ('contacts', 'sqlite_autoindex_contacts_1', '1000000 1'),
  ('contacts', 'contact_list_id_email_key', '1000000 10000 1'),
  ('contacts', 'contact_list_id_row_seq_id', '1000000 10000 100 1'),
  ('contacts', 'contact_account_id_email_key', '1000000 100000 2'),
  ('blacklist_entries', 'sqlite_autoindex_blacklist_entries_1', '1000000 1'),
  ('blacklist_entries', 'blacklistentry_blacklist_id_value_key', '1000000 10000 1'),
  ('blacklist_entries', 'blacklistentry_blacklist_id_row_seq_id', '1000000 10000 100 1'),
  ('blacklist_entries', 'blacklistentry_account_id_value_key', '1000000 100000 2'),
  ('audit_events', 'sqlite_autoindex_audit_events_1', '1000000 1'),
  ('audit_events', 'auditevent_account_id_number', '1000000 100000 1'),
  ('audit_events', 'auditevent_account_id_actor_id_number', '1000000 100000 5000 1'),
  ('audit_events', 'auditevent_account_id_item_id_number', '1000000 100000 100 1'),
  ('audit_events', 'auditevent_account_id_person_id_number', '1000000 100000 500 1'),
  ('audit_events', 'auditevent_account_id_verb_number', '1000000 100000 10000 1');
