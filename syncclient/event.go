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
// from the start, in place. Reason is the server's, such as EXPIRED or LINEAGE. List is empty for the workspace.
type WalkStarted struct{ Reason, List string }

// WorkspacePage: a page of the workspace was written.
type WorkspacePage struct {
	Changed, Removed int
	// Walking: it is part of a first fill or a walk in place.
	Walking bool
}

// RowsPage: a page of a list's rows was written.
type RowsPage struct {
	// ID is the list's plain UUID.
	ID   string
	List string
	// Done of Total rows have come since the walk began; both count only while Walking.
	Done, Total int64
	// Changed and Removed count rows of this page.
	Changed, Removed int64
	Walking          bool
	// Complete: the list is as the server last told.
	Complete bool
}

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
	List string
	Why  error
}

// HeldBack: one list cannot be brought up to date now and is tried again later; the others go on.
type HeldBack struct {
	List string
	Err  error
}

func (Connected) event()     {}
func (Disconnected) event()  {}
func (WalkStarted) event()   {}
func (WorkspacePage) event() {}
func (RowsPage) event()      {}
func (UpToDate) event()      {}
func (Waiting) event()       {}
func (Lost) event()          {}
func (HeldBack) event()      {}
