package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestCommands(t *testing.T) {
	t.Setenv("PARTAGE_DATA", "/elsewhere")
	for _, c := range []struct {
		args    []string
		command string
		demo    bool
	}{
		{nil, "serve", false}, {[]string{"--demo"}, "serve", true}, {[]string{"--listen", "127.0.0.1:1", "--demo"}, "serve", true},
		{[]string{"serve", "--demo"}, "serve", true}, {[]string{"audit", "verify"}, "audit verify", false},
	} {
		var p program
		parsed, err := p.parser(&bytes.Buffer{}, &bytes.Buffer{}).Parse(c.args)
		if err != nil || parsed.Command() != c.command || p.Serve.Demo != c.demo {
			t.Errorf("%q is %s (%+v), %v", c.args, parsed.Command(), p, err)
		}
		if c.command == "serve" && (p.Serve.Data != "/elsewhere" || p.Serve.Signup != "open") || c.command != "serve" && p.Audit.Verify.Data != "/elsewhere" {
			t.Errorf("%q does not look at the environment and the defaults: %+v", c.args, p)
		}
	}
}

func TestVerify(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		ctx := viewer.System(t.Context(), "a test looks at what is stored")
		s, err := store.Open(ctx, c) // open all the while, as by a server
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		write := func(f func(context.Context, *ent.Tx) error) {
			t.Helper()
			if err := s.Write(ctx, f); err != nil {
				t.Fatal(err)
			}
		}
		one, other := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
		for id, n := range map[uuid.UUID]int{one: 7, other: 0} {
			write(func(ctx context.Context, tx *ent.Tx) error {
				if err := tx.Account.Create().SetID(id).SetName("Été\x1b").Exec(ctx); err != nil {
					return err
				}
				return audit.Append(ctx, tx, s.Dialect(), id, make([]audit.Line, n)...)
			})
		}
		lines, err := s.Client().AuditEvent.Query().All(ctx)
		if err != nil || len(lines) != 7 {
			t.Fatal(lines, err)
		}
		verify := func(code int, more []string, want ...string) {
			t.Helper()
			args := append([]string{"audit", "verify", "--data", c.DataDir}, more...)
			if c.URL != "" {
				args = append(args, "--database", c.URL)
			}
			var out, errs bytes.Buffer
			if got := command(args, &out, &errs); got != code {
				t.Errorf("%q exits with %d: %s%s", more, got, &out, &errs)
			}
			for _, part := range want {
				if !strings.Contains(out.String()+errs.String(), part) {
					t.Errorf("%q says %s%s, without %q", more, &out, &errs, part)
				}
			}
		}
		account := []string{"--account", "account_" + one.String()}
		last := fmt.Sprintf("7:%x", lines[6].Hash)
		verify(0, nil, "account_"+one.String()+` "Été\x1b"`, "7 lines fit; the last of them is "+last+"\n  intact\n", "account_"+other.String(), "checked: 2, not intact: 0")
		verify(0, account, last, "checked: 1,")
		verify(0, append(account, "--noted", last, "--noted", fmt.Sprintf("3:%x", lines[2].Hash)), "intact")
		verify(1, append(account, "--noted", fmt.Sprintf("3:%x", lines[3].Hash)), "NOT INTACT: Line 3 is another than the one that was noted.")
		verify(2, []string{"--account", one.String()[:8]}, "partage: --account", "is not the id of an account")
		verify(2, []string{"--account", uuid.NewString()}, "there is no account")
		verify(2, []string{"--noted", last}, "give --account")
		verify(2, append(account, "--noted", "7"), "is not a line's number and hash")
		write(func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE audit_events SET verb = 'left' WHERE number = 5`)
			return err
		})
		verify(1, nil, "  4 lines fit;", "  NOT INTACT: Line 5 is not as it was written.", "checked: 2, not intact: 1")
		verify(0, []string{"--account", other.String()}, "intact")
		if c.URL == "" {
			verify(2, []string{"--data", t.TempDir()}, "there is no database in", "--data")
		}
	})
}
