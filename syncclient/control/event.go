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

// ofList is an event of one list, or of what Name names.
type ofList struct {
	head
	Name string `json:"name"`
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

// lineOf returns an event as it goes over the wire, with the newline; nil where the wire has no such event.
func lineOf(e syncclient.Event, at time.Time) []byte {
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
			Name   string `json:"name"`
			Reason string `json:"reason"`
		}{named("walk"), e.Name, e.Reason})
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
		return encode(ofList{named("lost"), e.Name, Sentence(e.Why)})
	case syncclient.ImageRefused:
		return encode(ofList{named("imageRefused"), e.Name, Sentence(e.Err)})
	case syncclient.HeldBack:
		return encode(ofList{named("heldBack"), e.Name, Sentence(e.Err)})
	case syncclient.Locked:
		return encode(named("locked"))
	case syncclient.Unlocked:
		return encode(named("unlocked"))
	case syncclient.Erased:
		return encode(named("erased"))
	case syncclient.Diverged:
		return encode(struct {
			head
			Item  string `json:"item"`
			Name  string `json:"name"`
			Parts int    `json:"parts"`
			Rows  int64  `json:"rows"`
			Why   string `json:"why"`
		}{named("diverged"), e.Item, e.Name, e.Parts, e.Rows, Sentence(e.Err)})
	}
	return nil
}

func rows(h head, e syncclient.RowsPage) []byte {
	return encode(struct {
		head
		Item     string `json:"item"`
		Name     string `json:"name"`
		Done     int64  `json:"done"`
		Total    int64  `json:"total"`
		Changed  int64  `json:"changed"`
		Removed  int64  `json:"removed"`
		Walking  bool   `json:"walking"`
		Complete bool   `json:"complete"`
	}{h, e.Item, e.Name, e.Done, e.Total, e.Changed, e.Removed, e.Walking, e.Complete})
}

func changed(h head, e syncclient.Changed) []byte {
	return encode(struct {
		head
		Kind    syncclient.Kind `json:"kind"`
		Item    string          `json:"item"`
		IDs     []string        `json:"ids"`
		Removed []string        `json:"removed"`
		Many    bool            `json:"many"`
	}{h, e.Kind, e.Item, append([]string{}, e.IDs...), append([]string{}, e.Removed...), e.Many})
}

// Missed is an event of a program that follows in its own process: so many events were lost, since nobody took them.
type Missed struct{ Events int }

// Line returns the event as one line.
func (m Missed) Line(at time.Time) []byte {
	return encode(struct {
		head
		Events int `json:"events"`
	}{head{"missed", at.UTC()}, m.Events})
}

// Ended is its last event: why it does not follow any more, nil where it was asked to end.
type Ended struct{ Err error }

// Line returns the event as one line.
func (e Ended) Line(at time.Time) []byte {
	var why Error
	if e.Err != nil {
		why = *ErrorOf(e.Err)
	}
	return encode(struct {
		head
		Code Code   `json:"code"`
		Why  string `json:"why"`
	}{head{"ended", at.UTC()}, why.Code, why.Message})
}

// ownLine is an event of the channel itself.
func ownLine(name string) []byte { return encode(head{name, time.Now().UTC()}) }

// encode writes JSON with a newline, and leaves <, > and & as they are. Events always can be written; nothing where something
// that a copy gave as JSON is none.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return b.Bytes()
}
