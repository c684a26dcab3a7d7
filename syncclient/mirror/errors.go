package mirror

import "errors"

// Errors that callers tell apart.
var (
	// ErrInUse: another process writes this mirror.
	ErrInUse = errors.New("the local copy is in use by another partage-sync")
	// ErrNewer: a newer version of this program made the mirror.
	ErrNewer = errors.New("the local copy was made by a newer version of this program; please update it")
	// ErrOlder: an older version of this program made the mirror, and may be keeping it. Open upgrades it.
	ErrOlder = errors.New("a partage-sync of an older version made the local copy; stop that one if it still runs, then sync")
	// ErrDiskFull: there is no room for a page; nothing of it was kept.
	ErrDiskFull = errors.New("the disk is full")
	// ErrDamaged: main.db is not what SQLite wrote. A list's file that is damaged is a Loss instead.
	ErrDamaged = errors.New("the local copy is damaged; remove its folder and sync again")
	// ErrRemoved: main.db was removed or replaced while the mirror was open.
	ErrRemoved = errors.New("the local copy was removed while it was in use; sync again")
	// ErrForeign: the folder holds the copy of another account, person or server.
	ErrForeign = errors.New("the folder holds the local copy of something else")
	// ErrLocked: the server has not answered for as long as the account allows.
	ErrLocked = errors.New("the local copy is locked until the server answers")
	// ErrNone: there is no mirror in the folder.
	ErrNone = errors.New("there is no local copy yet")
	// ErrStale: the page was asked for with another position than the mirror has now. It was not applied.
	ErrStale = errors.New("the page does not belong to where the local copy stands")
	// ErrGone: a list, or a row, is not in the mirror, or not any more. Nothing was applied.
	ErrGone = errors.New("it is not in the local copy, or not any more")
	// ErrNoRoom: the disk is too short for a list, or for it and its image at once: then pages need less.
	ErrNoRoom = errors.New("the disk has no room for the list")
	// ErrUnsent: a list has edits that have not been sent, so it stays.
	ErrUnsent = errors.New("edits of this list have not been sent yet; sync first")
	// ErrUndecided: rows of a list need a person's eye, so it stays.
	ErrUndecided = errors.New("edits of this list wait for your decision; decide on them first")
	// ErrNotKept: the person has chosen not to keep the list here.
	ErrNotKept = errors.New("this list is not kept on this computer; have it kept, or edit it on the server")
	// ErrBusy: another program has held the lock of a file for ten seconds. It passes.
	ErrBusy = errors.New("another program is using the local copy")
)
