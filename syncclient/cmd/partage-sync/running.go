package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// goOn says how to end a pause.
const goOn = "partage-sync control resume has it go on"

// running asks the program that keeps a copy how it stands. It listens nowhere where it is a command that ends by itself, or
// another kind of program, and is not found where it was told to listen elsewhere.
func (s *session) running(folder string) (listens, paused bool) {
	ctx, cancel := context.WithTimeout(s.ctx, 2*time.Second)
	defer cancel()
	var said struct {
		Paused bool `json:"paused"`
	}
	err := control.Ask(ctx, control.Path(folder), control.Request{Do: "status"}, func(line []byte) error {
		return json.Unmarshal(line, &said)
	})
	return err == nil, said.Paused
}

// inUse adds to mirror.ErrInUse what to do about the one that keeps the copy.
func (s *session) inUse(folder string, err error) error {
	if !errors.Is(err, mirror.ErrInUse) {
		return err
	}
	switch listens, paused := s.running(folder); {
	case paused:
		return fmt.Errorf("%w. It is paused; %s", err, goOn)
	case listens:
		return fmt.Errorf("%w. That one sends and fetches by itself; partage-sync control sync has it do so now", err)
	}
	return fmt.Errorf("%w. Wait until it has ended, or stop it first", err)
}

// carriedOut says when something that was written into a copy is done: by the program that keeps it, or, where none does,
// otherwise.
func (s *session) carriedOut(folder, does, otherwise string) string {
	if !mirror.InUse(folder) {
		return otherwise
	}
	if _, paused := s.running(folder); paused {
		return fmt.Sprintf("the partage-sync that is running is paused, and %s after partage-sync control resume", does)
	}
	return "the partage-sync that is running " + does
}
