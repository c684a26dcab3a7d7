package browse

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/partage-mail/partage/syncclient/control"
)

// attend keeps a copy by way of the program that follows it, such as partage-sync run: its control channel says what that
// one does, and has it sync, pause and resume (control/CONTROL.md). One that has no control channel just keeps the copy.
// What stands in the copy is read from its files all the same.
func attend(ctx context.Context, folder string) *keeper {
	k, ctx := newKeeper(ctx, true)
	path := control.Path(folder)
	k.ask = func(ctx context.Context, what string) error {
		return control.Ask(ctx, path, control.Request{Do: what}, func([]byte) error { return nil })
	}
	go func() {
		defer close(k.ended)
		watching := false
		err := control.Ask(ctx, path, control.Request{Do: "watch"}, func(line []byte) error {
			if watching {
				k.tell(line)
				return nil
			}
			watching = true // this was the answer; how things stand is asked for now, so that nothing falls between
			_ = control.Ask(ctx, path, control.Request{Do: "status"}, func(answer []byte) error {
				k.change(func(s *standing) { s.phase = phaseOf(answer) })
				return nil
			}) // without it, what goes on is told all the same
			return nil
		})
		if errors.Is(err, control.ErrNotRunning) {
			k.change(func(s *standing) { s.phase = silent })
			return
		}
		k.over(err)
	}()
	return k
}

// phaseOf reads the answer to status.
func phaseOf(answer []byte) phase {
	var said struct {
		Paused bool `json:"paused"`
		Status struct {
			State string `json:"state"`
		} `json:"status"`
	}
	_ = json.Unmarshal(answer, &said) // what is no answer says nothing
	known := map[string]phase{"current": current, "locked": locked}[said.Status.State]
	switch {
	case said.Paused:
		return paused
	case known != starting:
		return known
	}
	return working
}
