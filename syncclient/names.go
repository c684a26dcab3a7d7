package syncclient

import (
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// What a program needs of package mirror, so that it need not import it. Their fields and methods are documented there:
// go doc ./syncclient/mirror Editor.
type (
	// Editor edits a local copy: Create, Change, Delete, Attention, Correct, Decide. See mirror.Editor for its methods.
	Editor = mirror.Editor
	// Status is what a local copy says of itself. See mirror.Status for its fields.
	Status = mirror.Status
	// Attention is something that needs a person's eye: a conflict, or an edit that was refused. See mirror.Attention.
	Attention = mirror.Attention
	// Resolution is what a person decided about it: Mine, Theirs or Both.
	Resolution = mirror.Resolution
	// Query asks for items, or for rows of a list, by what a person typed; Found is the answer. See mirror.Query and
	// mirror.Found for their fields.
	Query = mirror.Query
	Found = mirror.Found
	// NoRoomError says what a list takes, and what the disk has for it. See mirror.NoRoomError.
	NoRoomError = mirror.NoRoomError
	// Kind says what an id names: one of those below.
	Kind = protocol.Kind
)

// Kinds of items, and of rows of a contact list, a blacklist and a campaign. Events name the account and collaborators, too.
const (
	KindAccount           = protocol.KindAccount
	KindCollaborator Kind = "collaborator"
	KindCampaign          = protocol.KindCampaign
	KindTemplate          = protocol.KindTemplate
	KindList              = protocol.KindList
	KindBlacklist         = protocol.KindBlacklist
	KindContact           = protocol.KindContact
	KindEntry             = protocol.KindEntry
	KindLead              = protocol.KindLead
)

// Decisions: to send what the person had written once more, to leave what the server has, or to keep both.
const (
	Mine   = mirror.Mine
	Theirs = mirror.Theirs
	Both   = mirror.Both
)

// Errors of local copies, for errors.Is.
var (
	// ErrInUse: another process follows this account, and its copy is to be used through that one.
	ErrInUse = mirror.ErrInUse
	// ErrNone: there is no local copy yet.
	ErrNone = mirror.ErrNone
	// ErrOlder: a process of an older version follows this account, which does not know what is asked.
	ErrOlder = mirror.ErrOlder
	// ErrLocked: the copy is locked until the server answers.
	ErrLocked = mirror.ErrLocked
	// ErrGone: what is to be edited is not there, or not any more.
	ErrGone = mirror.ErrGone
	// ErrRefused: an edit cannot be; the message says why.
	ErrRefused = mirror.ErrRefused
	// ErrNotKept: rows of a list that is not kept on this computer cannot be edited here.
	ErrNotKept = mirror.ErrNotKept
	// ErrUnsent and ErrUndecided: a list is not dropped, or a copy not erased, since edits there wait for the server, or for
	// a person.
	ErrUnsent    = mirror.ErrUnsent
	ErrUndecided = mirror.ErrUndecided
	// ErrNoRoom: the disk has no room for a list.
	ErrNoRoom = mirror.ErrNoRoom
)
