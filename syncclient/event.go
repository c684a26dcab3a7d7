package syncclient

import "time"

// Event is something that a caller may want to show: one of the types below. Events come one at a time, in order,
// and the follower waits for the function that gets them.
type Event interface{ event() }

// Connected: hints come over the live connection.
type Connected struct{}

// Disconnected: the live connection has ended or could not be had; the follower polls until it is back.
type Disconnected struct{ Err error }

// WalkStarted: the server cannot continue from where the mirror stands, which therefore is compared with the server
// from the start, in place. Reason is the server's, such as EXPIRED or LINEAGE. Name is the list's, empty for the workspace.
type WalkStarted struct{ Reason, Name string }

// WorkspacePage: a page of the workspace was written.
type WorkspacePage struct {
	Changed, Removed int
	// Walking: it is part of a first fill or a walk in place.
	Walking bool
}

// RowsPage: a page of a list's rows was written, or a piece of an image of them has come.
type RowsPage struct {
	// Item is the plain UUID of the list, blacklist or campaign, Name its name.
	Item, Name string
	// Done of Total rows have come since the walk began, of an image by its bytes; both count only while Walking.
	Done, Total int64
	// Changed and Removed count rows of this page.
	Changed, Removed int64
	Walking          bool
	// Complete: the list is as the server last told.
	Complete bool
}

// Changed: items of one kind, or rows of one list, stand otherwise than before: they came, changed or went, or an edit of
// them was settled. What programs write into the mirror themselves is not told; it shows in SQLite's data_version.
type Changed struct {
	// Kind is account, collaborator, campaign, template, list or blacklist, or a row's: contact, entry or lead.
	Kind Kind
	// Item is the plain UUID of the list, blacklist or campaign whose rows they are; empty of items.
	Item string
	// IDs are the plain UUIDs of what came or changed, Removed of what went.
	IDs, Removed []string
	// Many: they are too many to be named, or came with a first fill or a comparison of everything. Read again what is shown.
	Many bool
}

// Pushed: the server has answered to edits. Applied ones took effect, of which Merged but for fields that others had
// changed; those and the Refused are in the mirror's table attention.
type Pushed struct {
	Applied, Merged, Refused int
}

// EditsWait: edits could not be sent and are tried again after For. The rest goes on.
type EditsWait struct {
	Err error
	For time.Duration
}

// Reborn: the mirror took a new replica id, since it is a copy of another ("copy") or the server has lost edits that it
// had acknowledged ("loss"), which are sent again.
type Reborn struct{ Why string }

// UpToDate: the mirror holds all that the server has told of, save the lists held back after failures.
type UpToDate struct {
	At   time.Time
	Held int
}

// Waiting: something went wrong and is tried again after For.
type Waiting struct {
	Err error
	For time.Duration
}

// Lost: the file of a list was gone or damaged, as Why says. The list is fetched again.
type Lost struct {
	Name string
	Why  error
}

// ImageRefused: the ready file that the server had of a list was not what it should be, as Err says. It was removed, and
// the rows come in pages.
type ImageRefused struct {
	Name string
	Err  error
}

// Locked: the server could not be reached for as long as the account allows, so the mirror's files were renamed away and
// no program can read them. The follower goes on trying; the first good answer unlocks.
type Locked struct{}

// Unlocked: the server has answered, and the mirror is there again.
type Unlocked struct{}

// Erased: the server could not be reached for as long as the account lets a copy exist, so the mirror was erased, with
// edits that could not be sent. The follower ends.
type Erased struct{}

// HeldBack: one list cannot be brought up to date now and is tried again later; the others go on.
type HeldBack struct {
	Name string
	Err  error
}

// Diverged: rows of a list were not the server's, or those of the workspace, where Item is empty. Parts of 256 differed
// and were fetched again, in Rows rows; the workspace is compared from the start. Err says what is wrong besides.
type Diverged struct {
	// Item is the plain UUID of the list, blacklist or campaign, Name its name.
	Item, Name string
	Parts      int
	Rows       int64
	Err        error
}

func (Diverged) event()      {}
func (Connected) event()     {}
func (Disconnected) event()  {}
func (WalkStarted) event()   {}
func (WorkspacePage) event() {}
func (RowsPage) event()      {}
func (UpToDate) event()      {}
func (Waiting) event()       {}
func (Lost) event()          {}
func (ImageRefused) event()  {}
func (Locked) event()        {}
func (Unlocked) event()      {}
func (Erased) event()        {}
func (HeldBack) event()      {}
func (Changed) event()       {}
func (Pushed) event()        {}
func (EditsWait) event()     {}
func (Reborn) event()        {}
