package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

func TestUsage(t *testing.T) {
	c := console{t, filepath.Join(t.TempDir(), "data")}
	if out, _ := c.bare(exitUsage, ""); !strings.Contains(out, "Usage: partage-sync <command>") || !strings.Contains(out, "Exit codes:") {
		t.Errorf("without arguments it prints %q", out)
	}
	if out, _ := c.bare(exitDone, "", "help", "resolve"); !strings.Contains(out, "the word all") {
		t.Errorf("help of a command is %q", out)
	}
	_, notes := c.run(exitUsage, "", "resolve")
	c.mustSay(notes, "See partage-sync resolve --help.")
	_, notes = c.run(exitUsage, "", "frobnicate")
	c.mustSay(notes, "See partage-sync --help.")
	_, notes = c.run(exitSignedOut, "", "status", "--email", "bruno@example.com")
	c.mustSay(notes, "There is no login of bruno@example.com")
}

func TestConflicts(t *testing.T) {
	s, ctx := start(t)
	spring, autumn, theirs := "Spring", "Autumn", "News of May"
	campaign, err := s.Library.Create(ctx, item.KindCampaign, library.Patch{Name: &spring})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Library.Create(ctx, item.KindCampaign, library.Patch{Name: &autumn}); err != nil {
		t.Fatal(err)
	}
	c := console{t, filepath.Join(t.TempDir(), "data")}
	c.run(exitDone, password+"\n", "login", "--server", s.URL, "--email", "anna@example.com", "--password-stdin")
	c.run(exitDone, "", "sync")
	c.edit("UPDATE campaigns SET subject = 'mine' WHERE name = 'Spring'")
	c.edit("UPDATE campaigns SET sender_email = 'nobody' WHERE name = 'Autumn'")
	if _, err := s.Library.Change(ctx, item.KindCampaign, campaign, 1, library.Patch{Subject: &theirs}); err != nil {
		t.Fatal(err)
	}
	out, _ := c.run(exitDone, "", "status")
	c.mustSay(out, "to be sent  ", "2 edits")
	_, notes := c.run(exitDone, "", "sync")
	c.mustSay(notes, "Sent 2 edits.", "2 changes need your eye: partage-sync conflicts")
	_, notes = c.run(exitDone, "", "sync")
	c.mustSay(notes, "2 changes need your eye")
	found := c.conflicts()
	conflict, refused := found["conflict"], found["refused"]

	t.Run("says what was tried, what is kept and what to type", func(t *testing.T) {
		out, _ := c.run(exitDone, "", "conflicts")
		c.mustSay(out, `change campaign "Spring": others changed the same`, `you wrote "mine", there is "News of May"`, "lies beside it as a copy",
			"partage-sync resolve "+conflict.Key+" (mine, theirs or both)")
		c.mustSay(out, `change campaign "Autumn": refused`, "What is there stays", "partage-sync resolve "+refused.Key+" (mine or theirs)", "--set sender_email=VALUE")
	})
	t.Run("takes no key that names a line by chance", func(t *testing.T) {
		for _, key := range []string{"", conflict.Key[:3], "nothing"} {
			c.run(exitUsage, "", "resolve", key, "theirs")
		}
		c.run(exitUsage, "", "resolve", conflict.Key, "mine", "--set", "subject=other")
		_, notes := c.run(exitUsage, "", "resolve", refused.Key, "both")
		c.mustSay(notes, "cannot be decided so: it takes mine or theirs.")
		if found := c.conflicts(); found["conflict"].Decided != "" || found["refused"].Decided != "" {
			t.Fatalf("decided: %+v", found)
		}
	})
	t.Run("lists what is decided, and lets it be decided anew", func(t *testing.T) {
		c.run(exitDone, "", "resolve", conflict.Key, "mine")
		out, _ := c.run(exitDone, "", "conflicts")
		c.mustSay(out, "decided: mine, with the next sync")
		out, _ = c.run(exitDone, "", "status")
		c.mustSay(out, "1 change (partage-sync conflicts)")
		c.run(exitDone, "", "resolve", "all", "both") // the conflict alone can be
		if found := c.conflicts(); found["conflict"].Decided != "both" || found["refused"].Decided != "" {
			t.Fatalf("decided: %+v", found)
		}
		c.run(exitDone, "", "resolve", conflict.Key, "theirs")
		if got := c.conflicts()["conflict"].Decided; got != "theirs" {
			t.Fatalf("decided %q", got)
		}
	})
	t.Run("lets nobody sign out and lose what they wrote", func(t *testing.T) {
		_, notes := c.run(exitFailed, "", "logout", "--erase")
		c.mustSay(notes, "This would erase 1 edit left for you to decide on; nothing has been done.", "--discard-unsent erases it all.")
		c.run(exitUsage, "", "logout", "--discard-unsent")
		other := console{t, filepath.Join(t.TempDir(), "data")}
		other.run(exitDone, password+"\n", "login", "--server", s.URL, "--email", "anna@example.com", "--password-stdin")
		other.run(exitDone, "", "sync")
		other.edit("UPDATE campaigns SET preheader = 'mine' WHERE name = 'Spring'")
		out, _ := other.run(exitDone, "", "logout")
		other.mustSay(out, "kept on this computer until you sign in again: 1 edit not sent yet.")
		other.run(exitFailed, "", "logout", "--erase")
		other.run(exitDone, "", "logout", "--erase", "--discard-unsent")
		if left, err := os.ReadDir(other.data); err != nil || len(left) != 1 { // the folder of tokens
			t.Errorf("left: %v, %v", left, err)
		}
	})
	t.Run("carries out the last decision", func(t *testing.T) {
		c.run(exitDone, "", "resolve", refused.Key, "mine", "--set", "sender_email=anna@example.com")
		_, notes := c.run(exitDone, "", "sync")
		c.mustSay(notes, "Sent 1 edit.")
		if found := c.conflicts(); len(found) > 0 {
			t.Fatalf("left: %+v", found)
		}
		_, notes = c.run(exitUsage, "", "resolve", "all", "theirs")
		c.mustSay(notes, "Nothing needs your eye")
	})
}

// TestOnlineOnly: what is refused each time is not offered to be corrected.
func TestOnlineOnly(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	printAttention(&out, mirror.Attention{What: "refused", Op: "change", Code: mirror.OnlineOnly, Field: "state", Mine: json.RawMessage(`{"state":"active"}`)}, "")
	if text := out.String(); strings.Contains(text, "--set") || !strings.Contains(text, "for a person who looks at it on the server") {
		t.Errorf("%s", text)
	}
}

// conflicts returns what is listed, by what it is.
func (c console) conflicts() map[string]control.Conflict {
	c.t.Helper()
	out, _ := c.run(exitDone, "", "conflicts", "--json")
	var reports []control.Conflict
	if err := json.Unmarshal([]byte(out), &reports); err != nil {
		c.t.Fatal(err)
	}
	found := map[string]control.Conflict{}
	for _, r := range reports {
		found[r.What] = r
	}
	return found
}

// edit changes main.db of the only copy, as any program may.
func (c console) edit(statement string) {
	c.t.Helper()
	out, _ := c.run(exitDone, "", "status", "--json")
	var reports []control.Status
	if err := json.Unmarshal([]byte(out), &reports); err != nil || len(reports) != 1 {
		c.t.Fatalf("%v in %s", err, out)
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(reports[0].Folder, "main.db"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		c.t.Fatal(err)
	}
}
