package mirror

import (
	"context"
	"database/sql/driver"
	"strings"
	"testing"
	"time"
)

// TestChoicesBusy: a program that is writing into the file of a list holds back that list alone, and nobody waits for it.
func TestChoicesBusy(t *testing.T) {
	t.Parallel()
	m, b := setupChoice(t)
	others := []Bucket{fill(t, m, newID(), 2), fill(t, m, newID(), 2)}
	now := time.Now()
	m.now = func() time.Time { return now }
	m.connect = func(path, setup string) driver.Connector { // who waits for the program does so for longer than the test
		return unsynced(path, strings.Replace(setup, "busy_timeout = 10000", "busy_timeout = 60000", 1))
	}
	m.letGo(b.ID)
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
	for _, other := range others { // while it is not open here yet, and while it is
		drop(t, m, other)
		looks(true)
		does(`BEGIN IMMEDIATE`)
		done, err := m.CarryOut(ctx)
		if err != nil || len(done) != 2 || done[0].ID != b.ID || !done[0].Waits || done[0].Kept || done[1].ID != other.ID || done[1].Waits {
			t.Fatalf("told is %+v, %v", done, err)
		}
		looks(false)
		does(`ROLLBACK`)
		_, err = m.file(ctx, b)
		must(t, err)
		mustStand(t, m, other, gone)
	}
	mustStand(t, m, b, "not kept complete file reached")
	now = now.Add(chooseAgain)
	looks(true)
	carriedOut(t, m, 1)
	mustStand(t, m, b, gone)
	looks(false)
}
