package protocol

import "fmt"

// ChangePage is a page of the workspace's changes. All of it belongs together with Next: apply both or neither,
// in the order of the fields, removals after what came.
type ChangePage struct {
	Account       *Account `json:"account"`
	Collaborators []Person `json:"collaborators"`
	Items         []Item   `json:"items"`
	Buckets       []Bucket `json:"buckets"`
	Removals      []ID     `json:"removals"`
	// Rows are pages of rows of buckets that were named as held.
	Rows []BucketRows `json:"rows"`
	Next string       `json:"next"`
	More bool         `json:"more"`
	// LastMutation is the number of the last mutation of this replica that the server knows; nil where none was named.
	LastMutation *int64 `json:"lastMutation"`
}

// Check says whether the page can follow a request with the given cursor ("" for a walk's first page).
func (p *ChangePage) Check(after string) error {
	return checkNext(p.Next, after, p.More)
}

// Empty reports whether the page brings nothing but a cursor.
func (p *ChangePage) Empty() bool {
	return p.Account == nil && len(p.Collaborators)+len(p.Items)+len(p.Buckets)+len(p.Removals) == 0
}

// Entries counts what the page brings.
func (p *ChangePage) Entries() int {
	return len(p.Collaborators) + len(p.Items) + len(p.Buckets) + len(p.Removals)
}

// Account is the workspace's own settings.
type Account struct {
	ID              ID     `json:"id"`
	Name            string `json:"name"`
	DefaultAudience Enum   `json:"defaultAudience"`
	Locale          Enum   `json:"locale"`
	TimeZone        string `json:"timeZone"`
	// DesktopLockDays and DesktopEraseDays are the lease: after how many days without contact the mirror locks, and
	// erases itself; 0 for never.
	DesktopLockDays  int64  `json:"desktopLockDays"`
	DesktopEraseDays int64  `json:"desktopEraseDays"`
	Version          int64  `json:"version"`
	CreatedAt        Moment `json:"createdAt"`
}

// Person is a collaborator of the account.
type Person struct {
	ID        ID     `json:"id"`
	Email     string `json:"email"`
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Role      Enum   `json:"role"`
	Status    Enum   `json:"status"`
	CanSend   bool   `json:"canSend"`
	CanExport bool   `json:"canExport"`
	Version   int64  `json:"version"`
	CreatedAt Moment `json:"createdAt"`
}

// Ref names another thing.
type Ref struct {
	ID ID `json:"id"`
}

// Item is a campaign, template, contact list or blacklist. Which of the later fields count depends on the kind of
// its id; the others are zero.
type Item struct {
	ID         ID      `json:"id"`
	Name       string  `json:"name"`
	Audience   Enum    `json:"audience"`
	MyLevel    Enum    `json:"myLevel"`
	Creator    *Ref    `json:"creator"`
	ChangedBy  *Ref    `json:"changedBy"`
	Version    int64   `json:"version"`
	CreatedAt  Moment  `json:"createdAt"`
	ChangedAt  Moment  `json:"changedAt"`
	ArchivedAt *Moment `json:"archivedAt"`

	// Of campaigns and templates.
	Subject   string `json:"subject"`
	Preheader string `json:"preheader"`
	Format    Enum   `json:"format"`
	Body      string `json:"body"`

	// Of campaigns.
	SenderName           string `json:"senderName"`
	SenderEmail          string `json:"senderEmail"`
	ReplyTo              string `json:"replyTo"`
	State                Enum   `json:"state"`
	Lists                []Ref  `json:"lists"`
	ListsRestricted      bool   `json:"listsRestricted"`
	Blacklists           []Ref  `json:"blacklists"`
	BlacklistsRestricted bool   `json:"blacklistsRestricted"`

	// Of contact lists and blacklists.
	Description string `json:"description"`
}

// Bucket says how the rows of one item stand.
type Bucket struct {
	// ID is that of the item whose rows they are.
	ID ID `json:"id"`
	// Kind is "contacts", "entries" or "leads".
	Kind Enum `json:"kind"`
	// State differs whenever a row has changed; opaque.
	State string `json:"state"`
	// Rows is how many there are.
	Rows int64 `json:"rows"`
}

// checkNext refuses pages that would let a client turn in circles or lose its place.
func checkNext(next, after string, more bool) error {
	if next == "" {
		return fmt.Errorf("the server sent a page without a cursor")
	}
	if len(next) > MaxCursor {
		return fmt.Errorf("the server sent a cursor of %d characters; at most %d are allowed", len(next), MaxCursor)
	}
	if more && next == after {
		return fmt.Errorf("the server says that more follows, but its cursor does not move")
	}
	return nil
}

// MaxCursor is how long a cursor or a bucket's state may be.
const MaxCursor = 4096
