package browse

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/partage-mail/partage/syncclient/control"
)

// running is a copy that another program follows, such as partage-sync run: its control channel says what that one does,
// and has it sync, pause and resume (control/CONTROL.md). What stands in the copy is read from its files all the same.
type running struct {
	*board
	path  string
	stop  context.CancelFunc
	ended chan struct{}
}

// attend watches the program that follows the copy in a folder. One that has no control channel just keeps the copy.
func attend(ctx context.Context, folder string) *running {
	r := &running{board: newBoard(true), path: control.Path(folder), ended: make(chan struct{})}
	ctx, r.stop = context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(r.ended)
		err := control.Ask(ctx, r.path, control.Request{Do: "watch"}, func(line []byte) error {
			r.line(ctx, line)
			return nil
		})
		if errors.Is(err, control.ErrNotRunning) {
			r.change(func(s *standing) { s.phase = silent })
			return
		}
		r.end(err)
	}()
	return r
}

// heardLine is what of events and answers matters here.
type heardLine struct {
	OK       bool   `json:"ok"`
	Event    string `json:"event"`
	List     string `json:"list"`
	Why      string `json:"why"`
	Done     int64  `json:"done"`
	Total    int64  `json:"total"`
	Walking  bool   `json:"walking"`
	IsPaused bool   `json:"paused"`
	Status   struct {
		State string `json:"state"`
	} `json:"status"`
}

// look asks how things stand.
func (r *running) look(ctx context.Context) error {
	return control.Ask(ctx, r.path, control.Request{Do: "status"}, func(line []byte) error {
		var t heardLine
		if err := json.Unmarshal(line, &t); err != nil {
			return err
		}
		r.change(func(s *standing) {
			switch {
			case t.IsPaused:
				s.phase = paused
			case t.Status.State == "current":
				s.phase = current
			case t.Status.State == "locked":
				s.phase = locked
			default:
				s.phase = working
			}
		})
		return nil
	})
}

// line takes what comes over the channel while it is watched.
func (r *running) line(ctx context.Context, line []byte) {
	var t heardLine
	if json.Unmarshal(line, &t) != nil {
		return
	}
	if t.OK { // watching has begun: how things stand is asked for now, so that nothing falls between
		_ = r.look(ctx)
		return
	}
	r.change(func(s *standing) {
		switch t.Event {
		case "workspace":
			s.phase, s.moved = working, s.moved+1
		case "rows":
			s.phase, s.moved = working, s.moved+1
			s.list, s.done, s.total = t.List, t.Done, t.Total
			if !t.Walking {
				s.done, s.total = 0, 0
			}
		case "upToDate":
			s.phase, s.why, s.list = current, "", ""
		case "connected":
			s.unlinked = false
		case "disconnected":
			s.unlinked = true
		case "waiting":
			s.phase, s.why = offline, t.Why
		case "editsWait":
			s.why = t.Why
		case "locked":
			s.phase = locked
		case "unlocked", "resumed":
			s.phase = working
		case "paused":
			s.phase = paused
		case "pushed", "changed":
			s.moved++
		}
	})
}

func (r *running) ask(ctx context.Context, what string) error {
	return control.Ask(ctx, r.path, control.Request{Do: what}, func([]byte) error { return nil })
}

func (r *running) close() {
	r.stop()
	<-r.ended
}
