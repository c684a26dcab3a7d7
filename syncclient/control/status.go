package control

import (
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// Status is the status of one local copy, as status --json prints it. Its names are a contract with other programs.
type Status struct {
	Server     string              `json:"server"`
	Email      string              `json:"email"`
	Account    string              `json:"account"`
	AccountID  string              `json:"accountId"`
	Folder     string              `json:"folder"`
	State      string              `json:"state"` // empty, filling, behind, current, locked
	Running    bool                `json:"running"`
	Control    string              `json:"control"` // where the one that answers listens, or else a partage-sync run would; empty where none can
	ContactAt  *time.Time          `json:"contactAt"`
	UpToDateAt *time.Time          `json:"upToDateAt"`
	People     int                 `json:"collaborators"`
	Campaigns  int                 `json:"campaigns"`
	Templates  int                 `json:"templates"`
	Lists      []mirror.ListStatus `json:"contactLists"`
	Blacklists []mirror.ListStatus `json:"blacklists"`
	Leads      []mirror.ListStatus `json:"leads"`     // campaigns that have some
	Edits      int                 `json:"edits"`     // to be sent
	Attention  int                 `json:"attention"` // that need a person's eye
	Bytes      int64               `json:"bytes"`
}

// StatusOf returns what a local copy says of itself as programs are told it.
func StatusOf(login *syncclient.Login, a syncclient.Account, s mirror.Status) Status {
	none := []mirror.ListStatus{}
	r := Status{
		Server: login.Server, Email: login.Email, Account: a.Name, AccountID: a.ID, Folder: s.Folder,
		Running: mirror.InUse(s.Folder), Control: Path(s.Folder), ContactAt: moment(s.ContactAt), UpToDateAt: moment(s.UpToDateAt),
		People: s.Collaborators, Campaigns: s.Campaigns, Templates: s.Templates,
		Lists: append(none, s.Lists...), Blacklists: append(none, s.Blacklists...), Leads: append(none, s.Leads...), Edits: s.Edits, Attention: s.Attention, Bytes: s.Bytes,
	}
	if len(r.Control) > longest() {
		r.Control = ""
	}
	switch {
	case s.Locked:
		r.State = "locked"
		r.Lists, r.Blacklists, r.Leads = none, none, none // what it holds is nobody's to see now
	case s.ContactAt == 0:
		r.State = "empty"
	case s.UpToDateAt == 0:
		r.State = "filling"
	case s.Walking || s.Behind > 0:
		r.State = "behind"
	default:
		r.State = "current"
	}
	return r
}

func moment(micros int64) *time.Time {
	if micros == 0 {
		return nil
	}
	t := time.UnixMicro(micros).UTC()
	return &t
}
