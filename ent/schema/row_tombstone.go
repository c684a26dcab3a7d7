package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// RowTombstone remembers that a contact, blacklist entry or lead is gone, until the item's rows_floor passes it.
type RowTombstone struct{ ent.Schema }

// Mixin of the entity.
func (RowTombstone) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (RowTombstone) Policy() ent.Policy { return seenBy("RowTombstone") }

// Fields of the entity.
func (RowTombstone) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("item_id"),
		reference("row_id"),
		field.Int64("row_seq").Immutable(),
		field.UUID("collaborator_id", uuid.UUID{}).Default(noID).Immutable().
			Comment("whom a lead left, for people who see only their own; the zero id: it is gone for everyone else"),
	}
}

// Indexes of the entity.
func (RowTombstone) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("item_id", "collaborator_id", "row_seq", "row_id"),
		index.Fields("item_id", "row_id"),
	}
}
