package control

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/partage-mail/partage/syncclient"
)

// head is how every event begins.
type head struct {
	Event string    `json:"event"`
	At    time.Time `json:"at"`
}

// trouble is an event of something that is tried again.
type trouble struct {
	head
	Why  string `json:"why"`
	Wait int64  `json:"waitMs"`
}

// ofList is an event of one list, or of what List names.
type ofList struct {
	head
	List string `json:"list"`
	Why  string `json:"why"`
}

// Started is the first event of partage-sync run --json, which is not sent over the socket.
type Started struct {
	Account   string
	AccountID string
	Folder    string // of the mirror
	Control   string // the socket's path; empty where there is none
}

// Line returns the event as one line.
func (s Started) Line(at time.Time) []byte {
	return encode(struct {
		head
		Wire      int    `json:"wire"`
		Account   string `json:"account"`
		AccountID string `json:"accountId"`
		Folder    string `json:"folder"`
		Control   string `json:"control"`
	}{head{"started", at.UTC()}, Wire, s.Account, s.AccountID, s.Folder, s.Control})
}

// Line returns an event as it goes over the wire, with the newline; nil where the wire has no such event.
func Line(e syncclient.Event, at time.Time) []byte {
	named := func(name string) head { return head{name, at.UTC()} }
	switch e := e.(type) {
	case syncclient.Connected:
		return encode(named("connected"))
	case syncclient.Disconnected:
		return encode(struct {
			head
			Why string `json:"why"`
		}{named("disconnected"), Sentence(e.Err)})
	case syncclient.WalkStarted:
		return encode(struct {
			head
			List   string `json:"list"`
			Reason string `json:"reason"`
		}{named("walk"), e.List, e.Reason})
	case syncclient.WorkspacePage:
		return encode(struct {
			head
			Changed int  `json:"changed"`
			Removed int  `json:"removed"`
			Walking bool `json:"walking"`
		}{named("workspace"), e.Changed, e.Removed, e.Walking})
	case syncclient.RowsPage:
		return rows(named("rows"), e)
	case syncclient.Changed:
		return changed(named("changed"), e)
	case syncclient.Pushed:
		return encode(struct {
			head
			Applied int `json:"applied"`
			Merged  int `json:"merged"`
			Refused int `json:"refused"`
		}{named("pushed"), e.Applied, e.Merged, e.Refused})
	case syncclient.EditsWait:
		return encode(trouble{named("editsWait"), Sentence(e.Err), e.For.Milliseconds()})
	case syncclient.Waiting:
		return encode(trouble{named("waiting"), Sentence(e.Err), e.For.Milliseconds()})
	case syncclient.Reborn:
		return encode(struct {
			head
			Reason string `json:"reason"`
		}{named("reborn"), e.Why})
	case syncclient.UpToDate:
		return encode(struct {
			head
			Held int `json:"held"`
		}{named("upToDate"), e.Held})
	case syncclient.Lost:
		return encode(ofList{named("lost"), e.List, Sentence(e.Why)})
	case syncclient.ImageRefused:
		return encode(ofList{named("imageRefused"), e.List, Sentence(e.Err)})
	case syncclient.HeldBack:
		return encode(ofList{named("heldBack"), e.List, Sentence(e.Err)})
	case syncclient.Locked:
		return encode(named("locked"))
	case syncclient.Unlocked:
		return encode(named("unlocked"))
	case syncclient.Erased:
		return encode(named("erased"))
	case syncclient.Diverged:
		return encode(struct {
			head
			ID    string `json:"id"`
			List  string `json:"list"`
			Parts int    `json:"parts"`
			Rows  int64  `json:"rows"`
			Why   string `json:"why"`
		}{named("diverged"), e.ID, e.List, e.Parts, e.Rows, Sentence(e.Err)})
	}
	return nil
}

func rows(h head, e syncclient.RowsPage) []byte {
	return encode(struct {
		head
		ID       string `json:"id"`
		List     string `json:"list"`
		Done     int64  `json:"done"`
		Total    int64  `json:"total"`
		Changed  int64  `json:"changed"`
		Removed  int64  `json:"removed"`
		Walking  bool   `json:"walking"`
		Complete bool   `json:"complete"`
	}{h, e.ID, e.List, e.Done, e.Total, e.Changed, e.Removed, e.Walking, e.Complete})
}

func changed(h head, e syncclient.Changed) []byte {
	return encode(struct {
		head
		Kind    syncclient.Kind `json:"kind"`
		ID      string          `json:"id"`
		IDs     []string        `json:"ids"`
		Removed []string        `json:"removed"`
		Many    bool            `json:"many"`
	}{h, e.Kind, e.List, append([]string{}, e.IDs...), append([]string{}, e.Removed...), e.Many})
}

// ownLine is an event of the channel itself.
func ownLine(name string) []byte { return encode(head{name, time.Now().UTC()}) }

func encode(event any) []byte {
	line, _ := oneLine(event) // texts and numbers always can be
	return line
}

// oneLine writes JSON with a newline, and leaves <, > and & as they are.
func oneLine(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
