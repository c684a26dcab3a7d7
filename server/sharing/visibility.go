package sharing

import (
	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
)

// Level is the rule: what the viewer may do with an item of their account in the given state.
//
// A dead item: nothing. Owners and the item's creator: edit. Else the person's edge, if there is one.
// Else edit if the audience is everyone. Else nothing.
func (v *Viewer) Level(s State) access.Level {
	switch {
	case s.Dead:
		return access.LevelNone
	case v.Owner(), v.made(s.Creator):
		return access.LevelEdit
	case s.Edge != "":
		return s.Edge
	case s.Audience == item.AudienceEveryone:
		return access.LevelEdit
	default:
		return access.LevelNone
	}
}

// Narrow says how the viewer's queries of an entity are restricted. An entity that is not named here
// cannot be read by a person at all.
func (v *Viewer) Narrow(entity string) (viewer.Narrowing, bool) {
	switch entity {
	case "Item":
		return func(s *sql.Selector) { s.Where(v.sees(s)) }, true
	case "Campaign", "Template", "ContactList", "Blacklist":
		return v.seesItemOf("id"), true
	case "Contact":
		return v.seesItemOf("list_id"), true
	case "BlacklistEntry":
		return v.seesItemOf("blacklist_id"), true
	case "Account":
		return func(s *sql.Selector) { s.Where(sql.EQ(s.C("id"), v.Account)) }, true
	case "Collaborator":
		return func(s *sql.Selector) {
			s.Where(sql.And(sql.EQ(s.C("account_id"), v.Account), sql.EQ(s.C("removed_at"), 0)))
		}, true
	case "User":
		return func(s *sql.Selector) { s.Where(sql.EQ(s.C("id"), v.User)) }, true
	case "Session":
		return func(s *sql.Selector) { s.Where(sql.EQ(s.C("user_id"), v.User)) }, true
	case "Access":
		return func(s *sql.Selector) {
			s.Where(sql.EQ(s.C("collaborator_id"), v.Collaborator))
			v.seesItemOf("item_id")(s)
		}, true
	default:
		return nil, false
	}
}

// sees is the rule as a predicate on a selector over items. The pure form is Level; a test holds the two
// together.
func (v *Viewer) sees(s *sql.Selector) *sql.Predicate {
	alive := " = 0"
	if v.deleted {
		alive = " > 0"
	}
	mine := sql.And(sql.EQ(s.C("account_id"), v.Account), literally(s.C("deleted_at"), alive))
	if v.Owner() {
		return mine
	}
	return sql.And(mine, sql.Or(
		sql.EQ(s.C("creator_id"), v.Collaborator),
		sql.Exists(v.edge(s, sql.NEQ("level", access.LevelNone))),
		sql.And(sql.EQ(s.C("audience"), item.AudienceEveryone), sql.NotExists(v.edge(s))),
	))
}

// literally compares a column with a constant that stands in the query's text: a partial index is of use
// only to a query that says the same as its WHERE.
func literally(column, comparison string) *sql.Predicate {
	return sql.P(func(b *sql.Builder) { b.Ident(column).WriteString(comparison) })
}

// edge selects the viewer's edge on the item of the selector.
func (v *Viewer) edge(s *sql.Selector, more ...*sql.Predicate) *sql.Selector {
	b := sql.Dialect(s.Dialect())
	a := b.Table(access.Table).As("edge")
	ps := []*sql.Predicate{
		sql.EQ(a.C("collaborator_id"), v.Collaborator),
		sql.ColumnsEQ(a.C("item_id"), s.C("id")),
	}
	return b.Select("id").From(a).Where(sql.And(append(ps, more...)...))
}

// seesItemOf restricts rows to those whose item, named by the column, the viewer sees.
func (v *Viewer) seesItemOf(column string) viewer.Narrowing {
	return func(s *sql.Selector) {
		b := sql.Dialect(s.Dialect())
		i := b.Table(item.Table).As("seen_item")
		sub := b.Select("id").From(i)
		sub.Where(sql.And(sql.ColumnsEQ(i.C("id"), s.C(column)), v.sees(sub)))
		s.Where(sql.Exists(sub))
	}
}

// Disposes restricts items to those the viewer may archive, delete and restore, of those they see.
// Disposable is the same for one item.
func (v *Viewer) Disposes() viewer.Narrowing {
	return func(s *sql.Selector) {
		switch v.Role {
		case collaborator.RoleOwner:
		case collaborator.RoleManager:
			// Whoever sees an item may change it, unless their edge says view.
			s.Where(sql.Or(
				sql.EQ(s.C("creator_id"), v.Collaborator),
				sql.NotExists(v.edge(s, sql.EQ("level", access.LevelView))),
			))
		default:
			s.Where(sql.EQ(s.C("creator_id"), v.Collaborator))
		}
	}
}
