package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// JobPart is input of a job that is too large for its row, such as the rows of a file. It goes when its job is done.
type JobPart struct{ ent.Schema }

// Mixin of the entity.
func (JobPart) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (JobPart) Policy() ent.Policy { return seenBy("JobPart") }

// Fields of the entity.
func (JobPart) Fields() []ent.Field {
	return []ent.Field{
		reference("job_id"),
		field.Int64("number").Immutable().Comment("1, 2, 3, … in the job"),
		field.Text("data").Immutable().Comment("in the kind's own words"),
	}
}

// Edges of the entity.
func (JobPart) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("job", Job.Type, "job_id")}
}

// Indexes of the entity.
func (JobPart) Indexes() []ent.Index {
	return []ent.Index{index.Fields("job_id", "number").Unique()}
}
