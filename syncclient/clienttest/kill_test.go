package clienttest

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

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

// victim is what the process to be killed does: one sync of the login that is there.
func victim(server, data string) error {
	ctx := context.Background()
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

// TestKill kills the client at random moments of its first fill, again and again, until one is quicker. It never
// begins anew, and ends with exactly what the server has.
func TestKill(t *testing.T) {
	customers, err := os.ReadFile(real(t, "contacts", "customers-10000.csv"))
	must(t, err)
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		for i := range 6 {
			w.list(fmt.Sprintf("customers %d", i), string(customers))
		}
		data := t.TempDir()
		d := w.deskAt(w.chloe, data)
		must(t, d.follower.Close())
		t.Logf("killed %d times", killed(t, w.URL, data))
		d.open()
		w.same(w.chloe, d)
	})
}

// killed lets a client sync in a process of its own that is killed at random moments, until one lives to the end, and
// returns how many did not.
func killed(t *testing.T, server, data string) (kills int) {
	t.Helper()
	// The longest life grows, so that a slow machine gets there too.
	for !live(t, server, data, time.Duration(20+rand.IntN(150+10*kills))*time.Millisecond) {
		if kills++; kills > 500 {
			t.Fatal("it does not get anywhere")
		}
	}
	return kills
}

// live lets a client sync in a process of its own for so long, and reports whether it came to the end.
func live(t *testing.T, server, data string, life time.Duration) bool {
	t.Helper()
	var said bytes.Buffer
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedServer+"="+server, killedData+"="+data)
	child.Stderr = &said
	must(t, child.Start())
	kill := time.AfterFunc(life, func() { _ = child.Process.Kill() })
	defer kill.Stop()
	err := child.Wait()
	if err != nil && child.ProcessState.Exited() {
		t.Fatalf("the client ended by itself: %v %s", err, said.String())
	}
	return err == nil
}
