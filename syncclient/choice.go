package syncclient

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// Keep has a list, a blacklist or the leads of a campaign, by the plain id of the item, be kept on this computer again. A
// process that follows notices within a second and fetches it; otherwise the next one does. Refused with a
// *mirror.NoRoomError, which is mirror.ErrNoRoom, where the disk is too short for it; without contact that is found out
// when it would be fetched. mirror.ErrGone where there is no such list. It is no error where it is kept already.
func (c *Client) Keep(ctx context.Context, login *Login, account Account, id string) error {
	status, known, err := c.chosen(ctx, login, account, id)
	if errors.Is(err, mirror.ErrNone) {
		_, err := c.named(ctx, login, account, id)
		return err // it will be kept, with all others
	}
	if err != nil {
		return err
	}
	bucket, err := c.named(ctx, login, account, id)
	if ctx.Err() != nil || errors.Is(err, mirror.ErrGone) || errors.Is(err, ErrSignedOut) || err != nil && known == nil {
		return err
	}
	needed := bucket.Bytes
	if known != nil {
		needed -= known.BytesHere
	}
	if err := mirror.Enough(status.Folder, needed, c.reserve); err != nil {
		return fmt.Errorf("keep %q: %w", bucket.Name, err)
	}
	return c.Editor(login, account).Keep(ctx, id)
}

// Drop has a list, a blacklist or the leads of a campaign, by the plain id of the item, not be kept on this computer: its
// rows are deleted here and not fetched any more (Rows has them page by page). It can be said before the first Sync, too,
// and then needs the server. A process that follows notices within a second; otherwise the rows are gone when it returns.
// Refused, with nothing done, where what was written here might be lost: mirror.ErrUnsent, mirror.ErrUndecided.
// mirror.ErrGone where there is no such list, mirror.ErrLocked while the copy is locked. It is no error where it is not kept
// already.
func (c *Client) Drop(ctx context.Context, login *Login, account Account, id string) error {
	_, known, err := c.chosen(ctx, login, account, id)
	none := errors.Is(err, mirror.ErrNone)
	if err != nil && !none {
		return err
	}
	if known == nil { // the server may know of it
		if _, err := c.named(ctx, login, account, id); err != nil {
			return err
		}
	}
	if none { // a copy is begun, so that the choice has a place
		if _, account, err = c.session(ctx, login, account); err != nil {
			return err
		}
		if err := c.carryOut(ctx, login, account); err != nil {
			return err
		}
	}
	if err := c.Editor(login, account).Drop(ctx, id); err != nil {
		return err
	}
	return c.carryOut(ctx, login, account)
}

// chosen reads what the copy knows of a list, nil where it knows nothing. mirror.ErrNone where there is no copy.
func (c *Client) chosen(ctx context.Context, login *Login, account Account, id string) (mirror.Status, *List, error) {
	status, err := c.Status(ctx, login, account)
	if err == nil && status.Locked {
		err = mirror.ErrLocked
	}
	if err != nil {
		return status, nil, err
	}
	all := listsHere(status)
	if i := slices.IndexFunc(all, func(l List) bool { return l.ID == id }); i >= 0 {
		return status, &all[i], nil
	}
	return status, nil, nil
}

// carryOut does in the copy what was chosen, unless a process follows, which does it by itself. The copy is made where there
// is none.
func (c *Client) carryOut(ctx context.Context, login *Login, account Account) error {
	id := c.identity(login, account)
	m, err := mirror.Open(ctx, mirror.Folder(c.data, id), id)
	if errors.Is(err, mirror.ErrInUse) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = m.CarryOut(ctx)
	return errors.Join(err, m.Close())
}
