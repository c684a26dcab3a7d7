package sharing

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// NewContext returns a context whose queries see what v sees.
func NewContext(ctx context.Context, v *Viewer) context.Context { return viewer.NewContext(ctx, v) }

// From returns the collaborator who is looking. Without one it answers the Unauthenticated fault, or,
// where a person is signed in and has opened no account yet, one that says so.
func From(ctx context.Context) (*Viewer, error) {
	v, ok := viewer.FromContext(ctx).(*Viewer)
	switch {
	case !ok:
		return nil, fault.New(fault.Unauthenticated, "Sign in first.")
	case v.Collaborator == uuid.Nil:
		return nil, fault.New(fault.Denied, "Open an account first.")
	}
	return v, nil
}

// Visible returns the item if the viewer in the context sees it and the NotFound fault otherwise. The
// client is that of the transaction the caller is in.
func Visible(ctx context.Context, items *ent.ItemClient, id uuid.UUID) (*ent.Item, error) {
	it, err := items.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("item")
	}
	return it, err
}

// Lock keeps other writers off an item that the viewer in the context sees until the transaction ends, or
// answers the NotFound fault. What a command decides by is read after it: on PostgreSQL another writer may
// have committed while this one waited. SQLite has one writer.
func Lock(ctx context.Context, tx *feed.Tx, id uuid.UUID) error {
	if tx.Dialect != dialect.Postgres {
		return nil
	}
	_, err := tx.Item.Query().Where(item.ID(id)).ForUpdate().OnlyID(ctx)
	if ent.IsNotFound(err) {
		return fault.Missing("item")
	}
	return err
}

// LevelOn returns what the viewer in the context may do with the item, and the item if they see it.
// An item they do not see is the NotFound fault.
func LevelOn(ctx context.Context, tx *ent.Tx, id uuid.UUID) (*ent.Item, access.Level, error) {
	v, err := From(ctx)
	if err != nil {
		return nil, "", err
	}
	it, err := Visible(ctx, tx.Item, id)
	if err != nil {
		return nil, "", err
	}
	state := State{Creator: it.CreatorID, Audience: it.Audience}
	edge, err := tx.Access.Query().
		Where(access.ItemID(id), access.CollaboratorID(v.Collaborator)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, "", fmt.Errorf("reading an edge: %w", err)
	}
	if edge != nil {
		state.Edge = edge.Level
	}
	return it, v.Level(state), nil
}

// Editable returns the item if the viewer in the context may change it: NotFound where they do not see
// it, Denied where they may only look.
func Editable(ctx context.Context, tx *ent.Tx, id uuid.UUID) (*ent.Item, error) {
	it, level, err := LevelOn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if level != access.LevelEdit {
		return nil, fault.New(fault.Denied, "You may look at this item and not change it.")
	}
	return it, nil
}

// Governed returns the item if the viewer in the context may say who sees it: an owner or its creator.
func Governed(ctx context.Context, tx *ent.Tx, id uuid.UUID) (*ent.Item, error) {
	v, err := From(ctx)
	if err != nil {
		return nil, err
	}
	it, err := Visible(ctx, tx.Item, id)
	if err != nil {
		return nil, err
	}
	if err := v.MayGovern(it); err != nil {
		return nil, err
	}
	return it, nil
}

// Disposable returns the item if the viewer in the context may archive, delete or restore it: an owner,
// its creator, or a manager who may change it. For a restore the context looks at deleted items.
func Disposable(ctx context.Context, tx *ent.Tx, id uuid.UUID) (*ent.Item, error) {
	v, err := From(ctx)
	if err != nil {
		return nil, err
	}
	it, level, err := LevelOn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if !v.configures(it, level) {
		return nil, fault.New(fault.Denied, "Only an owner, the item's creator or a manager who may change it does this.")
	}
	return it, nil
}

// MayAddress answers nil if the viewer, who may change a campaign, may also say who it is from and who it goes to: an
// owner, its creator, or a manager. Members write what they were given and change no campaign settings (T12).
func (v *Viewer) MayAddress(campaign *ent.Item) error {
	if !v.configures(campaign, access.LevelEdit) {
		return fault.New(fault.Denied, "Members do not change a campaign's sender and recipients; ask a manager or an owner.")
	}
	return nil
}

// configures says whether the viewer, who has the level on an item, may change its settings.
func (v *Viewer) configures(it *ent.Item, level access.Level) bool {
	return v.MayGovern(it) == nil || v.Role == collaborator.RoleManager && level == access.LevelEdit
}

// MayGovern answers nil if the viewer may say who sees an item that they see: an owner or its creator.
func (v *Viewer) MayGovern(it *ent.Item) error {
	if !v.Owner() && !v.made(it.CreatorID) {
		return fault.New(fault.Denied, "Only an owner or the item's creator says who may see it.")
	}
	return nil
}

// MayCreate answers nil if the viewer may make an item of the kind: members create no campaigns (T12).
func (v *Viewer) MayCreate(kind item.Kind) error {
	if kind == item.KindCampaign && v.Role == collaborator.RoleMember {
		return fault.New(fault.Denied, "Members do not create campaigns; ask a manager or an owner.")
	}
	return nil
}
