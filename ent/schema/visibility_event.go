package schema

import (
	"entgo.io/ent"
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
	}
}

// Indexes of the entity.
func (VisibilityEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "collaborator_id", "seq", "item_id").Unique(),
		index.Fields("item_id", "collaborator_id", "seq"),
	}
}
