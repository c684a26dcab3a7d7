package model

// Fault is a rule of the protocol that is left out.
type Fault int

const (
	// None leaves nothing out.
	None Fault = iota

	// The server's feed:

	// PurgeInvisible: a page takes away whatever the person cannot see, seen before or not.
	PurgeInvisible
	// HeadCursor: a page that was cut has the cursor of the head.
	HeadCursor
	// WalkExpires: a walk expires by where it is, not by where it began.
	WalkExpires
	// NoFloor: a cursor from before what was forgotten goes on.
	NoFloor
	// NoPurge: what a person may no longer see is not told.
	NoPurge
	// PutDeleteCoalesced: a removal is left out where the item changed as well.
	PutDeleteCoalesced
	// CoalescedACL: who sees an item is told at the position of its content.
	CoalescedACL
	// ACLOnTombstones: changes of access count on deleted items.
	ACLOnTombstones
	// NoLineage: cursors have no lineage.
	NoLineage
	// TagOnlyPosition: a cursor has the lineage of its position, not of the newest head it was given with.
	TagOnlyPosition
	// TagPerStream: the state of a list's rows has no lineage.
	TagPerStream
	// RowsUntagged: cursors of rows have no lineage.
	RowsUntagged
	// NoRowFloor: a cursor from before the forgotten removals of rows goes on.
	NoRowFloor
	// NoRowRemovals: removals of rows are not told.
	NoRowRemovals
	// NoLapse: removals of rows are told from while the list was out of sight.
	NoLapse
	// NoPointing: what points at a list that turns is not told again.
	NoPointing
	// RightsIgnored: a cursor outlives a change of role.
	RightsIgnored
	// ForeignCursor: a cursor serves whoever has it.
	ForeignCursor
	// RowsUnchecked: rows are served without a look at who asks.
	RowsUnchecked
	// NoEpoch: a cursor outlives a restore that was announced.
	NoEpoch

	// A desktop, pulling:

	// CursorBeforeData: the cursor is written before what it stands for.
	CursorBeforeData
	// NoSweep: a walk does not end with a sweep.
	NoSweep
	// NoRowSweep: a walk of rows does not end with a sweep.
	NoRowSweep
	// SweptEarly: a walk sweeps after its first page.
	SweptEarly
	// MarksForgotten: a process that starts forgets what a walk has named.
	MarksForgotten
	// LatePage: a page that is not for the cursor is written.
	LatePage
	// LateRows: a page of rows that is not for the cursor is written.
	LateRows
	// InFlight: a page that was asked for before a walk is written in it.
	InFlight
	// Zombies: a page of rows is written whatever became of its list.
	Zombies
	// ReachedStays: a list counts as where it was while the next pages of it come.
	ReachedStays
	// RowsSurvive: lists are not asked for again after a restore.
	RowsSurvive
	// DoomedForgotten: a killed process leaves files that were to be deleted.
	DoomedForgotten
	// FilesUnasked: a killed process leaves the note of what a list has reached behind its file.
	FilesUnasked
	// LeftoversKept: a sweep forgets what was made here and never came back.
	LeftoversKept
	// EndedKept: the end of the membership erases nothing.
	EndedKept

	// A desktop, removing:

	// PurgeKeepsOutbox: edits of what goes are kept.
	PurgeKeepsOutbox
	// RingKept: sent edits of what goes are kept.
	RingKept
	// NotesKept: refused edits of what goes are kept.
	NotesKept
	// HolesKept: numbers whose content went are waited for.
	HolesKept

	// The server, applying:

	// NoKeys: mutations are not known again by their keys.
	NoKeys
	// NoKeyCompare: a number is known again whatever its key.
	NoKeyCompare
	// LockForgotten: two pushes of a replica run side by side.
	LockForgotten
	// GapsAccepted: a number may be passed over.
	GapsAccepted
	// EffectWithoutNumber: effect and number are two transactions.
	EffectWithoutNumber
	// TransientAdvances: a passing failure counts as an answer.
	TransientAdvances
	// RefusalsBlock: a refusal does not advance the number.
	RefusalsBlock
	// RightsUnchecked: a push may change what its author only sees.
	RightsUnchecked
	// ForbiddenTells: a refusal tells what is there.
	ForbiddenTells
	// NoClamp: a base that the restored server never had is an error.
	NoClamp
	// LastWriterWins: what others changed since is written over.
	LastWriterWins
	// MineIgnored: one's own edit before counts as somebody else's.
	MineIgnored
	// DeletesBlindly: an item is deleted though others changed it since.
	DeletesBlindly
	// AddressesDouble: a contact is added beside another of its address.
	AddressesDouble
	// TombstoneStays: a row that is made again is told as gone, too.
	TombstoneStays
	// SuppressionLifted: an edit makes a suppressed contact mailable.
	SuppressionLifted
	// SuppressedDeleted: a delete takes a suppressed contact away.
	SuppressedDeleted

	// A desktop, pushing:

	// NoRepush: what a restored server lost is not sent again.
	NoRepush
	// NotEchoed: a pull does not say what the server last had.
	NotEchoed
	// CopyUnnoticed: a mirror that is a copy goes on with its numbers.
	CopyUnnoticed
	// SettledOnSend: a push counts as done when it is sent.
	SettledOnSend
	// PartialSettles: an answer settles all that was asked.
	PartialSettles
	// PredecessorSettlesAll: an answer settles later edits of the row as well.
	PredecessorSettlesAll
	// RefusalsSilent: a refused edit is dropped.
	RefusalsSilent
	// ConflictsSilent: what a merge did not take is dropped.
	ConflictsSilent
	// ResetWipes: a walk begins with an empty outbox.
	ResetWipes
	// OverlayEarly: an edit stops showing when it is answered, not when it has come back.
	OverlayEarly
	// SealedLate: an entry is numbered before it is closed.
	SealedLate
	// KeyAtEdit: an entry has its key before its last edit.
	KeyAtEdit
	// RowsBeforeList: rows are sent before the list that they are in.
	RowsBeforeList
	// RowsTwice: two edits of a row are in one push.
	RowsTwice
	// VersionUnmade: the version in an answer counts as one's own though the edit changed nothing.
	VersionUnmade
	// BaseRaised: an edit over a pending one is based on what that one hides.
	BaseRaised
)
