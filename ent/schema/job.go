package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
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
		optionalReference("item_id", "the item it works on, where it is one"),
		optionalReference("retry_of", "the job whose rest or failed parts it does"),
		optionalReference("undo_of", "the job that it undoes"),
		field.Int64("number").Immutable().Comment("1, 2, 3, … in the account; jobs run in this order"),
		field.Int64("after_seq").Immutable().Comment("the account's change number when it was asked for"),
		field.String("kind").MaxRuneLen(50).Immutable(),
		field.Text("what").Default("{}").Immutable().Comment("JSON of the kind's own input"),
		field.Text("checkpoint").Default("").Comment("how far it is, in the kind's own words"),
		field.Text("outcome").Default("{}").Comment("JSON of numbers: what became of the parts, in the kind's own words"),
		field.Enum("state").Values("queued", "running", "done", "cancelled", "failed").Default("queued"),
		field.String("reason").MaxRuneLen(500).Default("").Comment("why it failed as a whole, for a person"),
		field.Int64("total").Default(0),
		field.Int64("done").Default(0),
		field.Int64("failed").Default(0),
		field.Int("tries").Default(0).Comment("steps that failed in a row"),
		field.String("claimed_by").MaxRuneLen(100).Default("").Comment("the node that works on it"),
		moment("claim_ends_at", "another node may take it after"),
		moment("run_at", "not before"),
		moment("started_at", "when its first step began"),
		moment("finished_at", "when it was done, cancelled or given up"),
	}
}

// Edges of the entity.
func (Job) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		mayPointTo("asker", Collaborator.Type, "asked_by"),
		mayPointTo("item", Item.Type, "item_id"),
	}
}

// Indexes of the entity.
func (Job) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "number").Unique(),
		index.Fields("account_id", "number").StorageKey("job_waiting").
			Annotations(entsql.IndexWhere("state IN ('queued', 'running')")),
		index.Fields("retry_of").Unique().Annotations(entsql.IndexWhere("retry_of IS NOT NULL")),
		index.Fields("undo_of"),
	}
}
