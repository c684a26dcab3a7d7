package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// VisibilityEvent is one entry of the append-only log of who could see what. It keeps the state from before, so that "visible just before" needs no replay.
type VisibilityEvent struct{ ent.Schema }

// Mixin of the entity.
func (VisibilityEvent) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (VisibilityEvent) Policy() ent.Policy { return seenBy("VisibilityEvent") }

// Fields of the entity.
func (VisibilityEvent) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.Int64("seq").Immutable(),
		reference("item_id"),
		field.UUID("collaborator_id", uuid.UUID{}).Immutable().
			Comment("whose edge changed; the zero id: the item's own audience or life"),
		field.Enum("before").Values("absent", "none", "view", "edit", "everyone", "restricted", "dead").Immutable().
			Comment("of an edge: absent, none, view, edit; of an item: everyone, restricted, dead"),
		field.Bool("before_round_robin").Default(false).Immutable().Comment("of an edge that a job changed"),
		field.Int64("job_number").Default(0).Immutable().Comment("the account's job that did it; 0: by hand; -1: an accepted invitation"),
	}
}

// Indexes of the entity.
func (VisibilityEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "collaborator_id", "seq", "item_id").Unique(),
		index.Fields("item_id", "collaborator_id", "seq"),
		index.Fields("account_id", "job_number", "collaborator_id", "item_id").StorageKey("visibility_event_of_job").
			Annotations(entsql.IndexWhere("job_number > 0")),
		index.Fields("account_id", "collaborator_id", "seq", "item_id").StorageKey("visibility_event_by_hand").
			Annotations(entsql.IndexWhere("job_number = 0")),
	}
}
