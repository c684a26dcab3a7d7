//go:build unix

package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// otherProgram names the file that this test binary, run as another program, writes into.
const otherProgram = "MIRROR_OTHER_PROGRAM"

// TestOtherProgram has another process open a list's file, write, and close it while the mirror has it open, again and
// again, between the mirror's looks at its files. What either writes is seen by the other: neither believes that it is
// alone, and takes the journal away from the other.
func TestOtherProgram(t *testing.T) {
	if path := os.Getenv(otherProgram); path != "" {
		db, err := sql.Open("sqlite3", "file:"+path+"?mode=rw&_busy_timeout=5000")
		must(t, err)
		defer db.Close()
		run(t, db, `INSERT INTO contacts (email) VALUES ('other@example.com')`)
		return
	}
	t.Parallel()
	ctx := context.Background()
	m, _, b, _, list := setupEdits(t)
	must(t, list.Close()) // the mirror is the only one that holds it
	path := filepath.Join(m.Dir(), fileOf(t, m, b))
	for i := range 3 {
		must(t, m.Look(ctx))
		if _, err := Inspect(ctx, m.Dir()); err != nil {
			t.Fatal(err)
		}
		if !holds(t, path) {
			t.Fatal("the locks of SQLite on the file are gone")
		}
		child := exec.Command(os.Args[0], "-test.run", "^TestOtherProgram$")
		child.Env = append(os.Environ(), otherProgram+"="+path)
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		if _, err := os.Stat(path + "-wal"); err != nil {
			t.Fatalf("the journal was taken away: %v", err)
		}
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatalf("turn %d: the edit is not seen: %v %v", i, due, err)
		}
		push, err := m.Outgoing(ctx, protocol.MutationsPerPush)
		if err != nil || len(push.Mutations) != 1 {
			t.Fatalf("turn %d: %+v %v", i, push, err)
		}
		answer(t, m, push.Mutations[0].Number, protocol.Result{Version: 1})
	}
}

// holds reports whether this process has a lock on a file, as far as the system tells of it.
func holds(t *testing.T, path string) bool {
	t.Helper()
	locks, err := os.ReadFile("/proc/locks")
	if err != nil {
		return true
	}
	info, err := os.Stat(path)
	must(t, err)
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || strings.Contains(string(locks), fmt.Sprintf(":%d ", stat.Ino))
}
