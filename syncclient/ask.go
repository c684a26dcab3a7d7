package syncclient

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// kindOf finds out of what kind a list is, whatever it is of: the copy knows, else the server. mirror.ErrGone where the person
// does not see it.
func (c *Client) kindOf(ctx context.Context, login *Login, account Account, token, id string) (Kind, error) {
	if uuid.Validate(id) != nil {
		return "", noList{}
	}
	if kind, err := mirror.KindOf(ctx, c.Folder(login, account), id); err == nil {
		return kind, nil
	}
	item, err := c.server.Item(ctx, token, id)
	if err != nil {
		return "", signedOutOf(err)
	}
	if item == "" {
		return "", noList{}
	}
	kind, _, err := item.Split()
	return kind, err
}

// sized asks the server for one list with its size, whatever it is of. mirror.ErrGone where the person does not see it.
func (c *Client) sized(ctx context.Context, token, id string) (protocol.SizedBucket, error) {
	if uuid.Validate(id) != nil {
		return protocol.SizedBucket{}, noList{}
	}
	found, err := c.server.Buckets(ctx, token, protocol.ItemsOf(id)...)
	switch {
	case err != nil:
		return protocol.SizedBucket{}, signedOutOf(err)
	case len(found) == 0:
		return protocol.SizedBucket{}, noList{}
	}
	return found[0], nil
}

// noList is mirror.ErrGone to who asks.
type noList struct{}

// Error says so without saying which of the two.
func (noList) Error() string {
	return "there is no such list, blacklist or campaign with leads, or it is not shared with you"
}

// Is says what it is.
func (noList) Is(target error) bool { return target == mirror.ErrGone }
