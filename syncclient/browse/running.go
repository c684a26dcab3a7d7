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
	path string
}

// attend watches the program that follows the copy in a folder. One that has no control channel just keeps the copy.
func attend(ctx context.Context, folder string) *running {
	b, ctx := newBoard(ctx, true)
	r := &running{b, control.Path(folder)}
	go func() {
		defer close(r.ended)
		watching := false
		err := control.Ask(ctx, r.path, control.Request{Do: "watch"}, func(line []byte) error {
			if watching {
				r.line(line)
				return nil
			}
			watching = true // this was the answer; how things stand is asked for now, so that nothing falls between
			_ = r.look(ctx)
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

// look asks how things stand.
func (r *running) look(ctx context.Context) error {
	return control.Ask(ctx, r.path, control.Request{Do: "status"}, func(line []byte) error {
		var answer struct {
			Paused bool `json:"paused"`
			Status struct {
				State string `json:"state"`
			} `json:"status"`
		}
		if json.Unmarshal(line, &answer) != nil {
			return nil // what goes on is told all the same
		}
		r.change(func(s *standing) {
			switch {
			case answer.Paused:
				s.phase = paused
			case answer.Status.State == "current":
				s.phase = current
			case answer.Status.State == "locked":
				s.phase = locked
			default:
				s.phase = working
			}
		})
		return nil
	})
}

func (r *running) ask(ctx context.Context, what string) error {
	return control.Ask(ctx, r.path, control.Request{Do: what}, func([]byte) error { return nil })
}
