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
// the first Sync, too, and then needs the server. Gone is true where the rows are gone when it returns. Otherwise they go
// later: where another process has the copy open, within a second of its following, at the latest when it lets go of the
// copy; and where a program is writing to the list's file, with the next Sync. Refused, with nothing done, where what was
// written here might be lost: ErrUnsent, ErrUndecided; where an edit comes in between, ErrUnsent says that the rows go once it
// has been sent. ErrGone where there is no such list, ErrLocked while the copy is locked, ErrOlder where a process of an older
// version follows. It is no error where it is not kept already.
func (c *Client) Drop(ctx context.Context, login *Login, account Account, id string) (gone bool, err error) {
	_, known, err := c.chosen(ctx, login, account, id)
	if err != nil && !errors.Is(err, mirror.ErrNone) {
		return false, err
	}
	if known == nil { // the server may know of it
		var token string
		if token, account, err = c.session(ctx, login, account); err != nil {
			return false, err
		}
		if _, err := c.kindOf(ctx, login, account, token, id); err != nil {
			return false, err
		}
	}
	editor, whose := c.Editor(login, account), c.identity(login, account)
	err = editor.Drop(ctx, id)
	if errors.Is(err, mirror.ErrNone) || errors.Is(err, mirror.ErrOlder) { // opening makes the copy, or one of this version
		m, failed := mirror.Open(ctx, editor.Folder(), whose)
		if failed == nil {
			failed = m.Close()
		}
		if failed != nil && !errors.Is(failed, mirror.ErrInUse) {
			return false, failed
		}
		err = editor.Drop(ctx, id)
	}
	if err != nil {
		return false, err
	}
	done, err := carryOut(ctx, editor, whose)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(done, func(came mirror.Chosen) bool { return came.ID == id && came.Kept }) { // an edit was refused in between
		return false, mirror.ErrUndecided
	}
	left, err := editor.Chosen(ctx)
	if err != nil || !slices.Contains(left, id) {
		return err == nil, err
	}
	return false, editor.Drop(ctx, id) // as it stands, with ErrUnsent where an edit is in the way
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

// carryOut does what was chosen and nobody has done, unless a process has the copy open. That one does it: whoever lets go of
// a copy calls this after that, so that nothing is left which was chosen when it did not look any more. What a program that
// writes into a list's file is in the way of is left to the next process.
func carryOut(ctx context.Context, editor *Editor, whose mirror.Identity) (done []mirror.Chosen, err error) {
	var waits []string
	for {
		left, err := editor.Chosen(ctx)
		if left = slices.DeleteFunc(left, func(id string) bool { return slices.Contains(waits, id) }); err != nil || len(left) == 0 {
			return done, err
		}
		m, err := mirror.Open(ctx, editor.Folder(), whose)
		if errors.Is(err, mirror.ErrInUse) || errors.Is(err, mirror.ErrBusy) {
			return done, nil
		}
		if err != nil {
			return done, err
		}
		came, err := m.CarryOut(ctx)
		if err = errors.Join(err, m.Close()); err != nil {
			return done, err
		}
		done, waits = append(done, came...), nil
		for _, c := range came {
			if c.Waits {
				waits = append(waits, c.ID)
			}
		}
	}
}
