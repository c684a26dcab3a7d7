package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// FeedCommit is one numbered change of an account. Its nonce tells apart two lineages that reuse numbers after a restore.
type FeedCommit struct{ ent.Schema }

// Mixin of the entity.
func (FeedCommit) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (FeedCommit) Policy() ent.Policy { return seenBy("FeedCommit") }

// Fields of the entity.
func (FeedCommit) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.Int64("seq").Immutable(),
		field.Int64("nonce").Immutable(),
	}
}

// Indexes of the entity.
func (FeedCommit) Indexes() []ent.Index {
	return []ent.Index{index.Fields("account_id", "seq").Unique()}
}
