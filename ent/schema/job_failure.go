package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// JobFailure is a part of a job that could not be done, with the reason.
type JobFailure struct{ ent.Schema }

// Mixin of the entity.
func (JobFailure) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (JobFailure) Policy() ent.Policy { return seenBy("JobFailure") }

// Fields of the entity.
func (JobFailure) Fields() []ent.Field {
	return []ent.Field{
		reference("job_id"),
		field.Int64("number").Immutable().Comment("1, 2, 3, … in the job"),
		field.Text("what").Immutable().Comment("JSON of the part, in the kind's own words"),
		field.String("label").MaxRuneLen(500).Immutable().Comment("the part, for a person"),
		field.String("reason").MaxRuneLen(500).Immutable().Comment("for a person"),
	}
}

// Edges of the entity.
func (JobFailure) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("job", Job.Type, "job_id")}
}

// Indexes of the entity.
func (JobFailure) Indexes() []ent.Index {
	return []ent.Index{index.Fields("job_id", "number").Unique()}
}
