-- create "login_throttles" table
CREATE TABLE "login_throttles" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "key_hash" bytea NOT NULL,
  "failures" bigint NOT NULL DEFAULT 0,
  "window_ends_at" bigint NOT NULL DEFAULT 0,
  "blocked_until" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("id")
);
-- create index "login_throttles_key_hash_key" to table: "login_throttles"
CREATE UNIQUE INDEX "login_throttles_key_hash_key" ON "login_throttles" ("key_hash");
-- create index "loginthrottle_window_ends_at" to table: "login_throttles"
CREATE INDEX "loginthrottle_window_ends_at" ON "login_throttles" ("window_ends_at");
-- create "accounts" table
CREATE TABLE "accounts" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "name" character varying NOT NULL,
  "default_audience" character varying NOT NULL DEFAULT 'everyone',
  "locale" character varying NOT NULL DEFAULT 'en',
  "time_zone" character varying NOT NULL DEFAULT 'UTC',
  "version" bigint NOT NULL DEFAULT 1,
  "settings_seq" bigint NOT NULL DEFAULT 0,
  "seq" bigint NOT NULL DEFAULT 0,
  "edges_seq" bigint NOT NULL DEFAULT 0,
  "horizon" bigint NOT NULL DEFAULT 0,
  "member_leads" character varying NOT NULL DEFAULT 'all',
  "leads_epoch" bigint NOT NULL DEFAULT 0,
  "desktop_lock_days" bigint NOT NULL DEFAULT 30,
  "desktop_erase_days" bigint NOT NULL DEFAULT 90,
  "job_count" bigint NOT NULL DEFAULT 0,
  "history_count" bigint NOT NULL DEFAULT 0,
  "history_hash" bytea NULL,
  "epoch" bigint NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "accounts_default_audience_values" CHECK ("default_audience" IN ('everyone', 'restricted')),
  CONSTRAINT "accounts_locale_values" CHECK ("locale" IN ('en', 'fr')),
  CONSTRAINT "accounts_member_leads_values" CHECK ("member_leads" IN ('all', 'own'))
);
-- create "openings" table
CREATE TABLE "openings" (
  "node_id" uuid NOT NULL,
  "item_id" uuid NOT NULL,
  "collaborator_id" uuid NOT NULL,
  "since" bigint NOT NULL,
  "ends_at" bigint NOT NULL,
  PRIMARY KEY ("node_id", "item_id", "collaborator_id")
);
-- create index "openings_item_id" to table: "openings"
CREATE INDEX "openings_item_id" ON "openings" ("item_id");
-- create "visibility_events" table
CREATE TABLE "visibility_events" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "seq" bigint NOT NULL,
  "item_id" uuid NOT NULL,
  "collaborator_id" uuid NOT NULL,
  "before" character varying NOT NULL,
  "before_round_robin" boolean NOT NULL DEFAULT false,
  "job_number" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("id"),
  CONSTRAINT "visibility_events_before_values" CHECK ("before" IN ('absent', 'none', 'view', 'edit', 'everyone', 'restricted', 'dead'))
);
-- create index "visibilityevent_account_id_collaborator_id_seq_item_id" to table: "visibility_events"
CREATE UNIQUE INDEX "visibilityevent_account_id_collaborator_id_seq_item_id" ON "visibility_events" ("account_id", "collaborator_id", "seq", "item_id");
-- create index "visibilityevent_item_id_collaborator_id_seq" to table: "visibility_events"
CREATE INDEX "visibilityevent_item_id_collaborator_id_seq" ON "visibility_events" ("item_id", "collaborator_id", "seq");
-- create index "visibility_event_of_job" to table: "visibility_events"
CREATE INDEX "visibility_event_of_job" ON "visibility_events" ("account_id", "job_number", "collaborator_id", "item_id") WHERE job_number > 0;
-- create index "visibility_event_by_hand" to table: "visibility_events"
CREATE INDEX "visibility_event_by_hand" ON "visibility_events" ("account_id", "collaborator_id", "seq", "item_id") WHERE job_number = 0;
-- create "feed_commits" table
CREATE TABLE "feed_commits" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "seq" bigint NOT NULL,
  "nonce" bigint NOT NULL,
  PRIMARY KEY ("id")
);
-- create index "feedcommit_account_id_seq" to table: "feed_commits"
CREATE UNIQUE INDEX "feedcommit_account_id_seq" ON "feed_commits" ("account_id", "seq");
-- create "row_tombstones" table
CREATE TABLE "row_tombstones" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "item_id" uuid NOT NULL,
  "row_id" uuid NOT NULL,
  "row_seq" bigint NOT NULL,
  "collaborator_id" uuid NOT NULL,
  PRIMARY KEY ("id")
);
-- create index "rowtombstone_item_id_collaborator_id_row_seq_row_id" to table: "row_tombstones"
CREATE INDEX "rowtombstone_item_id_collaborator_id_row_seq_row_id" ON "row_tombstones" ("item_id", "collaborator_id", "row_seq", "row_id");
-- create index "rowtombstone_item_id_row_id" to table: "row_tombstones"
CREATE INDEX "rowtombstone_item_id_row_id" ON "row_tombstones" ("item_id", "row_id");
-- create "secrets" table
CREATE TABLE "secrets" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "name" character varying NOT NULL,
  "value" bytea NOT NULL,
  PRIMARY KEY ("id")
);
-- create index "secrets_name_key" to table: "secrets"
CREATE UNIQUE INDEX "secrets_name_key" ON "secrets" ("name");
-- create "mails" table
CREATE TABLE "mails" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NULL,
  "recipient" character varying NOT NULL,
  "subject" character varying NOT NULL,
  "text_body" text NOT NULL,
  "html_body" text NOT NULL DEFAULT '',
  "state" character varying NOT NULL DEFAULT 'waiting',
  "tries" bigint NOT NULL DEFAULT 0,
  "last_error" character varying NOT NULL DEFAULT '',
  "next_try_at" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("id"),
  CONSTRAINT "mails_state_values" CHECK ("state" IN ('waiting', 'sent', 'failed', 'kept'))
);
-- create index "mail_state_next_try_at" to table: "mails"
CREATE INDEX "mail_state_next_try_at" ON "mails" ("state", "next_try_at");
-- create "users" table
CREATE TABLE "users" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "email" character varying NOT NULL,
  "email_key" character varying NOT NULL COLLATE "C",
  "password_hash" character varying NOT NULL,
  "first_name" character varying NOT NULL,
  "last_name" character varying NOT NULL,
  "locale" character varying NOT NULL DEFAULT 'en',
  "totp_secret" character varying NOT NULL DEFAULT '',
  PRIMARY KEY ("id"),
  CONSTRAINT "users_locale_values" CHECK ("locale" IN ('en', 'fr'))
);
-- create index "users_email_key_key" to table: "users"
CREATE UNIQUE INDEX "users_email_key_key" ON "users" ("email_key");
-- create "collaborators" table
CREATE TABLE "collaborators" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "email" character varying NOT NULL,
  "first_name" character varying NOT NULL,
  "last_name" character varying NOT NULL,
  "search_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "role" character varying NOT NULL DEFAULT 'member',
  "status" character varying NOT NULL DEFAULT 'active',
  "can_send" boolean NOT NULL DEFAULT false,
  "can_export" boolean NOT NULL DEFAULT false,
  "credit_period" character varying NULL,
  "credit_amount" bigint NOT NULL DEFAULT 0,
  "version" bigint NOT NULL DEFAULT 1,
  "seq" bigint NOT NULL DEFAULT 0,
  "sight" bigint NOT NULL,
  "last_visit_at" bigint NOT NULL DEFAULT 0,
  "away_until" bigint NOT NULL DEFAULT 0,
  "removed_at" bigint NOT NULL DEFAULT 0,
  "account_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "collaborators_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
  CONSTRAINT "collaborators_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "collaborators_credit_period_values" CHECK ("credit_period" IN ('none', 'month', 'year', 'unlimited')),
  CONSTRAINT "collaborators_role_values" CHECK ("role" IN ('owner', 'manager', 'member')),
  CONSTRAINT "collaborators_status_values" CHECK ("status" IN ('active', 'deactivated'))
);
-- create index "collaborator_account_id_user_id" to table: "collaborators"
CREATE UNIQUE INDEX "collaborator_account_id_user_id" ON "collaborators" ("account_id", "user_id");
-- create index "collaborator_account_id_seq" to table: "collaborators"
CREATE INDEX "collaborator_account_id_seq" ON "collaborators" ("account_id", "seq");
-- create index "collaborator_user_id" to table: "collaborators"
CREATE INDEX "collaborator_user_id" ON "collaborators" ("user_id");
-- create "items" table
CREATE TABLE "items" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "kind" character varying NOT NULL,
  "name" character varying NOT NULL,
  "name_key" character varying NOT NULL COLLATE "C",
  "audience" character varying NOT NULL DEFAULT 'everyone',
  "version" bigint NOT NULL DEFAULT 1,
  "field_versions" jsonb NULL,
  "seq" bigint NOT NULL DEFAULT 0,
  "rows_seq" bigint NOT NULL DEFAULT 0,
  "rows_epoch" bigint NOT NULL,
  "rows_head" bigint NOT NULL DEFAULT 0,
  "rows_floor" bigint NOT NULL DEFAULT 0,
  "rows_count" bigint NOT NULL DEFAULT 0,
  "rows_digest_a" bigint NOT NULL DEFAULT 0,
  "rows_digest_b" bigint NOT NULL DEFAULT 0,
  "changed_at" bigint NOT NULL DEFAULT 0,
  "archived_at" bigint NOT NULL DEFAULT 0,
  "deleted_at" bigint NOT NULL DEFAULT 0,
  "account_id" uuid NOT NULL,
  "creator_id" uuid NULL,
  "changed_by_id" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "items_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
  CONSTRAINT "items_collaborators_creator" FOREIGN KEY ("creator_id") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "items_collaborators_changed_by" FOREIGN KEY ("changed_by_id") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "items_audience_values" CHECK ("audience" IN ('everyone', 'restricted')),
  CONSTRAINT "items_kind_values" CHECK ("kind" IN ('campaign', 'template', 'contact_list', 'blacklist'))
);
-- create index "item_account_id_seq_id" to table: "items"
CREATE INDEX "item_account_id_seq_id" ON "items" ("account_id", "seq", "id");
-- create index "item_account_id_rows_seq_id" to table: "items"
CREATE INDEX "item_account_id_rows_seq_id" ON "items" ("account_id", "rows_seq", "id");
-- create index "item_account_id_kind_seq_id" to table: "items"
CREATE INDEX "item_account_id_kind_seq_id" ON "items" ("account_id", "kind", "seq", "id") WHERE deleted_at = 0;
-- create index "item_account_id_audience_kind_seq_id" to table: "items"
CREATE INDEX "item_account_id_audience_kind_seq_id" ON "items" ("account_id", "audience", "kind", "seq", "id") WHERE deleted_at = 0;
-- create index "item_creator_id_kind_seq_id" to table: "items"
CREATE INDEX "item_creator_id_kind_seq_id" ON "items" ("creator_id", "kind", "seq", "id") WHERE deleted_at = 0;
-- create index "item_account_id_kind_name_key_id" to table: "items"
CREATE INDEX "item_account_id_kind_name_key_id" ON "items" ("account_id", "kind", "name_key", "id") WHERE deleted_at = 0;
-- create index "item_campaigns" to table: "items"
CREATE INDEX "item_campaigns" ON "items" ("account_id", "id") WHERE kind = 'campaign' AND deleted_at = 0;
-- create index "item_account_id_deleted_at" to table: "items"
CREATE INDEX "item_account_id_deleted_at" ON "items" ("account_id", "deleted_at") WHERE deleted_at > 0;
-- create "access" table
CREATE TABLE "access" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "level" character varying NOT NULL,
  "round_robin" boolean NOT NULL DEFAULT false,
  "rotation_rank" bigint NOT NULL DEFAULT 0,
  "last_lead_at" bigint NOT NULL DEFAULT 0,
  "item_seq" bigint NOT NULL DEFAULT 0,
  "account_id" uuid NOT NULL,
  "collaborator_id" uuid NOT NULL,
  "item_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "access_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
  CONSTRAINT "access_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE,
  CONSTRAINT "access_items_item" FOREIGN KEY ("item_id") REFERENCES "items" ("id") ON DELETE CASCADE,
  CONSTRAINT "access_level_values" CHECK ("level" IN ('none', 'view', 'edit')),
  CONSTRAINT "access_round_robin_implies_access" CHECK ((NOT round_robin) OR (level <> 'none'))
);
-- create index "access_person_item_level" to table: "access"
CREATE INDEX "access_person_item_level" ON "access" ("collaborator_id", "item_id", "level");
-- create index "access_item_id_collaborator_id" to table: "access"
CREATE UNIQUE INDEX "access_item_id_collaborator_id" ON "access" ("item_id", "collaborator_id");
-- create index "access_rotation" to table: "access"
CREATE INDEX "access_rotation" ON "access" ("item_id", "rotation_rank", "collaborator_id") WHERE round_robin;
-- create index "access_collaborator_id_item_seq_item_id_level" to table: "access"
CREATE INDEX "access_collaborator_id_item_seq_item_id_level" ON "access" ("collaborator_id", "item_seq", "item_id", "level");
-- create "replicas" table
CREATE TABLE "replicas" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "given_id" uuid NOT NULL,
  "last_mutation" bigint NOT NULL DEFAULT 0,
  "acknowledged" bigint NOT NULL DEFAULT 0,
  "seen_at" bigint NOT NULL DEFAULT 0,
  "collaborator_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "replicas_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE
);
-- create index "replica_collaborator_id_given_id" to table: "replicas"
CREATE UNIQUE INDEX "replica_collaborator_id_given_id" ON "replicas" ("collaborator_id", "given_id");
-- create "applied_mutations" table
CREATE TABLE "applied_mutations" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "number" bigint NOT NULL,
  "given_id" uuid NOT NULL,
  "content_hash" bytea NOT NULL,
  "again" boolean NOT NULL DEFAULT false,
  "result" text NOT NULL DEFAULT '',
  "collaborator_id" uuid NOT NULL,
  "replica_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "applied_mutations_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE,
  CONSTRAINT "applied_mutations_replicas_replica" FOREIGN KEY ("replica_id") REFERENCES "replicas" ("id") ON DELETE CASCADE
);
-- create index "appliedmutation_replica_id_number" to table: "applied_mutations"
CREATE UNIQUE INDEX "appliedmutation_replica_id_number" ON "applied_mutations" ("replica_id", "number");
-- create index "appliedmutation_collaborator_id_given_id_content_hash" to table: "applied_mutations"
CREATE UNIQUE INDEX "appliedmutation_collaborator_id_given_id_content_hash" ON "applied_mutations" ("collaborator_id", "given_id", "content_hash") WHERE NOT again;
-- create index "appliedmutation_created_at" to table: "applied_mutations"
CREATE INDEX "appliedmutation_created_at" ON "applied_mutations" ("created_at");
-- create "audit_events" table
CREATE TABLE "audit_events" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "number" bigint NOT NULL,
  "verb" character varying NOT NULL,
  "actor_id" uuid NULL,
  "item_id" uuid NULL,
  "person_id" uuid NULL,
  "detail" text NOT NULL DEFAULT '{}',
  "hash" bytea NOT NULL,
  "account_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "audit_events_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
);
-- create index "auditevent_account_id_number" to table: "audit_events"
CREATE UNIQUE INDEX "auditevent_account_id_number" ON "audit_events" ("account_id", "number");
-- create index "auditevent_account_id_actor_id_number" to table: "audit_events"
CREATE INDEX "auditevent_account_id_actor_id_number" ON "audit_events" ("account_id", "actor_id", "number");
-- create index "auditevent_account_id_item_id_number" to table: "audit_events"
CREATE INDEX "auditevent_account_id_item_id_number" ON "audit_events" ("account_id", "item_id", "number");
-- create index "auditevent_account_id_person_id_number" to table: "audit_events"
CREATE INDEX "auditevent_account_id_person_id_number" ON "audit_events" ("account_id", "person_id", "number");
-- create index "auditevent_account_id_verb_number" to table: "audit_events"
CREATE INDEX "auditevent_account_id_verb_number" ON "audit_events" ("account_id", "verb", "number");
-- create "blacklists" table
CREATE TABLE "blacklists" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "description" character varying NOT NULL DEFAULT '',
  PRIMARY KEY ("id"),
  CONSTRAINT "blacklists_items_item" FOREIGN KEY ("id") REFERENCES "items" ("id") ON DELETE CASCADE
);
-- create "blacklist_entries" table
CREATE TABLE "blacklist_entries" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "kind" character varying NOT NULL,
  "value" character varying NOT NULL,
  "value_key" character varying NOT NULL COLLATE "C",
  "reason" character varying NOT NULL DEFAULT 'manual',
  "note" character varying NOT NULL DEFAULT '',
  "version" bigint NOT NULL DEFAULT 1,
  "field_versions" text NOT NULL DEFAULT '',
  "row_seq" bigint NOT NULL DEFAULT 0,
  "changed_at" bigint NOT NULL DEFAULT 0,
  "digest_a" bigint NOT NULL DEFAULT 0,
  "digest_b" bigint NOT NULL DEFAULT 0,
  "blacklist_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "blacklist_entries_blacklists_blacklist" FOREIGN KEY ("blacklist_id") REFERENCES "blacklists" ("id") ON DELETE CASCADE,
  CONSTRAINT "blacklist_entries_kind_values" CHECK ("kind" IN ('address', 'domain')),
  CONSTRAINT "blacklist_entries_reason_values" CHECK ("reason" IN ('unsubscribed', 'bounced', 'complaint', 'manual'))
);
-- create index "blacklistentry_blacklist_id_value_key" to table: "blacklist_entries"
CREATE UNIQUE INDEX "blacklistentry_blacklist_id_value_key" ON "blacklist_entries" ("blacklist_id", "value_key");
-- create index "blacklistentry_blacklist_id_row_seq_id" to table: "blacklist_entries"
CREATE INDEX "blacklistentry_blacklist_id_row_seq_id" ON "blacklist_entries" ("blacklist_id", "row_seq", "id");
-- create index "blacklistentry_account_id_value_key" to table: "blacklist_entries"
CREATE INDEX "blacklistentry_account_id_value_key" ON "blacklist_entries" ("account_id", "value_key");
-- create "campaigns" table
CREATE TABLE "campaigns" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "subject" character varying NOT NULL DEFAULT '',
  "preheader" character varying NOT NULL DEFAULT '',
  "sender_name" character varying NOT NULL DEFAULT '',
  "sender_email" character varying NOT NULL DEFAULT '',
  "reply_to" character varying NOT NULL DEFAULT '',
  "format" character varying NOT NULL DEFAULT 'html',
  "body" text NOT NULL DEFAULT '',
  "state" character varying NOT NULL DEFAULT 'draft',
  "lead_key_hash" bytea NULL,
  "lead_key_made_at" bigint NOT NULL DEFAULT 0,
  "lead_origins" jsonb NULL,
  "rotation_head" bigint NOT NULL DEFAULT 0,
  "rotation_at" bigint NOT NULL DEFAULT 0,
  "rotation_paused" boolean NOT NULL DEFAULT false,
  PRIMARY KEY ("id"),
  CONSTRAINT "campaigns_items_item" FOREIGN KEY ("id") REFERENCES "items" ("id") ON DELETE CASCADE,
  CONSTRAINT "campaigns_format_values" CHECK ("format" IN ('mjml', 'html')),
  CONSTRAINT "campaigns_state_values" CHECK ("state" IN ('draft', 'sending', 'sent'))
);
-- create index "campaign_lead_key_hash" to table: "campaigns"
CREATE UNIQUE INDEX "campaign_lead_key_hash" ON "campaigns" ("lead_key_hash") WHERE lead_key_hash IS NOT NULL;
-- create "campaign_blacklists" table
CREATE TABLE "campaign_blacklists" (
  "campaign_id" uuid NOT NULL,
  "blacklist_id" uuid NOT NULL,
  PRIMARY KEY ("campaign_id", "blacklist_id"),
  CONSTRAINT "campaign_blacklists_campaign_id" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE,
  CONSTRAINT "campaign_blacklists_blacklist_id" FOREIGN KEY ("blacklist_id") REFERENCES "blacklists" ("id") ON DELETE CASCADE
);
-- create index "campaign_blacklists_blacklist_id" to table: "campaign_blacklists"
CREATE INDEX "campaign_blacklists_blacklist_id" ON "campaign_blacklists" ("blacklist_id");
-- create "contact_lists" table
CREATE TABLE "contact_lists" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "description" character varying NOT NULL DEFAULT '',
  PRIMARY KEY ("id"),
  CONSTRAINT "contact_lists_items_item" FOREIGN KEY ("id") REFERENCES "items" ("id") ON DELETE CASCADE
);
-- create "campaign_lists" table
CREATE TABLE "campaign_lists" (
  "campaign_id" uuid NOT NULL,
  "contact_list_id" uuid NOT NULL,
  PRIMARY KEY ("campaign_id", "contact_list_id"),
  CONSTRAINT "campaign_lists_campaign_id" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE,
  CONSTRAINT "campaign_lists_contact_list_id" FOREIGN KEY ("contact_list_id") REFERENCES "contact_lists" ("id") ON DELETE CASCADE
);
-- create index "campaign_lists_contact_list_id" to table: "campaign_lists"
CREATE INDEX "campaign_lists_contact_list_id" ON "campaign_lists" ("contact_list_id");
-- create "contacts" table
CREATE TABLE "contacts" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "email" character varying NOT NULL,
  "email_key" character varying NOT NULL COLLATE "C",
  "first_name" character varying NOT NULL DEFAULT '',
  "last_name" character varying NOT NULL DEFAULT '',
  "company" character varying NOT NULL DEFAULT '',
  "city" character varying NOT NULL DEFAULT '',
  "fields" text NOT NULL DEFAULT '{}',
  "state" character varying NOT NULL DEFAULT 'subscribed',
  "version" bigint NOT NULL DEFAULT 1,
  "field_versions" text NOT NULL DEFAULT '',
  "row_seq" bigint NOT NULL DEFAULT 0,
  "changed_at" bigint NOT NULL DEFAULT 0,
  "digest_a" bigint NOT NULL DEFAULT 0,
  "digest_b" bigint NOT NULL DEFAULT 0,
  "list_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "contacts_contact_lists_list" FOREIGN KEY ("list_id") REFERENCES "contact_lists" ("id") ON DELETE CASCADE,
  CONSTRAINT "contacts_state_values" CHECK ("state" IN ('subscribed', 'unsubscribed', 'bounced', 'complained'))
);
-- create index "contact_list_id_email_key" to table: "contacts"
CREATE UNIQUE INDEX "contact_list_id_email_key" ON "contacts" ("list_id", "email_key");
-- create index "contact_list_id_row_seq_id" to table: "contacts"
CREATE INDEX "contact_list_id_row_seq_id" ON "contacts" ("list_id", "row_seq", "id");
-- create index "contact_account_id_email_key" to table: "contacts"
CREATE INDEX "contact_account_id_email_key" ON "contacts" ("account_id", "email_key");
-- create "dispatches" table
CREATE TABLE "dispatches" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "state" character varying NOT NULL DEFAULT 'preparing',
  "recipients" bigint NOT NULL DEFAULT 0,
  "accepted" bigint NOT NULL DEFAULT 0,
  "refused" bigint NOT NULL DEFAULT 0,
  "uncertain" bigint NOT NULL DEFAULT 0,
  "started_at" bigint NOT NULL DEFAULT 0,
  "finished_at" bigint NOT NULL DEFAULT 0,
  "campaign_id" uuid NOT NULL,
  "sent_by" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "dispatches_campaigns_campaign" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE,
  CONSTRAINT "dispatches_collaborators_sender" FOREIGN KEY ("sent_by") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "dispatches_state_values" CHECK ("state" IN ('preparing', 'sending', 'paused', 'done', 'cancelled'))
);
-- create index "dispatch_account_id_created_at" to table: "dispatches"
CREATE INDEX "dispatch_account_id_created_at" ON "dispatches" ("account_id", "created_at");
-- create index "dispatch_campaign_id" to table: "dispatches"
CREATE INDEX "dispatch_campaign_id" ON "dispatches" ("campaign_id");
-- create "credit_entries" table
CREATE TABLE "credit_entries" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "kind" character varying NOT NULL,
  "amount" bigint NOT NULL,
  "period" character varying NOT NULL,
  "collaborator_id" uuid NOT NULL,
  "dispatch_id" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "credit_entries_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE,
  CONSTRAINT "credit_entries_dispatches_dispatch" FOREIGN KEY ("dispatch_id") REFERENCES "dispatches" ("id") ON DELETE SET NULL,
  CONSTRAINT "credit_entries_kind_values" CHECK ("kind" IN ('reserve', 'spend', 'release'))
);
-- create index "creditentry_collaborator_id_period" to table: "credit_entries"
CREATE INDEX "creditentry_collaborator_id_period" ON "credit_entries" ("collaborator_id", "period");
-- create index "creditentry_account_id_created_at" to table: "credit_entries"
CREATE INDEX "creditentry_account_id_created_at" ON "credit_entries" ("account_id", "created_at");
-- create "deliveries" table
CREATE TABLE "deliveries" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "contact_id" uuid NULL,
  "email" character varying NOT NULL,
  "email_key" character varying NOT NULL COLLATE "C",
  "state" character varying NOT NULL DEFAULT 'waiting',
  "answer" character varying NOT NULL DEFAULT '',
  "settled_at" bigint NOT NULL DEFAULT 0,
  "dispatch_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "deliveries_dispatches_dispatch" FOREIGN KEY ("dispatch_id") REFERENCES "dispatches" ("id") ON DELETE CASCADE,
  CONSTRAINT "deliveries_state_values" CHECK ("state" IN ('waiting', 'started', 'accepted', 'refused', 'uncertain'))
);
-- create index "delivery_dispatch_id_email_key" to table: "deliveries"
CREATE UNIQUE INDEX "delivery_dispatch_id_email_key" ON "deliveries" ("dispatch_id", "email_key");
-- create index "delivery_dispatch_id_state" to table: "deliveries"
CREATE INDEX "delivery_dispatch_id_state" ON "deliveries" ("dispatch_id", "state");
-- create "invitations" table
CREATE TABLE "invitations" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "email" character varying NOT NULL,
  "email_key" character varying NOT NULL COLLATE "C",
  "first_name" character varying NOT NULL,
  "last_name" character varying NOT NULL,
  "search_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "role" character varying NOT NULL DEFAULT 'member',
  "can_send" boolean NOT NULL DEFAULT false,
  "can_export" boolean NOT NULL DEFAULT false,
  "access_after_job" bigint NOT NULL DEFAULT 0,
  "token_hash" bytea NOT NULL,
  "state" character varying NOT NULL DEFAULT 'pending',
  "expires_at" bigint NOT NULL DEFAULT 0,
  "sent_at" bigint NOT NULL DEFAULT 0,
  "account_id" uuid NOT NULL,
  "invited_by" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "invitations_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
  CONSTRAINT "invitations_collaborators_inviter" FOREIGN KEY ("invited_by") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "invitations_role_values" CHECK ("role" IN ('owner', 'manager', 'member')),
  CONSTRAINT "invitations_state_values" CHECK ("state" IN ('pending', 'accepted', 'withdrawn'))
);
-- create index "invitations_token_hash_key" to table: "invitations"
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations" ("token_hash");
-- create index "invitation_account_id_email_key" to table: "invitations"
CREATE UNIQUE INDEX "invitation_account_id_email_key" ON "invitations" ("account_id", "email_key") WHERE state = 'pending';
-- create index "invitation_account_id_state_created_at" to table: "invitations"
CREATE INDEX "invitation_account_id_state_created_at" ON "invitations" ("account_id", "state", "created_at");
-- create "jobs" table
CREATE TABLE "jobs" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "retry_of" uuid NULL,
  "undo_of" uuid NULL,
  "number" bigint NOT NULL,
  "after_seq" bigint NOT NULL,
  "kind" character varying NOT NULL,
  "what" text NOT NULL DEFAULT '{}',
  "checkpoint" text NOT NULL DEFAULT '',
  "outcome" text NOT NULL DEFAULT '{}',
  "state" character varying NOT NULL DEFAULT 'queued',
  "reason" character varying NOT NULL DEFAULT '',
  "total" bigint NOT NULL DEFAULT 0,
  "done" bigint NOT NULL DEFAULT 0,
  "failed" bigint NOT NULL DEFAULT 0,
  "tries" bigint NOT NULL DEFAULT 0,
  "claimed_by" character varying NOT NULL DEFAULT '',
  "claim_ends_at" bigint NOT NULL DEFAULT 0,
  "run_at" bigint NOT NULL DEFAULT 0,
  "started_at" bigint NOT NULL DEFAULT 0,
  "finished_at" bigint NOT NULL DEFAULT 0,
  "account_id" uuid NOT NULL,
  "asked_by" uuid NULL,
  "item_id" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "jobs_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
  CONSTRAINT "jobs_collaborators_asker" FOREIGN KEY ("asked_by") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "jobs_items_item" FOREIGN KEY ("item_id") REFERENCES "items" ("id") ON DELETE SET NULL,
  CONSTRAINT "jobs_state_values" CHECK ("state" IN ('queued', 'running', 'done', 'cancelled', 'failed'))
);
-- create index "job_account_id_number" to table: "jobs"
CREATE UNIQUE INDEX "job_account_id_number" ON "jobs" ("account_id", "number");
-- create index "job_waiting" to table: "jobs"
CREATE INDEX "job_waiting" ON "jobs" ("account_id", "number") WHERE state IN ('queued', 'running');
-- create index "job_retry_of" to table: "jobs"
CREATE UNIQUE INDEX "job_retry_of" ON "jobs" ("retry_of") WHERE retry_of IS NOT NULL;
-- create index "job_undo_of" to table: "jobs"
CREATE INDEX "job_undo_of" ON "jobs" ("undo_of");
-- create "job_failures" table
CREATE TABLE "job_failures" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "number" bigint NOT NULL,
  "what" text NOT NULL,
  "label" character varying NOT NULL,
  "reason" character varying NOT NULL,
  "job_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "job_failures_jobs_job" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE
);
-- create index "jobfailure_job_id_number" to table: "job_failures"
CREATE UNIQUE INDEX "jobfailure_job_id_number" ON "job_failures" ("job_id", "number");
-- create "job_parts" table
CREATE TABLE "job_parts" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "number" bigint NOT NULL,
  "data" text NOT NULL,
  "job_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "job_parts_jobs_job" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE
);
-- create index "jobpart_job_id_number" to table: "job_parts"
CREATE UNIQUE INDEX "jobpart_job_id_number" ON "job_parts" ("job_id", "number");
-- create "lead_positions" table
CREATE TABLE "lead_positions" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "seq" bigint NOT NULL,
  "row_seq" bigint NOT NULL,
  "campaign_id" uuid NOT NULL,
  "collaborator_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "lead_positions_campaigns_campaign" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE,
  CONSTRAINT "lead_positions_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE
);
-- create index "leadposition_campaign_id_collaborator_id" to table: "lead_positions"
CREATE UNIQUE INDEX "leadposition_campaign_id_collaborator_id" ON "lead_positions" ("campaign_id", "collaborator_id");
-- create index "leadposition_collaborator_id_seq_campaign_id" to table: "lead_positions"
CREATE INDEX "leadposition_collaborator_id_seq_campaign_id" ON "lead_positions" ("collaborator_id", "seq", "campaign_id");
-- create "leads" table
CREATE TABLE "leads" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "email" character varying NOT NULL DEFAULT '',
  "email_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "name" character varying NOT NULL DEFAULT '',
  "phone" character varying NOT NULL DEFAULT '',
  "phone_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "search_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "source" character varying NOT NULL DEFAULT '',
  "fields" text NOT NULL DEFAULT '{}',
  "state" character varying NOT NULL DEFAULT 'new',
  "notes" text NOT NULL DEFAULT '',
  "duplicate_of" uuid NULL,
  "decision" text NOT NULL DEFAULT '{}',
  "request_key" character varying NOT NULL DEFAULT '' COLLATE "C",
  "request_hash" bytea NULL,
  "version" bigint NOT NULL DEFAULT 1,
  "field_versions" character varying NOT NULL DEFAULT '',
  "row_seq" bigint NOT NULL DEFAULT 0,
  "assigned_at" bigint NOT NULL DEFAULT 0,
  "changed_at" bigint NOT NULL DEFAULT 0,
  "campaign_id" uuid NOT NULL,
  "assignee_id" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "leads_campaigns_campaign" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE,
  CONSTRAINT "leads_collaborators_assignee" FOREIGN KEY ("assignee_id") REFERENCES "collaborators" ("id") ON DELETE SET NULL,
  CONSTRAINT "leads_state_values" CHECK ("state" IN ('new', 'in_progress', 'won', 'lost'))
);
-- create index "lead_campaign_id_row_seq_id" to table: "leads"
CREATE INDEX "lead_campaign_id_row_seq_id" ON "leads" ("campaign_id", "row_seq", "id");
-- create index "lead_campaign_id_assignee_id_row_seq_id" to table: "leads"
CREATE INDEX "lead_campaign_id_assignee_id_row_seq_id" ON "leads" ("campaign_id", "assignee_id", "row_seq", "id");
-- create index "lead_campaign_id_email_key_id" to table: "leads"
CREATE INDEX "lead_campaign_id_email_key_id" ON "leads" ("campaign_id", "email_key", "id") WHERE email_key <> '' AND state IN ('new', 'in_progress');
-- create index "lead_campaign_id_phone_key_id" to table: "leads"
CREATE INDEX "lead_campaign_id_phone_key_id" ON "leads" ("campaign_id", "phone_key", "id") WHERE phone_key <> '' AND state IN ('new', 'in_progress');
-- create index "lead_campaign_id_request_key" to table: "leads"
CREATE UNIQUE INDEX "lead_campaign_id_request_key" ON "leads" ("campaign_id", "request_key") WHERE request_key <> '';
-- create index "lead_waiting" to table: "leads"
CREATE INDEX "lead_waiting" ON "leads" ("campaign_id", "id") WHERE assignee_id IS NULL AND state IN ('new', 'in_progress');
-- create index "lead_account_id_assignee_id_state" to table: "leads"
CREATE INDEX "lead_account_id_assignee_id_state" ON "leads" ("account_id", "assignee_id", "state");
-- create index "lead_account_id_id" to table: "leads"
CREATE INDEX "lead_account_id_id" ON "leads" ("account_id", "id");
-- create index "lead_campaign_id_id" to table: "leads"
CREATE INDEX "lead_campaign_id_id" ON "leads" ("campaign_id", "id");
-- create index "lead_account_id_assignee_id_id" to table: "leads"
CREATE INDEX "lead_account_id_assignee_id_id" ON "leads" ("account_id", "assignee_id", "id");
-- create "one_time_tokens" table
CREATE TABLE "one_time_tokens" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "purpose" character varying NOT NULL,
  "token_hash" bytea NOT NULL,
  "expires_at" bigint NOT NULL DEFAULT 0,
  "used_at" bigint NOT NULL DEFAULT 0,
  "user_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "one_time_tokens_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "one_time_tokens_purpose_values" CHECK ("purpose" IN ('reset_password'))
);
-- create index "one_time_tokens_token_hash_key" to table: "one_time_tokens"
CREATE UNIQUE INDEX "one_time_tokens_token_hash_key" ON "one_time_tokens" ("token_hash");
-- create index "onetimetoken_user_id" to table: "one_time_tokens"
CREATE INDEX "onetimetoken_user_id" ON "one_time_tokens" ("user_id");
-- create index "onetimetoken_expires_at" to table: "one_time_tokens"
CREATE INDEX "onetimetoken_expires_at" ON "one_time_tokens" ("expires_at");
-- create "promises" table
CREATE TABLE "promises" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "level" character varying NOT NULL,
  "round_robin" boolean NOT NULL DEFAULT false,
  "job_number" bigint NOT NULL DEFAULT 0,
  "before" character varying NOT NULL DEFAULT 'absent',
  "before_round_robin" boolean NOT NULL DEFAULT false,
  "invitation_id" uuid NOT NULL,
  "item_id" uuid NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "promises_invitations_invitation" FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id") ON DELETE CASCADE,
  CONSTRAINT "promises_items_item" FOREIGN KEY ("item_id") REFERENCES "items" ("id") ON DELETE CASCADE,
  CONSTRAINT "promise_round_robin_implies_access" CHECK ((NOT round_robin) OR (level <> 'none')),
  CONSTRAINT "promises_before_values" CHECK ("before" IN ('absent', 'none', 'view', 'edit')),
  CONSTRAINT "promises_level_values" CHECK ("level" IN ('none', 'view', 'edit'))
);
-- create index "promise_invitation_id_item_id" to table: "promises"
CREATE UNIQUE INDEX "promise_invitation_id_item_id" ON "promises" ("invitation_id", "item_id");
-- create index "promise_item_id" to table: "promises"
CREATE INDEX "promise_item_id" ON "promises" ("item_id");
-- create index "promise_account_id_job_number" to table: "promises"
CREATE INDEX "promise_account_id_job_number" ON "promises" ("account_id", "job_number") WHERE job_number > 0;
-- create "sessions" table
CREATE TABLE "sessions" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "token_hash" bytea NOT NULL,
  "carrier" character varying NOT NULL DEFAULT 'bearer',
  "device" character varying NOT NULL DEFAULT '',
  "last_used_at" bigint NOT NULL DEFAULT 0,
  "expires_at" bigint NOT NULL DEFAULT 0,
  "user_id" uuid NOT NULL,
  "collaborator_id" uuid NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "sessions_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "sessions_collaborators_collaborator" FOREIGN KEY ("collaborator_id") REFERENCES "collaborators" ("id") ON DELETE CASCADE,
  CONSTRAINT "sessions_carrier_values" CHECK ("carrier" IN ('bearer', 'cookie'))
);
-- create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" ("token_hash");
-- create index "session_user_id" to table: "sessions"
CREATE INDEX "session_user_id" ON "sessions" ("user_id");
-- create index "session_collaborator_id" to table: "sessions"
CREATE INDEX "session_collaborator_id" ON "sessions" ("collaborator_id");
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX "session_expires_at" ON "sessions" ("expires_at");
-- create "templates" table
CREATE TABLE "templates" (
  "id" uuid NOT NULL,
  "created_at" bigint NOT NULL,
  "account_id" uuid NOT NULL,
  "subject" character varying NOT NULL DEFAULT '',
  "preheader" character varying NOT NULL DEFAULT '',
  "format" character varying NOT NULL DEFAULT 'html',
  "body" text NOT NULL DEFAULT '',
  PRIMARY KEY ("id"),
  CONSTRAINT "templates_items_item" FOREIGN KEY ("id") REFERENCES "items" ("id") ON DELETE CASCADE,
  CONSTRAINT "templates_format_values" CHECK ("format" IN ('mjml', 'html'))
);
