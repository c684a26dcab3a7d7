package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Dispatch is one sending of a campaign: its recipients are fixed when it starts.
type Dispatch struct{ ent.Schema }

// Mixin of the entity.
func (Dispatch) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Dispatch) Policy() ent.Policy { return seenBy("Dispatch") }

// Fields of the entity.
func (Dispatch) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("campaign_id"),
		optionalReference("sent_by", "the collaborator who started it"),
		field.Enum("state").Values("preparing", "sending", "paused", "done", "cancelled").Default("preparing"),
		field.Int64("recipients").Default(0),
		field.Int64("accepted").Default(0),
		field.Int64("refused").Default(0),
		field.Int64("uncertain").Default(0),
		moment("started_at", "when the first message left"),
		moment("finished_at", "when the last delivery was settled"),
	}
}

// Edges of the entity.
func (Dispatch) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("campaign", Campaign.Type, "campaign_id"),
		mayPointTo("sender", Collaborator.Type, "sent_by"),
	}
}

// Indexes of the entity.
func (Dispatch) Indexes() []ent.Index {
	return []ent.Index{index.Fields("account_id", "created_at"), index.Fields("campaign_id")}
}
