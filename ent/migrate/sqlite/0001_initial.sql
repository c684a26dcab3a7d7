-- create "access" table
CREATE TABLE `access` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `level` text NOT NULL,
  `round_robin` bool NOT NULL DEFAULT (false),
  `rotation_rank` integer NOT NULL DEFAULT (0),
  `last_lead_at` integer NOT NULL DEFAULT (0),
  `item_seq` integer NOT NULL DEFAULT (0),
  `account_id` uuid NOT NULL,
  `collaborator_id` uuid NOT NULL,
  `item_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `access_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `access_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE,
  CONSTRAINT `access_items_item` FOREIGN KEY (`item_id`) REFERENCES `items` (`id`) ON DELETE CASCADE,
  CONSTRAINT `access_level_values` CHECK ("level" IN ('none', 'view', 'edit')),
  CONSTRAINT `access_round_robin_implies_access` CHECK ((NOT round_robin) OR (level <> 'none'))
);
-- create index "access_person_item_level" to table: "access"
CREATE INDEX `access_person_item_level` ON `access` (`collaborator_id`, `item_id`, `level`);
-- create index "access_item_id_collaborator_id" to table: "access"
CREATE UNIQUE INDEX `access_item_id_collaborator_id` ON `access` (`item_id`, `collaborator_id`);
-- create index "access_rotation" to table: "access"
CREATE INDEX `access_rotation` ON `access` (`item_id`, `rotation_rank`, `collaborator_id`) WHERE round_robin;
-- create index "access_collaborator_id_item_seq_item_id_level" to table: "access"
CREATE INDEX `access_collaborator_id_item_seq_item_id_level` ON `access` (`collaborator_id`, `item_seq`, `item_id`, `level`);
-- create "accounts" table
CREATE TABLE `accounts` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `name` text NOT NULL,
  `default_audience` text NOT NULL DEFAULT ('everyone'),
  `locale` text NOT NULL DEFAULT ('en'),
  `time_zone` text NOT NULL DEFAULT ('UTC'),
  `version` integer NOT NULL DEFAULT (1),
  `settings_seq` integer NOT NULL DEFAULT (0),
  `seq` integer NOT NULL DEFAULT (0),
  `edges_seq` integer NOT NULL DEFAULT (0),
  `horizon` integer NOT NULL DEFAULT (0),
  `member_leads` text NOT NULL DEFAULT ('all'),
  `leads_epoch` integer NOT NULL DEFAULT (0),
  `desktop_lock_days` integer NOT NULL DEFAULT (30),
  `desktop_erase_days` integer NOT NULL DEFAULT (90),
  `job_count` integer NOT NULL DEFAULT (0),
  `history_count` integer NOT NULL DEFAULT (0),
  `history_hash` blob NULL,
  `epoch` integer NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `accounts_default_audience_values` CHECK ("default_audience" IN ('everyone', 'restricted')),
  CONSTRAINT `accounts_locale_values` CHECK ("locale" IN ('en', 'fr')),
  CONSTRAINT `accounts_member_leads_values` CHECK ("member_leads" IN ('all', 'own'))
);
-- create "applied_mutations" table
CREATE TABLE `applied_mutations` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `number` integer NOT NULL,
  `given_id` uuid NOT NULL,
  `content_hash` blob NOT NULL,
  `again` bool NOT NULL DEFAULT (false),
  `result` text NOT NULL DEFAULT (''),
  `collaborator_id` uuid NOT NULL,
  `replica_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `applied_mutations_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE,
  CONSTRAINT `applied_mutations_replicas_replica` FOREIGN KEY (`replica_id`) REFERENCES `replicas` (`id`) ON DELETE CASCADE
);
-- create index "appliedmutation_replica_id_number" to table: "applied_mutations"
CREATE UNIQUE INDEX `appliedmutation_replica_id_number` ON `applied_mutations` (`replica_id`, `number`);
-- create index "appliedmutation_collaborator_id_given_id_content_hash" to table: "applied_mutations"
CREATE UNIQUE INDEX `appliedmutation_collaborator_id_given_id_content_hash` ON `applied_mutations` (`collaborator_id`, `given_id`, `content_hash`) WHERE NOT again;
-- create index "appliedmutation_created_at" to table: "applied_mutations"
CREATE INDEX `appliedmutation_created_at` ON `applied_mutations` (`created_at`);
-- create "audit_events" table
CREATE TABLE `audit_events` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `number` integer NOT NULL,
  `verb` text NOT NULL,
  `actor_id` uuid NULL,
  `item_id` uuid NULL,
  `person_id` uuid NULL,
  `detail` text NOT NULL DEFAULT ('{}'),
  `hash` blob NOT NULL,
  `account_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `audit_events_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE
);
-- create index "auditevent_account_id_number" to table: "audit_events"
CREATE UNIQUE INDEX `auditevent_account_id_number` ON `audit_events` (`account_id`, `number`);
-- create index "auditevent_account_id_actor_id_number" to table: "audit_events"
CREATE INDEX `auditevent_account_id_actor_id_number` ON `audit_events` (`account_id`, `actor_id`, `number`);
-- create index "auditevent_account_id_item_id_number" to table: "audit_events"
CREATE INDEX `auditevent_account_id_item_id_number` ON `audit_events` (`account_id`, `item_id`, `number`);
-- create index "auditevent_account_id_person_id_number" to table: "audit_events"
CREATE INDEX `auditevent_account_id_person_id_number` ON `audit_events` (`account_id`, `person_id`, `number`);
-- create index "auditevent_account_id_verb_number" to table: "audit_events"
CREATE INDEX `auditevent_account_id_verb_number` ON `audit_events` (`account_id`, `verb`, `number`);
-- create "blacklists" table
CREATE TABLE `blacklists` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `description` text NOT NULL DEFAULT (''),
  PRIMARY KEY (`id`),
  CONSTRAINT `blacklists_items_item` FOREIGN KEY (`id`) REFERENCES `items` (`id`) ON DELETE CASCADE
);
-- create "blacklist_entries" table
CREATE TABLE `blacklist_entries` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `kind` text NOT NULL,
  `value` text NOT NULL,
  `value_key` text NOT NULL,
  `reason` text NOT NULL DEFAULT ('manual'),
  `note` text NOT NULL DEFAULT (''),
  `version` integer NOT NULL DEFAULT (1),
  `field_versions` text NOT NULL DEFAULT (''),
  `row_seq` integer NOT NULL DEFAULT (0),
  `changed_at` integer NOT NULL DEFAULT (0),
  `digest_a` integer NOT NULL DEFAULT (0),
  `digest_b` integer NOT NULL DEFAULT (0),
  `blacklist_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `blacklist_entries_blacklists_blacklist` FOREIGN KEY (`blacklist_id`) REFERENCES `blacklists` (`id`) ON DELETE CASCADE,
  CONSTRAINT `blacklist_entries_kind_values` CHECK ("kind" IN ('address', 'domain')),
  CONSTRAINT `blacklist_entries_reason_values` CHECK ("reason" IN ('unsubscribed', 'bounced', 'complaint', 'manual'))
);
-- create index "blacklistentry_blacklist_id_value_key" to table: "blacklist_entries"
CREATE UNIQUE INDEX `blacklistentry_blacklist_id_value_key` ON `blacklist_entries` (`blacklist_id`, `value_key`);
-- create index "blacklistentry_blacklist_id_row_seq_id" to table: "blacklist_entries"
CREATE INDEX `blacklistentry_blacklist_id_row_seq_id` ON `blacklist_entries` (`blacklist_id`, `row_seq`, `id`);
-- create index "blacklistentry_account_id_value_key" to table: "blacklist_entries"
CREATE INDEX `blacklistentry_account_id_value_key` ON `blacklist_entries` (`account_id`, `value_key`);
-- create "campaigns" table
CREATE TABLE `campaigns` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `subject` text NOT NULL DEFAULT (''),
  `preheader` text NOT NULL DEFAULT (''),
  `sender_name` text NOT NULL DEFAULT (''),
  `sender_email` text NOT NULL DEFAULT (''),
  `reply_to` text NOT NULL DEFAULT (''),
  `format` text NOT NULL DEFAULT ('html'),
  `body` text NOT NULL DEFAULT (''),
  `state` text NOT NULL DEFAULT ('draft'),
  `lead_key_hash` blob NULL,
  `lead_key_made_at` integer NOT NULL DEFAULT (0),
  `lead_origins` json NULL,
  `rotation_head` integer NOT NULL DEFAULT (0),
  `rotation_at` integer NOT NULL DEFAULT (0),
  `rotation_paused` bool NOT NULL DEFAULT (false),
  PRIMARY KEY (`id`),
  CONSTRAINT `campaigns_items_item` FOREIGN KEY (`id`) REFERENCES `items` (`id`) ON DELETE CASCADE,
  CONSTRAINT `campaigns_format_values` CHECK ("format" IN ('mjml', 'html')),
  CONSTRAINT `campaigns_state_values` CHECK ("state" IN ('draft', 'sending', 'sent'))
);
-- create index "campaign_lead_key_hash" to table: "campaigns"
CREATE UNIQUE INDEX `campaign_lead_key_hash` ON `campaigns` (`lead_key_hash`) WHERE lead_key_hash IS NOT NULL;
-- create "collaborators" table
CREATE TABLE `collaborators` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `email` text NOT NULL,
  `first_name` text NOT NULL,
  `last_name` text NOT NULL,
  `search_key` text NOT NULL DEFAULT (''),
  `role` text NOT NULL DEFAULT ('member'),
  `status` text NOT NULL DEFAULT ('active'),
  `can_send` bool NOT NULL DEFAULT (false),
  `can_export` bool NOT NULL DEFAULT (false),
  `credit_period` text NULL,
  `credit_amount` integer NOT NULL DEFAULT (0),
  `version` integer NOT NULL DEFAULT (1),
  `seq` integer NOT NULL DEFAULT (0),
  `sight` integer NOT NULL,
  `last_visit_at` integer NOT NULL DEFAULT (0),
  `away_until` integer NOT NULL DEFAULT (0),
  `removed_at` integer NOT NULL DEFAULT (0),
  `account_id` uuid NOT NULL,
  `user_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `collaborators_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `collaborators_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
  CONSTRAINT `collaborators_credit_period_values` CHECK ("credit_period" IN ('none', 'month', 'year', 'unlimited')),
  CONSTRAINT `collaborators_role_values` CHECK ("role" IN ('owner', 'manager', 'member')),
  CONSTRAINT `collaborators_status_values` CHECK ("status" IN ('active', 'deactivated'))
);
-- create index "collaborator_account_id_user_id" to table: "collaborators"
CREATE UNIQUE INDEX `collaborator_account_id_user_id` ON `collaborators` (`account_id`, `user_id`);
-- create index "collaborator_account_id_seq" to table: "collaborators"
CREATE INDEX `collaborator_account_id_seq` ON `collaborators` (`account_id`, `seq`);
-- create index "collaborator_user_id" to table: "collaborators"
CREATE INDEX `collaborator_user_id` ON `collaborators` (`user_id`);
-- create "contacts" table
CREATE TABLE `contacts` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `email` text NOT NULL,
  `email_key` text NOT NULL,
  `first_name` text NOT NULL DEFAULT (''),
  `last_name` text NOT NULL DEFAULT (''),
  `company` text NOT NULL DEFAULT (''),
  `city` text NOT NULL DEFAULT (''),
  `fields` text NOT NULL DEFAULT ('{}'),
  `state` text NOT NULL DEFAULT ('subscribed'),
  `version` integer NOT NULL DEFAULT (1),
  `field_versions` text NOT NULL DEFAULT (''),
  `row_seq` integer NOT NULL DEFAULT (0),
  `changed_at` integer NOT NULL DEFAULT (0),
  `digest_a` integer NOT NULL DEFAULT (0),
  `digest_b` integer NOT NULL DEFAULT (0),
  `list_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `contacts_contact_lists_list` FOREIGN KEY (`list_id`) REFERENCES `contact_lists` (`id`) ON DELETE CASCADE,
  CONSTRAINT `contacts_state_values` CHECK ("state" IN ('subscribed', 'unsubscribed', 'bounced', 'complained'))
);
-- create index "contact_list_id_email_key" to table: "contacts"
CREATE UNIQUE INDEX `contact_list_id_email_key` ON `contacts` (`list_id`, `email_key`);
-- create index "contact_list_id_row_seq_id" to table: "contacts"
CREATE INDEX `contact_list_id_row_seq_id` ON `contacts` (`list_id`, `row_seq`, `id`);
-- create index "contact_account_id_email_key" to table: "contacts"
CREATE INDEX `contact_account_id_email_key` ON `contacts` (`account_id`, `email_key`);
-- create "contact_lists" table
CREATE TABLE `contact_lists` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `description` text NOT NULL DEFAULT (''),
  PRIMARY KEY (`id`),
  CONSTRAINT `contact_lists_items_item` FOREIGN KEY (`id`) REFERENCES `items` (`id`) ON DELETE CASCADE
);
-- create "credit_entries" table
CREATE TABLE `credit_entries` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `kind` text NOT NULL,
  `amount` integer NOT NULL,
  `period` text NOT NULL,
  `collaborator_id` uuid NOT NULL,
  `dispatch_id` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `credit_entries_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE,
  CONSTRAINT `credit_entries_dispatches_dispatch` FOREIGN KEY (`dispatch_id`) REFERENCES `dispatches` (`id`) ON DELETE SET NULL,
  CONSTRAINT `credit_entries_kind_values` CHECK ("kind" IN ('reserve', 'spend', 'release'))
);
-- create index "creditentry_collaborator_id_period" to table: "credit_entries"
CREATE INDEX `creditentry_collaborator_id_period` ON `credit_entries` (`collaborator_id`, `period`);
-- create index "creditentry_account_id_created_at" to table: "credit_entries"
CREATE INDEX `creditentry_account_id_created_at` ON `credit_entries` (`account_id`, `created_at`);
-- create "deliveries" table
CREATE TABLE `deliveries` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `contact_id` uuid NULL,
  `email` text NOT NULL,
  `email_key` text NOT NULL,
  `state` text NOT NULL DEFAULT ('waiting'),
  `answer` text NOT NULL DEFAULT (''),
  `settled_at` integer NOT NULL DEFAULT (0),
  `dispatch_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `deliveries_dispatches_dispatch` FOREIGN KEY (`dispatch_id`) REFERENCES `dispatches` (`id`) ON DELETE CASCADE,
  CONSTRAINT `deliveries_state_values` CHECK ("state" IN ('waiting', 'started', 'accepted', 'refused', 'uncertain'))
);
-- create index "delivery_dispatch_id_email_key" to table: "deliveries"
CREATE UNIQUE INDEX `delivery_dispatch_id_email_key` ON `deliveries` (`dispatch_id`, `email_key`);
-- create index "delivery_dispatch_id_state" to table: "deliveries"
CREATE INDEX `delivery_dispatch_id_state` ON `deliveries` (`dispatch_id`, `state`);
-- create "dispatches" table
CREATE TABLE `dispatches` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `state` text NOT NULL DEFAULT ('preparing'),
  `recipients` integer NOT NULL DEFAULT (0),
  `accepted` integer NOT NULL DEFAULT (0),
  `refused` integer NOT NULL DEFAULT (0),
  `uncertain` integer NOT NULL DEFAULT (0),
  `started_at` integer NOT NULL DEFAULT (0),
  `finished_at` integer NOT NULL DEFAULT (0),
  `campaign_id` uuid NOT NULL,
  `sent_by` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `dispatches_campaigns_campaign` FOREIGN KEY (`campaign_id`) REFERENCES `campaigns` (`id`) ON DELETE CASCADE,
  CONSTRAINT `dispatches_collaborators_sender` FOREIGN KEY (`sent_by`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `dispatches_state_values` CHECK ("state" IN ('preparing', 'sending', 'paused', 'done', 'cancelled'))
);
-- create index "dispatch_account_id_created_at" to table: "dispatches"
CREATE INDEX `dispatch_account_id_created_at` ON `dispatches` (`account_id`, `created_at`);
-- create index "dispatch_campaign_id" to table: "dispatches"
CREATE INDEX `dispatch_campaign_id` ON `dispatches` (`campaign_id`);
-- create "feed_commits" table
CREATE TABLE `feed_commits` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `seq` integer NOT NULL,
  `nonce` integer NOT NULL,
  PRIMARY KEY (`id`)
);
-- create index "feedcommit_account_id_seq" to table: "feed_commits"
CREATE UNIQUE INDEX `feedcommit_account_id_seq` ON `feed_commits` (`account_id`, `seq`);
-- create "invitations" table
CREATE TABLE `invitations` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `email` text NOT NULL,
  `email_key` text NOT NULL,
  `first_name` text NOT NULL,
  `last_name` text NOT NULL,
  `search_key` text NOT NULL DEFAULT (''),
  `role` text NOT NULL DEFAULT ('member'),
  `can_send` bool NOT NULL DEFAULT (false),
  `can_export` bool NOT NULL DEFAULT (false),
  `access_after_job` integer NOT NULL DEFAULT (0),
  `token_hash` blob NOT NULL,
  `state` text NOT NULL DEFAULT ('pending'),
  `expires_at` integer NOT NULL DEFAULT (0),
  `sent_at` integer NOT NULL DEFAULT (0),
  `account_id` uuid NOT NULL,
  `invited_by` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `invitations_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `invitations_collaborators_inviter` FOREIGN KEY (`invited_by`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `invitations_role_values` CHECK ("role" IN ('owner', 'manager', 'member')),
  CONSTRAINT `invitations_state_values` CHECK ("state" IN ('pending', 'accepted', 'withdrawn'))
);
-- create index "invitations_token_hash_key" to table: "invitations"
CREATE UNIQUE INDEX `invitations_token_hash_key` ON `invitations` (`token_hash`);
-- create index "invitation_account_id_email_key" to table: "invitations"
CREATE UNIQUE INDEX `invitation_account_id_email_key` ON `invitations` (`account_id`, `email_key`) WHERE state = 'pending';
-- create index "invitation_account_id_state_created_at" to table: "invitations"
CREATE INDEX `invitation_account_id_state_created_at` ON `invitations` (`account_id`, `state`, `created_at`);
-- create "items" table
CREATE TABLE `items` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `kind` text NOT NULL,
  `name` text NOT NULL,
  `name_key` text NOT NULL,
  `audience` text NOT NULL DEFAULT ('everyone'),
  `version` integer NOT NULL DEFAULT (1),
  `field_versions` json NULL,
  `seq` integer NOT NULL DEFAULT (0),
  `rows_seq` integer NOT NULL DEFAULT (0),
  `rows_epoch` integer NOT NULL,
  `rows_head` integer NOT NULL DEFAULT (0),
  `rows_floor` integer NOT NULL DEFAULT (0),
  `rows_count` integer NOT NULL DEFAULT (0),
  `rows_digest_a` integer NOT NULL DEFAULT (0),
  `rows_digest_b` integer NOT NULL DEFAULT (0),
  `changed_at` integer NOT NULL DEFAULT (0),
  `archived_at` integer NOT NULL DEFAULT (0),
  `deleted_at` integer NOT NULL DEFAULT (0),
  `account_id` uuid NOT NULL,
  `creator_id` uuid NULL,
  `changed_by_id` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `items_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `items_collaborators_creator` FOREIGN KEY (`creator_id`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `items_collaborators_changed_by` FOREIGN KEY (`changed_by_id`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `items_audience_values` CHECK ("audience" IN ('everyone', 'restricted')),
  CONSTRAINT `items_kind_values` CHECK ("kind" IN ('campaign', 'template', 'contact_list', 'blacklist'))
);
-- create index "item_account_id_seq_id" to table: "items"
CREATE INDEX `item_account_id_seq_id` ON `items` (`account_id`, `seq`, `id`);
-- create index "item_account_id_rows_seq_id" to table: "items"
CREATE INDEX `item_account_id_rows_seq_id` ON `items` (`account_id`, `rows_seq`, `id`);
-- create index "item_account_id_kind_seq_id" to table: "items"
CREATE INDEX `item_account_id_kind_seq_id` ON `items` (`account_id`, `kind`, `seq`, `id`) WHERE deleted_at = 0;
-- create index "item_account_id_audience_kind_seq_id" to table: "items"
CREATE INDEX `item_account_id_audience_kind_seq_id` ON `items` (`account_id`, `audience`, `kind`, `seq`, `id`) WHERE deleted_at = 0;
-- create index "item_creator_id_kind_seq_id" to table: "items"
CREATE INDEX `item_creator_id_kind_seq_id` ON `items` (`creator_id`, `kind`, `seq`, `id`) WHERE deleted_at = 0;
-- create index "item_account_id_kind_name_key_id" to table: "items"
CREATE INDEX `item_account_id_kind_name_key_id` ON `items` (`account_id`, `kind`, `name_key`, `id`) WHERE deleted_at = 0;
-- create index "item_campaigns" to table: "items"
CREATE INDEX `item_campaigns` ON `items` (`account_id`, `id`) WHERE kind = 'campaign' AND deleted_at = 0;
-- create index "item_account_id_deleted_at" to table: "items"
CREATE INDEX `item_account_id_deleted_at` ON `items` (`account_id`, `deleted_at`) WHERE deleted_at > 0;
-- create "jobs" table
CREATE TABLE `jobs` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `retry_of` uuid NULL,
  `undo_of` uuid NULL,
  `number` integer NOT NULL,
  `after_seq` integer NOT NULL,
  `kind` text NOT NULL,
  `what` text NOT NULL DEFAULT ('{}'),
  `checkpoint` text NOT NULL DEFAULT (''),
  `outcome` text NOT NULL DEFAULT ('{}'),
  `state` text NOT NULL DEFAULT ('queued'),
  `reason` text NOT NULL DEFAULT (''),
  `total` integer NOT NULL DEFAULT (0),
  `done` integer NOT NULL DEFAULT (0),
  `failed` integer NOT NULL DEFAULT (0),
  `tries` integer NOT NULL DEFAULT (0),
  `claimed_by` text NOT NULL DEFAULT (''),
  `claim_ends_at` integer NOT NULL DEFAULT (0),
  `run_at` integer NOT NULL DEFAULT (0),
  `started_at` integer NOT NULL DEFAULT (0),
  `finished_at` integer NOT NULL DEFAULT (0),
  `account_id` uuid NOT NULL,
  `asked_by` uuid NULL,
  `item_id` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `jobs_accounts_account` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `jobs_collaborators_asker` FOREIGN KEY (`asked_by`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `jobs_items_item` FOREIGN KEY (`item_id`) REFERENCES `items` (`id`) ON DELETE SET NULL,
  CONSTRAINT `jobs_state_values` CHECK ("state" IN ('queued', 'running', 'done', 'cancelled', 'failed'))
);
-- create index "job_account_id_number" to table: "jobs"
CREATE UNIQUE INDEX `job_account_id_number` ON `jobs` (`account_id`, `number`);
-- create index "job_waiting" to table: "jobs"
CREATE INDEX `job_waiting` ON `jobs` (`account_id`, `number`) WHERE state IN ('queued', 'running');
-- create index "job_retry_of" to table: "jobs"
CREATE UNIQUE INDEX `job_retry_of` ON `jobs` (`retry_of`) WHERE retry_of IS NOT NULL;
-- create index "job_undo_of" to table: "jobs"
CREATE INDEX `job_undo_of` ON `jobs` (`undo_of`);
-- create "job_failures" table
CREATE TABLE `job_failures` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `number` integer NOT NULL,
  `what` text NOT NULL,
  `label` text NOT NULL,
  `reason` text NOT NULL,
  `job_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `job_failures_jobs_job` FOREIGN KEY (`job_id`) REFERENCES `jobs` (`id`) ON DELETE CASCADE
);
-- create index "jobfailure_job_id_number" to table: "job_failures"
CREATE UNIQUE INDEX `jobfailure_job_id_number` ON `job_failures` (`job_id`, `number`);
-- create "job_parts" table
CREATE TABLE `job_parts` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `number` integer NOT NULL,
  `data` text NOT NULL,
  `job_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `job_parts_jobs_job` FOREIGN KEY (`job_id`) REFERENCES `jobs` (`id`) ON DELETE CASCADE
);
-- create index "jobpart_job_id_number" to table: "job_parts"
CREATE UNIQUE INDEX `jobpart_job_id_number` ON `job_parts` (`job_id`, `number`);
-- create "leads" table
CREATE TABLE `leads` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `email` text NOT NULL DEFAULT (''),
  `email_key` text NOT NULL DEFAULT (''),
  `name` text NOT NULL DEFAULT (''),
  `phone` text NOT NULL DEFAULT (''),
  `phone_key` text NOT NULL DEFAULT (''),
  `search_key` text NOT NULL DEFAULT (''),
  `source` text NOT NULL DEFAULT (''),
  `fields` text NOT NULL DEFAULT ('{}'),
  `state` text NOT NULL DEFAULT ('new'),
  `notes` text NOT NULL DEFAULT (''),
  `duplicate_of` uuid NULL,
  `decision` text NOT NULL DEFAULT ('{}'),
  `request_key` text NOT NULL DEFAULT (''),
  `request_hash` blob NULL,
  `version` integer NOT NULL DEFAULT (1),
  `field_versions` text NOT NULL DEFAULT (''),
  `row_seq` integer NOT NULL DEFAULT (0),
  `assigned_at` integer NOT NULL DEFAULT (0),
  `changed_at` integer NOT NULL DEFAULT (0),
  `campaign_id` uuid NOT NULL,
  `assignee_id` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `leads_campaigns_campaign` FOREIGN KEY (`campaign_id`) REFERENCES `campaigns` (`id`) ON DELETE CASCADE,
  CONSTRAINT `leads_collaborators_assignee` FOREIGN KEY (`assignee_id`) REFERENCES `collaborators` (`id`) ON DELETE SET NULL,
  CONSTRAINT `leads_state_values` CHECK ("state" IN ('new', 'in_progress', 'won', 'lost'))
);
-- create index "lead_campaign_id_row_seq_id" to table: "leads"
CREATE INDEX `lead_campaign_id_row_seq_id` ON `leads` (`campaign_id`, `row_seq`, `id`);
-- create index "lead_campaign_id_assignee_id_row_seq_id" to table: "leads"
CREATE INDEX `lead_campaign_id_assignee_id_row_seq_id` ON `leads` (`campaign_id`, `assignee_id`, `row_seq`, `id`);
-- create index "lead_campaign_id_email_key_id" to table: "leads"
CREATE INDEX `lead_campaign_id_email_key_id` ON `leads` (`campaign_id`, `email_key`, `id`) WHERE email_key <> '' AND state IN ('new', 'in_progress');
-- create index "lead_campaign_id_phone_key_id" to table: "leads"
CREATE INDEX `lead_campaign_id_phone_key_id` ON `leads` (`campaign_id`, `phone_key`, `id`) WHERE phone_key <> '' AND state IN ('new', 'in_progress');
-- create index "lead_campaign_id_request_key" to table: "leads"
CREATE UNIQUE INDEX `lead_campaign_id_request_key` ON `leads` (`campaign_id`, `request_key`) WHERE request_key <> '';
-- create index "lead_waiting" to table: "leads"
CREATE INDEX `lead_waiting` ON `leads` (`campaign_id`, `id`) WHERE assignee_id IS NULL AND state IN ('new', 'in_progress');
-- create index "lead_account_id_assignee_id_state" to table: "leads"
CREATE INDEX `lead_account_id_assignee_id_state` ON `leads` (`account_id`, `assignee_id`, `state`);
-- create index "lead_account_id_id" to table: "leads"
CREATE INDEX `lead_account_id_id` ON `leads` (`account_id`, `id`);
-- create index "lead_campaign_id_id" to table: "leads"
CREATE INDEX `lead_campaign_id_id` ON `leads` (`campaign_id`, `id`);
-- create index "lead_account_id_assignee_id_id" to table: "leads"
CREATE INDEX `lead_account_id_assignee_id_id` ON `leads` (`account_id`, `assignee_id`, `id`);
-- create "lead_positions" table
CREATE TABLE `lead_positions` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `seq` integer NOT NULL,
  `row_seq` integer NOT NULL,
  `campaign_id` uuid NOT NULL,
  `collaborator_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `lead_positions_campaigns_campaign` FOREIGN KEY (`campaign_id`) REFERENCES `campaigns` (`id`) ON DELETE CASCADE,
  CONSTRAINT `lead_positions_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE
);
-- create index "leadposition_campaign_id_collaborator_id" to table: "lead_positions"
CREATE UNIQUE INDEX `leadposition_campaign_id_collaborator_id` ON `lead_positions` (`campaign_id`, `collaborator_id`);
-- create index "leadposition_collaborator_id_seq_campaign_id" to table: "lead_positions"
CREATE INDEX `leadposition_collaborator_id_seq_campaign_id` ON `lead_positions` (`collaborator_id`, `seq`, `campaign_id`);
-- create "login_throttles" table
CREATE TABLE `login_throttles` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `key_hash` blob NOT NULL,
  `failures` integer NOT NULL DEFAULT (0),
  `window_ends_at` integer NOT NULL DEFAULT (0),
  `blocked_until` integer NOT NULL DEFAULT (0),
  PRIMARY KEY (`id`)
);
-- create index "login_throttles_key_hash_key" to table: "login_throttles"
CREATE UNIQUE INDEX `login_throttles_key_hash_key` ON `login_throttles` (`key_hash`);
-- create index "loginthrottle_window_ends_at" to table: "login_throttles"
CREATE INDEX `loginthrottle_window_ends_at` ON `login_throttles` (`window_ends_at`);
-- create "mails" table
CREATE TABLE `mails` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NULL,
  `recipient` text NOT NULL,
  `subject` text NOT NULL,
  `text_body` text NOT NULL,
  `html_body` text NOT NULL DEFAULT (''),
  `state` text NOT NULL DEFAULT ('waiting'),
  `tries` integer NOT NULL DEFAULT (0),
  `last_error` text NOT NULL DEFAULT (''),
  `next_try_at` integer NOT NULL DEFAULT (0),
  PRIMARY KEY (`id`),
  CONSTRAINT `mails_state_values` CHECK ("state" IN ('waiting', 'sent', 'failed', 'kept'))
);
-- create index "mail_state_next_try_at" to table: "mails"
CREATE INDEX `mail_state_next_try_at` ON `mails` (`state`, `next_try_at`);
-- create "one_time_tokens" table
CREATE TABLE `one_time_tokens` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `purpose` text NOT NULL,
  `token_hash` blob NOT NULL,
  `expires_at` integer NOT NULL DEFAULT (0),
  `used_at` integer NOT NULL DEFAULT (0),
  `user_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `one_time_tokens_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
  CONSTRAINT `one_time_tokens_purpose_values` CHECK ("purpose" IN ('reset_password'))
);
-- create index "one_time_tokens_token_hash_key" to table: "one_time_tokens"
CREATE UNIQUE INDEX `one_time_tokens_token_hash_key` ON `one_time_tokens` (`token_hash`);
-- create index "onetimetoken_user_id" to table: "one_time_tokens"
CREATE INDEX `onetimetoken_user_id` ON `one_time_tokens` (`user_id`);
-- create index "onetimetoken_expires_at" to table: "one_time_tokens"
CREATE INDEX `onetimetoken_expires_at` ON `one_time_tokens` (`expires_at`);
-- create "promises" table
CREATE TABLE `promises` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `level` text NOT NULL,
  `round_robin` bool NOT NULL DEFAULT (false),
  `job_number` integer NOT NULL DEFAULT (0),
  `before` text NOT NULL DEFAULT ('absent'),
  `before_round_robin` bool NOT NULL DEFAULT (false),
  `invitation_id` uuid NOT NULL,
  `item_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `promises_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE,
  CONSTRAINT `promises_items_item` FOREIGN KEY (`item_id`) REFERENCES `items` (`id`) ON DELETE CASCADE,
  CONSTRAINT `promise_round_robin_implies_access` CHECK ((NOT round_robin) OR (level <> 'none')),
  CONSTRAINT `promises_before_values` CHECK ("before" IN ('absent', 'none', 'view', 'edit')),
  CONSTRAINT `promises_level_values` CHECK ("level" IN ('none', 'view', 'edit'))
);
-- create index "promise_invitation_id_item_id" to table: "promises"
CREATE UNIQUE INDEX `promise_invitation_id_item_id` ON `promises` (`invitation_id`, `item_id`);
-- create index "promise_item_id" to table: "promises"
CREATE INDEX `promise_item_id` ON `promises` (`item_id`);
-- create index "promise_account_id_job_number" to table: "promises"
CREATE INDEX `promise_account_id_job_number` ON `promises` (`account_id`, `job_number`) WHERE job_number > 0;
-- create "replicas" table
CREATE TABLE `replicas` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `given_id` uuid NOT NULL,
  `last_mutation` integer NOT NULL DEFAULT (0),
  `acknowledged` integer NOT NULL DEFAULT (0),
  `seen_at` integer NOT NULL DEFAULT (0),
  `collaborator_id` uuid NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `replicas_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE
);
-- create index "replica_collaborator_id_given_id" to table: "replicas"
CREATE UNIQUE INDEX `replica_collaborator_id_given_id` ON `replicas` (`collaborator_id`, `given_id`);
-- create "row_tombstones" table
CREATE TABLE `row_tombstones` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `item_id` uuid NOT NULL,
  `row_id` uuid NOT NULL,
  `row_seq` integer NOT NULL,
  `collaborator_id` uuid NOT NULL,
  PRIMARY KEY (`id`)
);
-- create index "rowtombstone_item_id_collaborator_id_row_seq_row_id" to table: "row_tombstones"
CREATE INDEX `rowtombstone_item_id_collaborator_id_row_seq_row_id` ON `row_tombstones` (`item_id`, `collaborator_id`, `row_seq`, `row_id`);
-- create index "rowtombstone_item_id_row_id" to table: "row_tombstones"
CREATE INDEX `rowtombstone_item_id_row_id` ON `row_tombstones` (`item_id`, `row_id`);
-- create "secrets" table
CREATE TABLE `secrets` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `name` text NOT NULL,
  `value` blob NOT NULL,
  PRIMARY KEY (`id`)
);
-- create index "secrets_name_key" to table: "secrets"
CREATE UNIQUE INDEX `secrets_name_key` ON `secrets` (`name`);
-- create "sessions" table
CREATE TABLE `sessions` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `token_hash` blob NOT NULL,
  `carrier` text NOT NULL DEFAULT ('bearer'),
  `device` text NOT NULL DEFAULT (''),
  `last_used_at` integer NOT NULL DEFAULT (0),
  `expires_at` integer NOT NULL DEFAULT (0),
  `user_id` uuid NOT NULL,
  `collaborator_id` uuid NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `sessions_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
  CONSTRAINT `sessions_collaborators_collaborator` FOREIGN KEY (`collaborator_id`) REFERENCES `collaborators` (`id`) ON DELETE CASCADE,
  CONSTRAINT `sessions_carrier_values` CHECK ("carrier" IN ('bearer', 'cookie'))
);
-- create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX `sessions_token_hash_key` ON `sessions` (`token_hash`);
-- create index "session_user_id" to table: "sessions"
CREATE INDEX `session_user_id` ON `sessions` (`user_id`);
-- create index "session_collaborator_id" to table: "sessions"
CREATE INDEX `session_collaborator_id` ON `sessions` (`collaborator_id`);
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- create "templates" table
CREATE TABLE `templates` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `subject` text NOT NULL DEFAULT (''),
  `preheader` text NOT NULL DEFAULT (''),
  `format` text NOT NULL DEFAULT ('html'),
  `body` text NOT NULL DEFAULT (''),
  PRIMARY KEY (`id`),
  CONSTRAINT `templates_items_item` FOREIGN KEY (`id`) REFERENCES `items` (`id`) ON DELETE CASCADE,
  CONSTRAINT `templates_format_values` CHECK ("format" IN ('mjml', 'html'))
);
-- create "users" table
CREATE TABLE `users` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `email` text NOT NULL,
  `email_key` text NOT NULL,
  `password_hash` text NOT NULL,
  `first_name` text NOT NULL,
  `last_name` text NOT NULL,
  `locale` text NOT NULL DEFAULT ('en'),
  `totp_secret` text NOT NULL DEFAULT (''),
  PRIMARY KEY (`id`),
  CONSTRAINT `users_locale_values` CHECK ("locale" IN ('en', 'fr'))
);
-- create index "users_email_key_key" to table: "users"
CREATE UNIQUE INDEX `users_email_key_key` ON `users` (`email_key`);
-- create "visibility_events" table
CREATE TABLE `visibility_events` (
  `id` uuid NOT NULL,
  `created_at` integer NOT NULL,
  `account_id` uuid NOT NULL,
  `seq` integer NOT NULL,
  `item_id` uuid NOT NULL,
  `collaborator_id` uuid NOT NULL,
  `before` text NOT NULL,
  `before_round_robin` bool NOT NULL DEFAULT (false),
  `job_number` integer NOT NULL DEFAULT (0),
  PRIMARY KEY (`id`),
  CONSTRAINT `visibility_events_before_values` CHECK ("before" IN ('absent', 'none', 'view', 'edit', 'everyone', 'restricted', 'dead'))
);
-- create index "visibilityevent_account_id_collaborator_id_seq_item_id" to table: "visibility_events"
CREATE UNIQUE INDEX `visibilityevent_account_id_collaborator_id_seq_item_id` ON `visibility_events` (`account_id`, `collaborator_id`, `seq`, `item_id`);
-- create index "visibilityevent_item_id_collaborator_id_seq" to table: "visibility_events"
CREATE INDEX `visibilityevent_item_id_collaborator_id_seq` ON `visibility_events` (`item_id`, `collaborator_id`, `seq`);
-- create index "visibility_event_of_job" to table: "visibility_events"
CREATE INDEX `visibility_event_of_job` ON `visibility_events` (`account_id`, `job_number`, `collaborator_id`, `item_id`) WHERE job_number > 0;
-- create index "visibility_event_by_hand" to table: "visibility_events"
CREATE INDEX `visibility_event_by_hand` ON `visibility_events` (`account_id`, `collaborator_id`, `seq`, `item_id`) WHERE job_number = 0;
-- create "campaign_lists" table
CREATE TABLE `campaign_lists` (
  `campaign_id` uuid NOT NULL,
  `contact_list_id` uuid NOT NULL,
  PRIMARY KEY (`campaign_id`, `contact_list_id`),
  CONSTRAINT `campaign_lists_campaign_id` FOREIGN KEY (`campaign_id`) REFERENCES `campaigns` (`id`) ON DELETE CASCADE,
  CONSTRAINT `campaign_lists_contact_list_id` FOREIGN KEY (`contact_list_id`) REFERENCES `contact_lists` (`id`) ON DELETE CASCADE
);
-- create index "campaign_lists_contact_list_id" to table: "campaign_lists"
CREATE INDEX `campaign_lists_contact_list_id` ON `campaign_lists` (`contact_list_id`);
-- create "campaign_blacklists" table
CREATE TABLE `campaign_blacklists` (
  `campaign_id` uuid NOT NULL,
  `blacklist_id` uuid NOT NULL,
  PRIMARY KEY (`campaign_id`, `blacklist_id`),
  CONSTRAINT `campaign_blacklists_campaign_id` FOREIGN KEY (`campaign_id`) REFERENCES `campaigns` (`id`) ON DELETE CASCADE,
  CONSTRAINT `campaign_blacklists_blacklist_id` FOREIGN KEY (`blacklist_id`) REFERENCES `blacklists` (`id`) ON DELETE CASCADE
);
-- create index "campaign_blacklists_blacklist_id" to table: "campaign_blacklists"
CREATE INDEX `campaign_blacklists_blacklist_id` ON `campaign_blacklists` (`blacklist_id`);
