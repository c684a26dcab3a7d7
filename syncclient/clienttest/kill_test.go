package clienttest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// killed names the environment variables that make this test binary a client to be killed.
const (
	killedServer = "CLIENTTEST_SERVER"
	killedData   = "CLIENTTEST_DATA"
)

func TestMain(m *testing.M) {
	if server := os.Getenv(killedServer); server != "" {
		if err := victim(server, os.Getenv(killedData)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// victim is what the process to be killed does: it says that it begins, and syncs the login that is there once.
func victim(server, data string) error {
	ctx := context.Background()
	fmt.Println("begins")
	c, err := syncclient.New(syncclient.Config{Server: server, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens"))})
	if err != nil {
		return err
	}
	logins, err := c.Logins()
	if err != nil {
		return err
	}
	f, err := c.Open(ctx, &logins[0], logins[0].Accounts[0], nil)
	if err != nil {
		return err
	}
	if err := f.Sync(ctx); err != nil {
		return err
	}
	// How much memory it took, where the system tells.
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		_, _ = os.Stdout.Write(status)
	}
	return f.Close()
}

// TestKill kills the client at random moments of its first fill, again and again, until one comes to the end. It never
// begins anew, and ends with exactly what the server has.
func TestKill(t *testing.T) {
	customers, err := os.ReadFile(real(t, "contacts", "customers-10000.csv"))
	must(t, err)
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		var lists []uuid.UUID
		for i := range 3 {
			lists = append(lists, w.list(fmt.Sprintf("customers %d", i), string(customers)))
		}
		asked := func(p *proxy) (n int) {
			for _, list := range lists {
				_, pages := p.asked(list)
				n += pages
			}
			return n
		}
		p := newProxy(t, w.URL)
		_, whole := live(t, p.URL, w.closed(p.URL).data(), time.Hour)
		pages := asked(p)
		if pages == 0 {
			t.Fatal("no page was counted")
		}
		p = newProxy(t, w.URL)
		d := w.closed(p.URL)
		kills := killed(t, p.URL, d.data(), whole)
		// A kill loses a page that has come and the next, which is on its way.
		if n := asked(p); n > pages+2*kills {
			t.Errorf("%d pages were asked for by clients of which %d were killed, and %d by one that was not", n, kills, pages)
		}
		t.Logf("killed %d times", kills)
		d.open()
		w.same(w.chloe, d)
	})
}

// closed is a desk of Chloé's that has nothing yet and is not open, so that another process can work on it.
func (w *world) closed(url string) *desk {
	w.tb.Helper()
	d := w.deskVia(w.chloe, w.tb.TempDir(), url)
	must(w.tb, d.follower.Close())
	return d
}

// data is the folder of a desk's client.
func (d *desk) data() string { return filepath.Join(d.follower.Folder(), "..", "..", "..") }

// killed lets a client sync in a process of its own that is killed at random moments, until one comes to the end, and
// returns how many did not. Whole is how long one takes that is not killed.
func killed(t *testing.T, server, data string, whole time.Duration) (kills int) {
	t.Helper()
	for {
		// The longest life grows, so that a machine that has become slower gets there too.
		if ended, _ := live(t, server, data, rand.N(whole*time.Duration(6+kills)/60)); ended {
			return kills
		}
		if kills++; kills > 500 {
			t.Fatal("it does not get anywhere")
		}
	}
}

// live lets a client sync in a process of its own, which is killed when it has worked for so long, and reports whether it
// came to the end, and how long it worked.
func live(t *testing.T, server, data string, life time.Duration) (ended bool, worked time.Duration) {
	t.Helper()
	var said bytes.Buffer
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedServer+"="+server, killedData+"="+data)
	child.Stderr = &said
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewReader(out)
	_, _ = lines.ReadString('\n') // it is there now
	began := time.Now()
	kill := time.AfterFunc(life, func() { _ = child.Process.Kill() })
	defer kill.Stop()
	_, _ = io.Copy(io.Discard, lines) // to its end
	worked = time.Since(began)
	err = child.Wait()
	if err != nil && child.ProcessState.Exited() {
		t.Fatalf("the client ended by itself: %v %s", err, said.String())
	}
	return err == nil, worked
}
