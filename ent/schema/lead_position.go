package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// LeadPosition is when the leads that one person follows up in one campaign last changed: for people who are told of
// those alone. A campaign in which they never had one has none.
type LeadPosition struct{ ent.Schema }

// Mixin of the entity.
func (LeadPosition) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (LeadPosition) Policy() ent.Policy { return seenBy("LeadPosition") }

// Fields of the entity.
func (LeadPosition) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("campaign_id"),
		reference("collaborator_id"),
		field.Int64("seq").Comment("position in the account's feed"),
		field.Int64("row_seq").Comment("position among the changes of the campaign's leads"),
	}
}

// Edges of the entity.
func (LeadPosition) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("campaign", Campaign.Type, "campaign_id"),
		belongsTo("collaborator", Collaborator.Type, "collaborator_id"),
	}
}

// Indexes of the entity.
func (LeadPosition) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign_id", "collaborator_id").Unique(),
		index.Fields("collaborator_id", "seq", "campaign_id"),
	}
}
