package pgtemp_test

import (
	"bufio"
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/partage-mail/partage/server/store/pgtemp"
)

func start(t *testing.T) *pgtemp.Server {
	t.Helper()
	s, err := pgtemp.Start(t.Context())
	if errors.Is(err, pgtemp.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// connect returns a connection whose end is the server's.
func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

// expectEnd waits for the server to end a connection.
func expectEnd(t *testing.T, c *pgx.Conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := c.WaitForNotification(ctx); err == nil || ctx.Err() != nil {
		t.Errorf("the server goes on: %v", err)
	}
}

func TestServer(t *testing.T) {
	t.Run("is gone with its folder when it has stopped", func(t *testing.T) {
		s := start(t)
		c := connect(t, s.URL("postgres"))
		u, err := url.Parse(s.URL("postgres"))
		if err != nil {
			t.Fatal(err)
		}
		folder := u.Query().Get("host")
		if _, err := os.Stat(folder); err != nil {
			t.Error(err)
		}
		s.Stop()
		s.Stop()
		expectEnd(t, c)
		if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the folder is left: %v", err)
		}
	})
	t.Run("sorts by language and takes UTF-8", func(t *testing.T) {
		s := start(t)
		defer s.Stop()
		var first string
		err := connect(t, s.URL("postgres")).QueryRow(t.Context(), "SELECT min(v) FROM (VALUES ('b'), ('é'), ('Z')) AS t(v)").Scan(&first)
		if err != nil || first != "b" {
			t.Errorf("the first is %q: %v", first, err)
		}
	})
}

// TestServerOfKilled kills a process that has started a server.
func TestServerOfKilled(t *testing.T) {
	const variable = "PGTEMP_TEST_HOLD"
	if os.Getenv(variable) != "" {
		_, _ = os.Stdout.WriteString("at " + start(t).URL("postgres") + "\n")
		select {}
	}
	start(t).Stop() // skips where there is none
	p := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServerOfKilled$")
	p.Env = append(os.Environ(), variable+"=1")
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var address string
	for address == "" && lines.Scan() {
		if a, ok := strings.CutPrefix(lines.Text(), "at "); ok {
			address = a
		}
	}
	c := connect(t, address)
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	expectEnd(t, c)
}
