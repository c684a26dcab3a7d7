package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
)

// running is a partage-sync run --json.
type running struct {
	t      *testing.T
	events *bufio.Scanner
	code   chan int
	notes  *os.File
}

func (c console) follow(args ...string) *running {
	c.t.Helper()
	in, notes := c.file(""), c.file("")
	out, printed := io.Pipe()
	r := &running{c.t, bufio.NewScanner(out), make(chan int, 1), notes}
	go func() {
		r.code <- run(append([]string{"run", "--json", "--data", c.data, "--credentials", "files"}, args...), in, printed, notes)
		printed.Close()
	}()
	return r
}

// until reads events up to one, which it returns.
func (r *running) until(name string) map[string]any {
	r.t.Helper()
	for r.events.Scan() {
		var e map[string]any
		if err := json.Unmarshal(r.events.Bytes(), &e); err != nil {
			r.t.Fatalf("%v in %s", err, r.events.Text())
		}
		if e["event"] == name {
			return e
		}
	}
	said, _ := os.ReadFile(r.notes.Name())
	r.t.Fatalf("it ended without %q: %s", name, said)
	return nil
}

// drain reads what else it prints, so that it need not wait.
func (r *running) drain() {
	go func() {
		for r.events.Scan() {
		}
	}()
}

func TestControl(t *testing.T) {
	s, ctx := start(t)
	spring, theirs := "Spring", "News of May"
	campaign, err := s.Library.Create(ctx, item.KindCampaign, library.Patch{Name: &spring})
	if err != nil {
		t.Fatal(err)
	}
	c := console{t, filepath.Join(t.TempDir(), "data")}
	c.run(exitDone, password+"\n", "login", "--server", s.URL, "--email", "anna@example.com", "--password-stdin")
	_, notes := c.run(exitNotRunning, "", "control", "status")
	c.mustSay(notes, "No partage-sync run listens there")
	r := c.follow()
	begun := r.until("started")
	socket := begun["control"].(string)
	r.until("upToDate")
	r.drain()

	t.Run("says how it stands", func(t *testing.T) {
		out, _ := c.run(exitDone, "", "control", "status")
		c.mustSay(out, `"ok":true`, `"paused":false`, `"state":"current"`, `"running":true`)
		out, _ = c.run(exitDone, "", "status", "--json")
		c.mustSay(out, socket)
		_, notes := c.run(exitUsage, "", "control", "resolve", "0198", "mine")
		c.mustSay(notes, "There is nothing that begins with")
		c.run(exitUsage, "", "control", "resolve", "0198")
		c.run(exitUsage, "", "control", "frobnicate")
		for _, more := range [][]string{{"drop", "One", "Two"}, {"sync", "One"}, {"keep", "One", "--set", "name=x"}, {"watch", "One"}} {
			_, notes := c.run(exitUsage, "", append([]string{"control"}, more...)...)
			c.mustSay(notes, "takes no such arguments")
		}
	})
	t.Run("is asked line by line from standard input", func(t *testing.T) {
		in := `{"id":"a","do":"status"}` + "\n" + `{"id":"b","do":"edit","op":"create","kind":"template","set":{"name":"Plain"}}` + "\n"
		out, _ := c.run(exitDone, in, "control", "relay")
		c.mustSay(out, `{"id":"a","ok":true,"wire":1`, "\n"+`{"id":"b","ok":true,"row":"`)
		c.run(exitDone, "", "control", "sync")
	})
	t.Run("lets no other follow the same", func(t *testing.T) {
		_, notes := c.run(exitInUse, "", "run")
		c.mustSay(notes, "Another partage-sync run listens there")
		for _, other := range [][]string{{"run", "--control", filepath.Join(c.data, "control", "other.sock")}, {"sync"}, {"verify"}} {
			_, notes = c.run(exitInUse, "", other...)
			c.mustSay(notes, "in use", "partage-sync control sync")
		}
	})
	t.Run("resolves a conflict that came up while paused", func(t *testing.T) {
		c.run(exitDone, "", "control", "pause")
		c.edit("UPDATE campaigns SET subject = 'mine' WHERE name = 'Spring'")
		if _, err := s.Library.Change(ctx, item.KindCampaign, campaign, 1, library.Patch{Subject: &theirs}); err != nil {
			t.Fatal(err)
		}
		_, notes := c.run(exitFailed, "", "control", "sync")
		c.mustSay(notes, "resume first")
		_, notes = c.run(exitInUse, "", "sync")
		c.mustSay(notes, "It is paused; partage-sync control resume has it go on.")
		said, _ := c.run(exitDone, "", "status")
		c.mustSay(said, "the partage-sync that is running is paused; partage-sync control resume has it go on")
		out, _ := c.run(exitDone, "", "control", "status")
		c.mustSay(out, `"paused":true`, `"edits":1`)
		c.run(exitDone, "", "control", "resume")
		c.run(exitDone, "", "control", "sync")
		found := c.conflicts()["conflict"]
		out, _ = c.run(exitDone, "", "control", "conflicts")
		c.mustSay(out, found.Key, theirs)
		out, _ = c.run(exitDone, "", "control", "resolve", found.Key, "mine")
		c.mustSay(out, `"decided":1`)
		c.run(exitDone, "", "control", "sync")
		if left := c.conflicts(); len(left) > 0 {
			t.Fatalf("left: %+v", left)
		}
	})
	t.Run("stops", func(t *testing.T) {
		c.run(exitDone, "", "control", "stop")
		if code := <-r.code; code != exitDone {
			t.Fatalf("exit code %d", code)
		}
		c.run(exitNotRunning, "", "control", "status")
		if _, err := os.Stat(socket); !errors.Is(err, fs.ErrNotExist) {
			t.Fatal("the socket is still there")
		}
		c.run(exitDone, "", "sync")
	})
	t.Run("follows without where there can be no socket, unless told where", func(t *testing.T) {
		if err := os.Chmod(filepath.Dir(socket), 0o755); err != nil {
			t.Fatal(err)
		}
		_, notes := c.run(exitFailed, "", "run", "--control", socket)
		c.mustSay(notes, "must be 0700")
		elsewhere := filepath.Join(t.TempDir(), "c", "s.sock")
		r := c.follow("--control", elsewhere, "--quiet")
		if at := r.until("started")["control"]; at != elsewhere {
			t.Fatalf("it listens at %v", at)
		}
		r.drain()
		c.run(exitDone, "", "control", "--control", elsewhere, "stop")
		<-r.code

		deep := console{t, filepath.Join(t.TempDir(), strings.Repeat("x", 100))}
		deep.run(exitDone, password+"\n", "login", "--server", s.URL, "--email", "anna@example.com", "--password-stdin")
		without := deep.follow()
		if at := without.until("started")["control"]; at != "" {
			t.Fatalf("it listens at %v", at)
		}
		without.until("upToDate")
		without.drain()
		out, _ := deep.run(exitDone, "", "status", "--json")
		deep.mustSay(out, `"running": true`, `"control": ""`)
		_, notes = deep.run(exitInUse, "", "sync")
		deep.mustSay(notes, "Wait until it has ended, or stop it first.")
		_, notes = deep.run(exitNotRunning, "", "control", "status")
		deep.mustSay(notes, "keeps the local copy, but does not listen there")
		deep.run(exitDone, "", "logout")
		if code := <-without.code; code != exitSignedOut {
			t.Fatalf("exit code %d", code)
		}
	})
}
