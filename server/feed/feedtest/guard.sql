-- Notes of what the open transaction changed; checked and cleared when its commit is numbered.
CREATE TABLE guard_notes (what TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, other TEXT NOT NULL DEFAULT '');

CREATE TRIGGER guard_items_insert AFTER INSERT ON items BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
  INSERT INTO guard_notes VALUES ('sight', NEW.account_id, NEW.id, '00000000-0000-0000-0000-000000000000');
END;

CREATE TRIGGER guard_items_update AFTER UPDATE OF name, audience, version, archived_at, deleted_at, changed_at, changed_by_id ON items BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_items_sight AFTER UPDATE OF audience, deleted_at ON items BEGIN
  INSERT INTO guard_notes SELECT 'sight', NEW.account_id, NEW.id, '00000000-0000-0000-0000-000000000000'
  WHERE OLD.audience <> NEW.audience OR (OLD.deleted_at = 0) <> (NEW.deleted_at = 0);
END;

CREATE TRIGGER guard_campaigns_insert AFTER INSERT ON campaigns BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_campaigns_update AFTER UPDATE OF subject, preheader, sender_name, sender_email, reply_to, format, body, state ON campaigns BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_templates_insert AFTER INSERT ON templates BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_templates_update AFTER UPDATE ON templates BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_contact_lists_insert AFTER INSERT ON contact_lists BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_contact_lists_update AFTER UPDATE ON contact_lists BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_blacklists_insert AFTER INSERT ON blacklists BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_blacklists_update AFTER UPDATE ON blacklists BEGIN
  INSERT INTO guard_notes VALUES ('item', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_campaign_lists_insert AFTER INSERT ON campaign_lists BEGIN
  INSERT INTO guard_notes SELECT 'item', account_id, id, '' FROM items WHERE id = NEW.campaign_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_campaign_lists_delete AFTER DELETE ON campaign_lists BEGIN
  INSERT INTO guard_notes SELECT 'item', account_id, id, '' FROM items WHERE id = OLD.campaign_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_campaign_blacklists_insert AFTER INSERT ON campaign_blacklists BEGIN
  INSERT INTO guard_notes SELECT 'item', account_id, id, '' FROM items WHERE id = NEW.campaign_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_campaign_blacklists_delete AFTER DELETE ON campaign_blacklists BEGIN
  INSERT INTO guard_notes SELECT 'item', account_id, id, '' FROM items WHERE id = OLD.campaign_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_people_insert AFTER INSERT ON collaborators BEGIN
  INSERT INTO guard_notes VALUES ('person', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_people_update AFTER UPDATE OF email, first_name, last_name, role, status, can_send, can_export, version, removed_at ON collaborators BEGIN
  INSERT INTO guard_notes VALUES ('person', NEW.account_id, NEW.id, '');
END;

CREATE TRIGGER guard_settings_insert AFTER INSERT ON accounts BEGIN
  INSERT INTO guard_notes VALUES ('settings', NEW.id, NEW.id, '');
END;

CREATE TRIGGER guard_settings AFTER UPDATE OF name, default_audience, locale, time_zone, version ON accounts BEGIN
  INSERT INTO guard_notes VALUES ('settings', NEW.id, NEW.id, '');
END;

CREATE TRIGGER guard_access_insert AFTER INSERT ON access BEGIN
  INSERT INTO guard_notes VALUES ('sight', NEW.account_id, NEW.item_id, NEW.collaborator_id);
END;

CREATE TRIGGER guard_access_update AFTER UPDATE OF level ON access BEGIN
  INSERT INTO guard_notes VALUES ('sight', NEW.account_id, NEW.item_id, NEW.collaborator_id);
END;

CREATE TRIGGER guard_access_delete AFTER DELETE ON access BEGIN
  INSERT INTO guard_notes SELECT 'sight', account_id, id, OLD.collaborator_id FROM items WHERE id = OLD.item_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_contacts_insert AFTER INSERT ON contacts BEGIN
  INSERT INTO guard_notes VALUES ('row of contacts', NEW.account_id, NEW.id, NEW.list_id);
END;

CREATE TRIGGER guard_contacts_update AFTER UPDATE ON contacts BEGIN
  INSERT INTO guard_notes VALUES ('row of contacts', NEW.account_id, NEW.id, NEW.list_id);
END;

CREATE TRIGGER guard_contacts_delete AFTER DELETE ON contacts BEGIN
  INSERT INTO guard_notes SELECT 'gone row', OLD.account_id, OLD.id, OLD.list_id FROM items WHERE id = OLD.list_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_blacklist_entries_insert AFTER INSERT ON blacklist_entries BEGIN
  INSERT INTO guard_notes VALUES ('row of blacklist_entries', NEW.account_id, NEW.id, NEW.blacklist_id);
END;

CREATE TRIGGER guard_blacklist_entries_update AFTER UPDATE ON blacklist_entries BEGIN
  INSERT INTO guard_notes VALUES ('row of blacklist_entries', NEW.account_id, NEW.id, NEW.blacklist_id);
END;

CREATE TRIGGER guard_blacklist_entries_delete AFTER DELETE ON blacklist_entries BEGIN
  INSERT INTO guard_notes SELECT 'gone row', OLD.account_id, OLD.id, OLD.blacklist_id FROM items WHERE id = OLD.blacklist_id AND deleted_at = 0;
END;

CREATE TRIGGER guard_leads_insert AFTER INSERT ON leads BEGIN
  INSERT INTO guard_notes VALUES ('row of leads', NEW.account_id, NEW.id, NEW.campaign_id);
END;

CREATE TRIGGER guard_leads_update AFTER UPDATE ON leads BEGIN
  INSERT INTO guard_notes VALUES ('row of leads', NEW.account_id, NEW.id, NEW.campaign_id);
END;

CREATE TRIGGER guard_leads_left AFTER UPDATE OF assignee_id ON leads WHEN OLD.assignee_id IS NOT NULL AND OLD.assignee_id IS NOT NEW.assignee_id BEGIN
  INSERT INTO guard_notes VALUES ('left ' || OLD.assignee_id, NEW.account_id, NEW.id, NEW.campaign_id);
END;

CREATE TRIGGER guard_leads_delete AFTER DELETE ON leads BEGIN
  INSERT INTO guard_notes SELECT 'gone row', OLD.account_id, OLD.id, OLD.campaign_id FROM items WHERE id = OLD.campaign_id AND deleted_at = 0;
  INSERT INTO guard_notes SELECT 'left ' || OLD.assignee_id, OLD.account_id, OLD.id, OLD.campaign_id FROM items
  WHERE id = OLD.campaign_id AND deleted_at = 0 AND OLD.assignee_id IS NOT NULL;
END;

-- The nonce is the last statement of a numbered transaction: by then all must be stamped.
CREATE TRIGGER guard_commit AFTER INSERT ON feed_commits BEGIN
  SELECT RAISE(ABORT, 'guard: an item changed and its position did not move') FROM guard_notes n
    JOIN items i ON i.id = n.id WHERE n.what = 'item' AND n.account = NEW.account_id AND i.seq <> NEW.seq;
  SELECT RAISE(ABORT, 'guard: a person changed and their position did not move') FROM guard_notes n
    JOIN collaborators c ON c.id = n.id WHERE n.what = 'person' AND n.account = NEW.account_id AND c.seq <> NEW.seq;
  SELECT RAISE(ABORT, 'guard: the settings changed and their position did not move') FROM guard_notes n
    JOIN accounts a ON a.id = n.id WHERE n.what = 'settings' AND n.account = NEW.account_id AND a.settings_seq <> NEW.seq;
  SELECT RAISE(ABORT, 'guard: who sees an item changed and no visibility event tells') FROM guard_notes n
    WHERE n.what = 'sight' AND n.account = NEW.account_id AND NOT EXISTS (SELECT 1 FROM visibility_events v
      WHERE v.account_id = n.account AND v.seq = NEW.seq AND v.item_id = n.id AND v.collaborator_id = n.other);
  SELECT RAISE(ABORT, 'guard: a row changed and its list did not move') FROM guard_notes n
    JOIN items i ON i.id = n.other WHERE n.what LIKE '%row%' AND n.account = NEW.account_id AND i.rows_seq <> NEW.seq;
  SELECT RAISE(ABORT, 'guard: a contact was written without its position') FROM guard_notes n
    JOIN contacts c ON c.id = n.id JOIN items i ON i.id = c.list_id
    WHERE n.what = 'row of contacts' AND n.account = NEW.account_id AND c.row_seq <> i.rows_head;
  SELECT RAISE(ABORT, 'guard: an entry was written without its position') FROM guard_notes n
    JOIN blacklist_entries e ON e.id = n.id JOIN items i ON i.id = e.blacklist_id
    WHERE n.what = 'row of blacklist_entries' AND n.account = NEW.account_id AND e.row_seq <> i.rows_head;
  SELECT RAISE(ABORT, 'guard: a lead was written without its position') FROM guard_notes n
    JOIN leads l ON l.id = n.id JOIN items i ON i.id = l.campaign_id
    WHERE n.what = 'row of leads' AND n.account = NEW.account_id AND l.row_seq <> i.rows_head;
  SELECT RAISE(ABORT, 'guard: a row was deleted without a tombstone') FROM guard_notes n
    WHERE n.what = 'gone row' AND n.account = NEW.account_id AND NOT EXISTS (SELECT 1 FROM row_tombstones t
      WHERE t.item_id = n.other AND t.row_id = n.id AND t.collaborator_id = '00000000-0000-0000-0000-000000000000');
  SELECT RAISE(ABORT, 'guard: a lead left a person without a tombstone') FROM guard_notes n JOIN items i ON i.id = n.other
    WHERE n.what LIKE 'left %' AND n.account = NEW.account_id AND NOT EXISTS (SELECT 1 FROM row_tombstones t
      WHERE t.item_id = n.other AND t.row_id = n.id AND t.collaborator_id = substr(n.what, 6) AND t.row_seq = i.rows_head);
  SELECT RAISE(ABORT, 'guard: leads moved and their position with a person did not') FROM (
      SELECT n.account, n.other, substr(n.what, 6) AS person FROM guard_notes n WHERE n.what LIKE 'left %' UNION
      SELECT n.account, n.other, l.assignee_id FROM guard_notes n JOIN leads l ON l.id = n.id
        WHERE n.what = 'row of leads' AND l.assignee_id IS NOT NULL) n
    WHERE n.account = NEW.account_id AND NOT EXISTS (SELECT 1 FROM lead_positions p JOIN items i ON i.id = p.campaign_id
      WHERE p.campaign_id = n.other AND p.collaborator_id = n.person AND p.seq = NEW.seq AND p.row_seq = i.rows_head);
  SELECT RAISE(ABORT, 'guard: a list does not count its rows right') FROM (SELECT DISTINCT other AS list
    FROM guard_notes WHERE what LIKE '%row%' AND account = NEW.account_id) n
    JOIN items i ON i.id = n.list WHERE i.rows_count <>
      (SELECT count(*) FROM contacts WHERE list_id = i.id) + (SELECT count(*) FROM blacklist_entries WHERE blacklist_id = i.id) +
      (SELECT count(*) FROM leads WHERE campaign_id = i.id);
  -- In halves, since sums of whole lanes would not wrap.
  SELECT RAISE(ABORT, 'guard: a list does not add up the digests of its rows right') FROM (SELECT DISTINCT other AS list
    FROM guard_notes WHERE what LIKE '%row%' AND account = NEW.account_id) n JOIN items i ON i.id = n.list
    WHERE i.rows_digest_a <> (SELECT (((sum((d >> 32) & 4294967295) + (sum(d & 4294967295) >> 32)) & 4294967295) << 32) | (sum(d & 4294967295) & 4294967295)
      FROM (SELECT digest_a AS d FROM contacts WHERE list_id = i.id UNION ALL SELECT digest_a FROM blacklist_entries WHERE blacklist_id = i.id UNION ALL SELECT 0))
    OR i.rows_digest_b <> (SELECT (((sum((d >> 32) & 4294967295) + (sum(d & 4294967295) >> 32)) & 4294967295) << 32) | (sum(d & 4294967295) & 4294967295)
      FROM (SELECT digest_b AS d FROM contacts WHERE list_id = i.id UNION ALL SELECT digest_b FROM blacklist_entries WHERE blacklist_id = i.id UNION ALL SELECT 0));
  DELETE FROM guard_notes WHERE account = NEW.account_id;
END;
