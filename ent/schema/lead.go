package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Lead is someone who answered a campaign and is to be followed up by one person.
type Lead struct{ ent.Schema }

// Mixin of the entity.
func (Lead) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Lead) Policy() ent.Policy { return seenBy("Lead") }

// Fields of the entity.
func (Lead) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("campaign_id"),
		optionalReference("assignee_id", "who follows it up; empty while it waits"),
		field.String("email").MaxRuneLen(254).Default(""),
		field.String("email_key").MaxRuneLen(254).Default("").Comment("normalised, for near-duplicates"),
		field.String("name").MaxRuneLen(200).Default(""),
		field.String("phone").MaxRuneLen(100).Default(""),
		field.String("phone_key").MaxRuneLen(100).Default("").Comment("its digits, for near-duplicates"),
		field.String("search_key").MaxRuneLen(1500).Default("").Comment("name, address and phone, folded"),
		field.String("source").MaxRuneLen(200).Default(""),
		field.Text("fields").Default("{}").Comment("what the source sent: a JSON object of strings, keys sorted"),
		field.Enum("state").Values("new", "in_progress", "won", "lost").Default("new"),
		field.Text("notes").Default(""),
		optionalReference("duplicate_of", "an open lead of the campaign that looks the same"),
		field.Text("decision").Default("{}").Comment("JSON: how it came to its assignee, or why it waits"),
		field.String("request_key").MaxRuneLen(100).Default("").Immutable().Comment("idempotency key of the request that brought it"),
		field.Bytes("request_hash").Optional().Immutable().Comment("SHA-256 of that request's content"),
		field.Int64("version").Default(1),
		field.String("field_versions").Default("").Comment("version of the last change, by field (package merge)"),
		field.Int64("row_seq").Default(0).Comment("position among the changes of the campaign's leads"),
		moment("assigned_at", "when the assignee was given it"),
		moment("changed_at", "last change"),
	}
}

// Edges of the entity.
func (Lead) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("campaign", Campaign.Type, "campaign_id"),
		mayPointTo("assignee", Collaborator.Type, "assignee_id"),
	}
}

// Indexes of the entity.
func (Lead) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign_id", "row_seq", "id"),
		index.Fields("campaign_id", "assignee_id", "row_seq", "id"),
		// The oldest open lead that looks the same.
		index.Fields("campaign_id", "email_key", "id").Annotations(entsql.IndexWhere("email_key <> '' AND state IN ('new', 'in_progress')")),
		index.Fields("campaign_id", "phone_key", "id").Annotations(entsql.IndexWhere("phone_key <> '' AND state IN ('new', 'in_progress')")),
		index.Fields("campaign_id", "request_key").Unique().Annotations(entsql.IndexWhere("request_key <> ''")),
		index.Fields("campaign_id", "id").StorageKey("lead_waiting").
			Annotations(entsql.IndexWhere("assignee_id IS NULL AND state IN ('new', 'in_progress')")),
		index.Fields("account_id", "assignee_id", "state"),
		index.Fields("account_id", "id"),
		index.Fields("campaign_id", "id"),
		index.Fields("account_id", "assignee_id", "id"),
	}
}
