package clienttest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// What makes N37 as large as it is told of: a million rows, five thousand revocations, a hundred thousand grants.
const fullScale = "PARTAGE_NASTY_FULL"

// What the process in a small file system is to work on.
const smallServer, smallData = "PARTAGE_NASTY_SERVER", "PARTAGE_NASTY_DATA"

// scale are cases of much at once, and of no room for it.
func scale() []nasty {
	return []nasty{
		{"N34 the disk is full while a list comes, and when it is taken away", fullDisk},
		{"N37 much is revoked in one commit, given in one, and taken while it comes", muchAtOnce},
	}
}

// TestNastySmall is the process that N34 runs in a file system of its own: one sync, which says how it ended.
func TestNastySmall(t *testing.T) {
	data := os.Getenv(smallData)
	if data == "" {
		return // it has something to do in a process of its own alone
	}
	c, err := syncclient.New(syncclient.Config{Server: os.Getenv(smallServer), Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens"))})
	must(t, err)
	defer c.Close()
	logins, err := c.Logins()
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f, err := c.Open(ctx, &logins[0], logins[0].Accounts[0], func(e syncclient.Event) {
		if waiting, ok := e.(syncclient.Waiting); ok {
			fmt.Printf("waits: %v\n", waiting.Err)
			cancel()
		}
	})
	must(t, err)
	fmt.Printf("ended: %v\n", f.Sync(ctx))
	must(t, f.Close())
}

// small is a shell in a file system of a few megabytes.
type small struct {
	x   *trial
	in  io.Writer
	out *bufio.Scanner
}

// fullDisk has a list come that does not fit, beside one that does; it is taken away, with all that had come of it, while
// there is no room, and given again when there is.
func fullDisk(x *trial) {
	unshare, err := exec.LookPath("unshare")
	if err != nil {
		x.t.Skip("unshare is not installed, which gives a file system of a given size")
	}
	kept := x.list("kept", rows("kept", 500))
	big := x.list("SENTINEL", rows("SENTINEL", 8000))
	x.at([]uuid.UUID{big}, access.LevelNone)
	data, disk := x.t.TempDir(), x.t.TempDir()
	_, wire := x.tapped(x.chloe)
	d := x.deskVia(x.chloe, data, wire.url)
	x.must(d.follower.Close())
	shell := exec.Command(unshare, "--user", "--map-root-user", "--mount", "sh")
	in, err := shell.StdinPipe()
	x.must(err)
	out, err := shell.StdoutPipe()
	x.must(err)
	shell.Stderr = shell.Stdout
	x.must(shell.Start())
	defer func() { in.Close(); _ = shell.Wait() }()
	s := &small{x, in, bufio.NewScanner(out)}
	if said := s.run(fmt.Sprintf("mount -t tmpfs -o size=400m tmpfs '%s' && cp -r '%s' '%[1]s/data'", disk, data)); strings.Contains(said, "mount:") || strings.Contains(said, "unshare:") {
		x.t.Skipf("this system gives no file system to who is not its owner: %s", said)
	}
	sync := fmt.Sprintf("%s='%s' %s='%s/data' '%s' -test.run '^TestNastySmall$' </dev/null", smallServer, wire.url, smallData, disk, os.Args[0])
	folder := x.t.TempDir()
	arrived := func() *desk {
		x.t.Helper()
		at := filepath.Join(folder, fmt.Sprint(x.counter()))
		s.run(fmt.Sprintf("cp -r '%s/data' '%s'", disk, at))
		return x.deskOn(d, at, wire.url)
	}
	if said := s.run(sync); !strings.Contains(said, "ended: <nil>") {
		x.t.Fatalf("while there is room, it %s", said)
	}
	s.run(fmt.Sprintf("mount -o remount,size=10500k '%s'", disk))
	x.at([]uuid.UUID{big}, access.LevelView)
	wire.heard()
	if said := s.run(sync); !strings.Contains(said, "waits: ") || !strings.Contains(said, "disk is full") {
		x.t.Fatalf("with a list that does not fit, it %s", said)
	}
	if n := len(wire.heard()); n > 15 {
		x.t.Errorf("%d requests before it waits", n)
	}
	on := arrived()
	if got := on.value(on.fileOf(kept), `SELECT count(*) FROM contacts`); got != "500" {
		x.t.Errorf("of the list that fits there are %s rows", got)
	}
	x.at([]uuid.UUID{big}, access.LevelNone)
	if said := s.run(sync); !strings.Contains(said, "ended: <nil>") {
		x.t.Fatalf("when the list was taken away, it %s", said)
	}
	on = arrived()
	x.same(x.chloe, on)
	x.clean(on, "SENTINEL")
	x.at([]uuid.UUID{big}, access.LevelView)
	s.run(fmt.Sprintf("mount -o remount,size=400m '%s'", disk))
	if said := s.run(sync); !strings.Contains(said, "ended: <nil>") {
		x.t.Fatalf("when there is room, it %s", said)
	}
	x.same(x.chloe, arrived())
}

// run has the shell run a command and returns what it printed.
func (s *small) run(command string) string {
	s.x.t.Helper()
	_, err := fmt.Fprintf(s.in, "%s\necho END OF IT\n", command)
	s.x.must(err)
	var said []string
	for s.out.Scan() {
		if s.out.Text() == "END OF IT" {
			return strings.Join(said, "\n")
		}
		said = append(said, s.out.Text())
	}
	s.x.t.Fatalf("the shell ended: %v %v", said, s.out.Err())
	return ""
}

// deskOn is a desk on a copy of another one's folder, as it was left.
func (x *trial) deskOn(of *desk, data, url string) *desk {
	x.t.Helper()
	d := &desk{tb: x.t, heard: make(chan struct{}, 1), account: of.account}
	var err error
	d.client, err = syncclient.New(syncclient.Config{Server: url, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens"))})
	x.must(err)
	x.t.Cleanup(d.client.Close)
	logins, err := d.client.Logins()
	x.must(err)
	d.login = &logins[0]
	d.open()
	return d
}

// muchAtOnce has 5,000 revocations in one commit, 100,000 grants in one, and a million rows that are revoked while they
// come; far less where nobody asks for all (PARTAGE_NASTY_FULL).
func muchAtOnce(x *trial) {
	revoked, granted, contacts := 100, 200, 7_000
	if os.Getenv(fullScale) != "" {
		revoked, granted, contacts = 5000, 100_000, 1_000_000
	}
	mails := x.many(granted, "SENTINEL")
	d, wire := x.tapped(x.chloe)
	d.sync()
	x.same(x.chloe, d)
	x.at(mails[:revoked], access.LevelNone)
	d.sync()
	x.same(x.chloe, d)
	x.at(mails, access.LevelNone)
	d.sync()
	x.clean(d, "SENTINEL")
	x.at(mails, access.LevelEdit)
	d.sync()
	x.same(x.chloe, d)
	x.at(mails, access.LevelNone)

	list := x.list("SENTINEL", rows("SENTINEL", contacts))
	pages := 0
	wire.after(func(r *recorded, _ int) {
		if !r.rows() {
			return
		}
		switch pages++; pages {
		case 3:
			x.at([]uuid.UUID{list}, access.LevelNone)
		case 6:
			x.at([]uuid.UUID{list}, access.LevelView)
		}
	})
	d.sync()
	x.clean(d, "SENTINEL")
	x.at([]uuid.UUID{list}, access.LevelView)
	wire.after(func(r *recorded, n int) {
		if n == 3 {
			x.at([]uuid.UUID{list}, access.LevelNone)
			x.at([]uuid.UUID{list}, access.LevelView)
		}
	})
	d.sync()
	wire.taking(nil)
	x.alike(x.chloe, d)
}

// many makes templates in one commit.
func (x *trial) many(n int, mark string) []uuid.UUID {
	x.t.Helper()
	all := make([]uuid.UUID, n)
	x.must(x.Feed.Write(x.anna.ctx, x.account, func(ctx context.Context, tx *feed.Tx) (err error) {
		for i := range all {
			if all[i], err = x.Library.Create(feed.Joining(ctx, tx), item.KindTemplate, library.Patch{Name: ptr(fmt.Sprint(mark, " ", i))}); err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

// at gives Chloé a level on items in one commit.
func (x *trial) at(items []uuid.UUID, level access.Level) {
	x.t.Helper()
	x.must(x.Feed.Write(x.anna.ctx, x.account, func(ctx context.Context, tx *feed.Tx) error {
		for _, id := range items {
			if err := x.Sharing.SetAccess(feed.Joining(ctx, tx), id, x.chloe.collaborator, level); err != nil {
				return err
			}
		}
		return nil
	}))
}
