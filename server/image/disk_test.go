//go:build unix

package image_test

import (
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// fullDisk says to a test's process that it is the one whose files may not grow.
const fullDisk = "IMAGE_TEST_FULL_DISK"

// TestFull makes an image where no file may grow far, as on a full disk. The database is another process's; and the limit is
// a process's own, since what go test has this one write would meet it, too.
func TestFull(t *testing.T) {
	if os.Getenv(fullDisk) == "" {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFull$", "-test.v")
		child.Env = append(os.Environ(), fullDisk+"=1")
		out, err := child.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if strings.Contains(string(out), "--- SKIP") {
			t.Skipf("%s", out)
		}
		return
	}
	w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.Postgres)), image.Config{Least: 10})
	list, other := w.list(500), w.list(500)
	annas := w.open(w.anna, other)
	w.remove(other, 3)
	chloe, _ := w.joins("chloe") // and is not to have that one
	signal.Ignore(syscall.SIGXFSZ)
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	var was syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	less := was
	less.Cur = 20_000
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &less))
	_, first := w.images.Open(w.anna, list)
	_, another := w.images.Open(chloe, other)
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was))
	for _, err := range []error{first, another} {
		if err == nil || fault.As(err) != nil { // an operator is to read of it
			t.Errorf("it is made: %v", err)
		}
	}
	if n := w.files(); n != 1 {
		t.Errorf("%d files lie there", n)
	}
	if again := w.open(w.anna, other); again.Tag != annas.Tag {
		t.Error("what was there does not serve on")
	}
	if got := ask(t, w.unpack(w.open(w.anna, list)), `SELECT count(*) FROM server_contacts`); got != "500" {
		t.Errorf("%s rows, once there is room", got)
	}
	if got := ask(t, w.unpack(w.open(chloe, other)), `SELECT count(*) FROM server_contacts`); got != "499" {
		t.Errorf("%s rows for who came later", got)
	}
}
