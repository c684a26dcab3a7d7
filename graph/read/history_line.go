package read

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/sharing"
)

// The connection of the schema.
type (
	HistoryConnection = Page[*HistoryLine]
	HistoryEdge       = Edge[*HistoryLine]
)

// HistoryLine is one thing that was done.
type HistoryLine struct {
	row  *ent.AuditEvent
	page *historyPage
}

// historyPage is what the lines of a page speak of, loaded for all of them at once.
type historyPage struct {
	rows   []*ent.AuditEvent
	people func(context.Context) (map[uuid.UUID]*HistoryPerson, error)
	items  func(context.Context) (map[uuid.UUID]Item, error)
	locale func(context.Context) (user.Locale, error)
}

// HistoryPerson is a person in the history, also one who has left.
type HistoryPerson struct{ row *ent.Collaborator }

// HistoryDetail is a detail of a line.
type HistoryDetail struct{ Name, Value string }

// Number returns the line's number.
func (l *HistoryLine) Number() int64 { return l.row.Number }

// At returns when it was done.
func (l *HistoryLine) At() instant.Instant { return l.row.CreatedAt }

// Verb returns what was done.
func (l *HistoryLine) Verb() audit.Verb { return audit.Verb(l.row.Verb) }

// Hash returns the line's hash in hexadecimal.
func (l *HistoryLine) Hash() string { return hex.EncodeToString(l.row.Hash) }

// Record returns what is hashed of the line.
func (l *HistoryLine) Record() string { return audit.Record(l.row) }

// Actor returns who did it, nil for the server.
func (l *HistoryLine) Actor(ctx context.Context) (*HistoryPerson, error) {
	return l.person(ctx, l.row.ActorID)
}

// Person returns whom it was done to, nil where it was not done to a person.
func (l *HistoryLine) Person(ctx context.Context) (*HistoryPerson, error) {
	return l.person(ctx, l.row.PersonID)
}

func (l *HistoryLine) person(ctx context.Context, id *uuid.UUID) (*HistoryPerson, error) {
	if id == nil {
		return nil, nil
	}
	people, err := l.page.people(ctx)
	return people[*id], err
}

// name returns a person's name, empty where there is nobody.
func (l *HistoryLine) name(ctx context.Context, id *uuid.UUID) (string, error) {
	p, err := l.person(ctx, id)
	if p == nil {
		return "", err
	}
	return p.Name(), err
}

// Item returns the item it was done to as it is now, nil where there is none or it is deleted.
func (l *HistoryLine) Item(ctx context.Context) (Item, error) {
	if l.row.ItemID == nil {
		return nil, nil
	}
	items, err := l.page.items(ctx)
	return items[*l.row.ItemID], err
}

// Details returns the details by name.
func (l *HistoryLine) Details() ([]*HistoryDetail, error) {
	byName, err := audit.Details(l.row)
	if err != nil {
		return nil, err
	}
	details := make([]*HistoryDetail, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		details = append(details, &HistoryDetail{name, byName[name]})
	}
	return details, nil
}

// Words returns the line as a sentence in the viewer's language.
func (l *HistoryLine) Words(ctx context.Context) (string, error) {
	locale, err := l.page.locale(ctx)
	if err != nil {
		return "", err
	}
	told := audit.Told{Verb: l.Verb(), Server: l.row.ActorID == nil}
	if told.Detail, err = audit.Details(l.row); err != nil {
		return "", err
	}
	if told.Actor, err = l.name(ctx, l.row.ActorID); err != nil {
		return "", err
	}
	if told.Person, err = l.name(ctx, l.row.PersonID); err != nil {
		return "", err
	}
	if told.Detail["item"] == "" {
		it, err := l.Item(ctx)
		if err != nil {
			return "", err
		}
		if it != nil {
			told.Item = it.shared().Name()
		}
	}
	return told.Words(locale), nil
}

// ID returns the API's id of the collaborator.
func (p *HistoryPerson) ID() string { return GlobalID(PersonID, p.row.ID) }

// Name returns first and last name.
func (p *HistoryPerson) Name() string { return sharing.Name(p.row) }

// Email returns the address.
func (p *HistoryPerson) Email() string { return p.row.Email }

// historyPage returns what loads for a page of an owner's.
func (r *Reader) historyPage(v *sharing.Viewer, rows []*ent.AuditEvent) *historyPage {
	p := &historyPage{rows: rows}
	p.people = once(source{}, func(ctx context.Context) (map[uuid.UUID]*HistoryPerson, error) {
		ids := p.ids(func(e *ent.AuditEvent) []*uuid.UUID { return []*uuid.UUID{e.ActorID, e.PersonID} })
		found, err := r.store.Client().Collaborator.Query().
			Where(collaborator.AccountID(v.Account), collaborator.IDIn(ids...)).
			All(viewer.System(ctx, "the history names people who have left, to owners"))
		people := make(map[uuid.UUID]*HistoryPerson, len(found))
		for _, c := range found {
			people[c.ID] = &HistoryPerson{c}
		}
		return people, err
	})
	p.items = once(source{}, func(ctx context.Context) (map[uuid.UUID]Item, error) {
		ids := p.ids(func(e *ent.AuditEvent) []*uuid.UUID { return []*uuid.UUID{e.ItemID} })
		found, err := r.store.Client().Item.Query().Where(item.IDIn(ids...)).All(ctx)
		items := make(map[uuid.UUID]Item, len(found))
		for i, it := range newItems(r.source(), found) {
			items[found[i].ID] = it
		}
		return items, err
	})
	p.locale = once(source{}, func(ctx context.Context) (user.Locale, error) {
		me, err := r.store.Client().User.Query().Select(user.FieldLocale).Only(ctx)
		if err != nil {
			return "", err
		}
		return me.Locale, nil
	})
	return p
}

// ids returns what the lines of the page name, each once.
func (p *historyPage) ids(of func(*ent.AuditEvent) []*uuid.UUID) []uuid.UUID {
	named := make(map[uuid.UUID]struct{})
	for _, row := range p.rows {
		for _, id := range of(row) {
			if id != nil {
				named[*id] = struct{}{}
			}
		}
	}
	return slices.Collect(maps.Keys(named))
}
