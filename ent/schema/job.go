package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Job is long work: queued, resumable, with progress and kept failures.
type Job struct{ ent.Schema }

// Mixin of the entity.
func (Job) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Job) Policy() ent.Policy { return seenBy("Job") }

// Fields of the entity.
func (Job) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		optionalReference("asked_by", "the collaborator who asked"),
		field.String("kind").MaxRuneLen(50).Immutable(),
		field.Text("what").Default("{}").Comment("JSON of the kind's own input"),
		field.Text("checkpoint").Default("").Comment("JSON of how far it is"),
		field.Text("failures").Default("[]").Comment("JSON list of rows that failed, each with its reason"),
		field.Enum("state").Values("queued", "running", "done", "cancelled", "failed").Default("queued"),
		field.Int64("total").Default(0),
		field.Int64("done").Default(0),
		field.Int64("failed").Default(0),
		field.String("claimed_by").MaxRuneLen(100).Default("").Comment("the node that works on it"),
		moment("claim_ends_at", "another node may take it after"),
		moment("run_at", "not before"),
		moment("finished_at", "when it was done, cancelled or given up"),
	}
}

// Edges of the entity.
func (Job) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		mayPointTo("asker", Collaborator.Type, "asked_by"),
	}
}

// Indexes of the entity.
func (Job) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state", "run_at"), index.Fields("account_id", "created_at")}
}
