// Package library writes items: campaigns, templates, contact lists and blacklists as wholes. It makes,
// changes, copies, archives, deletes and restores them. The rows inside lists are package addressbook's.
//
// # What it guarantees
//
//   - A command acts for the collaborator in the context and does what package sharing allows that person.
//     Who may change an item may change its name and its texts. Settings are for fewer: archiving, deleting and
//     restoring, which sharing.Disposable is asked about, and the sender, lists and blacklists of a campaign,
//     which sharing's MayAddress is. Who sees an item is package sharing's. What a person does not see and
//     what does not exist are the same fault.
//   - A command is one transaction, recorded in the account's feed, and changes nothing where it fails. A
//     change that makes no difference leaves no trace.
//   - A change names the version it was made on. Fields that others have changed since stay and are reported
//     (package merge); nobody's change is lost without a word.
//   - References to lists and blacklists that the person does not see are neither shown nor touched.
//   - Bodies are stored byte for byte.
//   - The content of a campaign that is being sent or has been sent stays; its name may change.
//
// Deleted items keep their content for the time of Kept, and lose it to a Bin some time after.
package library

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Kept is for how long a deleted item can be restored.
const Kept = 30 * 24 * time.Hour

// Library holds the commands. It is safe for concurrent use.
type Library struct{ feed *feed.Feed }

// New returns the commands over a feed.
func New(f *feed.Feed) *Library { return &Library{f} }

// Patch holds the fields to set; nil leaves a field as it is, or empty in a new item. A field that items
// of the kind do not have is an Invalid fault.
type Patch struct {
	// Name is of every kind: 1 to 200 characters of one line.
	Name *string
	// Subject and Preheader are of campaigns and templates: at most 998 characters of one line, and 500.
	Subject, Preheader *string
	// SenderName is of campaigns: at most 200 characters of one line.
	SenderName *string
	// SenderEmail and ReplyTo are of campaigns: an address, or empty.
	SenderEmail, ReplyTo *string
	// Format and Body are of campaigns and templates; the body has at most 1 MB.
	Format *campaign.Format
	Body   *string
	// Description is of contact lists and blacklists: at most 2,000 characters.
	Description *string
	// Lists and Blacklists are of campaigns: the whole set of those that the viewer sees, at most 100.
	Lists, Blacklists *[]uuid.UUID
}

// write runs fn in a transaction on the account of the viewer in the context.
func (l *Library) write(ctx context.Context, fn func(context.Context, *feed.Tx, *sharing.Viewer) error) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	return l.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error { return fn(ctx, tx, v) })
}
