// Package schema is the data model: one file an entity.
//
// Every entity has a UUIDv7 id, so that new rows go to the end of an index, and a policy that denies
// by default. Moments are instant.Instant; zero means never. What must always hold stands in the
// database (unique indexes, CHECKs, foreign keys): hooks see no rows on bulk paths.
package schema

import (
	"math/rand/v2"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
)

// Identified gives an entity its id and the moment it was made.
type Identified struct{ mixin.Schema }

// Fields of the mixin.
func (Identified) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("id", uuid.UUID{}).Default(newID).Immutable(),
		field.Int64("created_at").GoType(instant.Instant(0)).DefaultFunc(instant.Now).Immutable(),
	}
}

func noID() uuid.UUID { return uuid.Nil }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// moment is a point in time that is "never" until it is set.
func moment(name, comment string) ent.Field {
	return field.Int64(name).GoType(instant.Instant(0)).Default(0).Comment(comment)
}

// reference is a foreign key that every row has.
func reference(name string) ent.Field {
	return field.UUID(name, uuid.UUID{}).Immutable()
}

// optionalReference is a foreign key that a row may lack.
func optionalReference(name, comment string) ent.Field {
	return field.UUID(name, uuid.UUID{}).Optional().Nillable().Comment(comment)
}

// belongsTo declares the foreign key of a reference; the row goes when its parent goes.
func belongsTo(name string, parent any, key string) ent.Edge {
	return edge.To(name, parent).Field(key).Unique().Required().Immutable().
		Annotations(entsql.OnDelete(entsql.Cascade))
}

// mayPointTo declares the foreign key of an optional reference; it is emptied when its target goes.
func mayPointTo(name string, target any, key string) ent.Edge {
	return edge.To(name, target).Field(key).Unique().Annotations(entsql.OnDelete(entsql.SetNull))
}

// live restricts an index to rows that are not deleted.
func live() schema.Annotation { return entsql.IndexWhere("deleted_at = 0") }

func table(name string) schema.Annotation { return entsql.Annotation{Table: name} }

// randomPositive returns a random number that is not negative, for epochs: another one each time.
func randomPositive() int64 { return rand.Int64() }
