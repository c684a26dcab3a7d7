package mirror

import (
	"context"
	"database/sql/driver"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestChoicesBusy: a program that is writing into the file of a list holds back that list alone, and nobody waits for it.
func TestChoicesBusy(t *testing.T) {
	t.Parallel()
	m, b := setupChoice(t)
	others := []Bucket{fill(t, m, newID(), 2), fill(t, m, newID(), 2)}
	now := time.Now()
	m.now = func() time.Time { return now }
	opens, path := 0, filepath.Join(m.Dir(), filepath.FromSlash(fileOf(t, m, b)))
	const waits = "busy_timeout = 10000"
	if !strings.Contains(writing, waits) {
		t.Fatalf("who writes does not wait as this test has it:%s", writing)
	}
	m.connect = func(name, setup string) driver.Connector { // who waits for the program does so for longer than the test
		if name == path {
			opens++
		}
		return unsynced(name, strings.Replace(setup, waits, "busy_timeout = 60000", 1))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	looks := func(want bool) {
		t.Helper()
		clear(m.seen)
		if found, err := m.Edited(ctx); err != nil || found != want {
			t.Fatalf("there is something to do: %v, %v", found, err)
		}
	}
	conn, err := program(t, m, fileOf(t, m, b)).Conn(ctx)
	must(t, err)
	defer conn.Close()
	does := func(statement string) {
		t.Helper()
		_, err := conn.ExecContext(ctx, statement)
		must(t, err)
	}

	drop(t, m, b)
	for i, other := range others { // while it is not open here yet, and while it is
		drop(t, m, other)
		looks(true)
		if opens = 0; i == 0 {
			m.letGo(b.ID)
		}
		does(`BEGIN IMMEDIATE`)
		done, err := m.CarryOut(ctx)
		if err != nil || len(done) != 2 || done[0].ID != b.ID || !done[0].Waits || done[0].Kept || done[1].ID != other.ID || done[1].Waits {
			t.Fatalf("told is %+v, %v", done, err)
		}
		does(`ROLLBACK`)
		looks(false)
		_, err = m.file(ctx, b)
		must(t, err)
		mustStand(t, m, other, gone)
	}
	mustStand(t, m, b, "not kept complete file reached")
	if opens > 0 {
		t.Errorf("while it was open, it was opened %d times", opens)
	}
	now = now.Add(chooseAgain)
	looks(true)
	carriedOut(t, m, 1)
	mustStand(t, m, b, gone)
	looks(false)
}

// TestChoicesTakenBackBusy: a choice that is to be taken back stays while a program is writing, and nobody is told otherwise.
func TestChoicesTakenBackBusy(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	m, b := setupChoice(t)
	list := program(t, m, fileOf(t, m, b))
	drop(t, m, b)
	run(t, list, `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'sentinel0-%'`)
	m.edited[b.ID] = b
	outgoing(t, m)
	answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
	conn, err := list.Conn(ctx)
	must(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
	must(t, err)
	if done, err := m.CarryOut(ctx); err != nil || len(done) != 1 || !done[0].Waits || done[0].Kept {
		t.Fatalf("told is %+v, %v", done, err)
	}
	if left, err := Edit(m.Dir()).Chosen(ctx); err != nil || len(left) != 1 || left[0] != b.ID {
		t.Errorf("to be carried out are %v, %v", left, err)
	}
	_, err = conn.ExecContext(ctx, `ROLLBACK`)
	must(t, err)
	if done, err := m.CarryOut(ctx); err != nil || len(done) != 1 || done[0].Waits || !done[0].Kept {
		t.Fatalf("told is %+v, %v", done, err)
	}
	mustStand(t, m, b, here)
}
