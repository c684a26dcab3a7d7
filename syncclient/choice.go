package syncclient

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// Keep has a list, a blacklist or the leads of a campaign, by the plain id of the item, be kept on this computer again. A
// process that follows notices within a second and fetches it; otherwise the next one does. It is no error where it is kept
// already, however short the disk is. Refused with a *NoRoomError, which is ErrNoRoom, where the disk is too short for it: for
// a large list where it would leave less than the reserve, for a small one where it would not fit at all. Without contact that
// is found out when it would be fetched. ErrGone where there is no such list, ErrLocked while the copy is locked, ErrOlder
// where a process of an older version follows.
func (c *Client) Keep(ctx context.Context, login *Login, account Account, id string) error {
	status, known, err := c.chosen(ctx, login, account, id)
	none := errors.Is(err, mirror.ErrNone)
	if err != nil && !none {
		return err
	}
	if known != nil && known.Kept {
		return nil
	}
	token, _, err := c.session(ctx, login, account)
	var bucket protocol.SizedBucket
	if err == nil {
		bucket, err = c.sized(ctx, token, id)
	}
	if none { // it will be kept, with all others
		return err
	}
	if ctx.Err() != nil || errors.Is(err, mirror.ErrGone) || errors.Is(err, ErrSignedOut) || err != nil && known == nil {
		return err
	}
	if err == nil {
		needed := bucket.Bytes
		if known != nil {
			needed -= known.BytesHere
		}
		if err := mirror.Enough(status.Folder, bucket.Rows, needed, c.reserve); err != nil {
			return fmt.Errorf("keep %q: %w", bucket.Name, err)
		}
	}
	return c.Editor(login, account).Keep(ctx, id)
}

// Drop has a list, a blacklist or the leads of a campaign, by the plain id of the item, not be kept on this computer: its
// rows are deleted here and not fetched any more (Rows has them page by page); it stays in the account. It can be said before
// the first Sync, too, and then needs the server. A process that follows notices within a second; where none does, the rows
// are gone when it returns. Refused, with nothing done, where what was written here might be lost: ErrUnsent, ErrUndecided;
// where an edit comes in between, ErrUnsent says that the rows go once it has been sent. ErrGone where there is no such list,
// ErrLocked while the copy is locked, ErrOlder where a process of an older version follows. It is no error where it is not
// kept already.
func (c *Client) Drop(ctx context.Context, login *Login, account Account, id string) error {
	_, known, err := c.chosen(ctx, login, account, id)
	none := errors.Is(err, mirror.ErrNone)
	if err != nil && !none {
		return err
	}
	if known == nil { // the server may know of it
		var token string
		if token, account, err = c.session(ctx, login, account); err != nil {
			return err
		}
		if _, _, err := c.named(ctx, login, account, token, id); err != nil {
			return err
		}
	}
	err = mirror.ErrNone
	if !none {
		err = c.Editor(login, account).Drop(ctx, id)
	}
	if errors.Is(err, mirror.ErrNone) || errors.Is(err, mirror.ErrOlder) { // opening makes the copy, or one of this version
		if _, err := c.openToCarryOut(ctx, login, account); err != nil {
			return err
		}
		err = c.Editor(login, account).Drop(ctx, id)
	}
	if err != nil {
		return err
	}
	done, err := c.openToCarryOut(ctx, login, account)
	if err != nil {
		return err
	}
	for _, came := range done {
		switch {
		case came.ID != id:
		case came.Waits:
			return mirror.ErrUnsent
		case came.Kept: // an edit was refused in between
			return mirror.ErrUndecided
		}
	}
	return nil
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

// openToCarryOut opens the copy, made if need be, and does what was chosen, unless a process follows, which does it by itself.
func (c *Client) openToCarryOut(ctx context.Context, login *Login, account Account) ([]mirror.Chosen, error) {
	id := c.identity(login, account)
	m, err := mirror.Open(ctx, mirror.Folder(c.data, id), id)
	if errors.Is(err, mirror.ErrInUse) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	done, err := m.CarryOut(ctx)
	return done, errors.Join(err, m.Close())
}
