//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestBrowse runs the terminal client as a person does.
func TestBrowse(t *testing.T) {
	server, _ := start(t)
	c := console{t, filepath.Join(t.TempDir(), "data")}
	c.run(exitDone, password+"\n", "login", "--server", server.URL, "--email", "anna@example.com", "--password-stdin")
	t.Run("needs a terminal", func(t *testing.T) {
		_, notes := c.run(exitUsage, "", "browse")
		c.mustSay(notes, "Browse needs a terminal.")
	})
	t.Run("shows an account in one, and leaves with q", func(t *testing.T) {
		keys, tty, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer keys.Close()
		defer tty.Close()
		if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 100}); err != nil {
			t.Fatal(err)
		}
		ended := make(chan int, 1)
		go func() { ended <- run([]string{"browse", "--data", c.data, "--credentials", "files"}, tty, tty, tty) }()
		read(t, keys, "Campaigns")
		if _, err := keys.WriteString("q"); err != nil {
			t.Fatal(err)
		}
		read(t, keys, "\x1b[?1049l") // the screen as it was before
		if code := <-ended; code != exitDone {
			t.Errorf("it ended with %d", code)
		}
	})
}

// read reads a terminal until a text has come.
func read(t *testing.T, from *os.File, text string) {
	t.Helper()
	var all bytes.Buffer
	b := make([]byte, 4096)
	for !strings.Contains(all.String(), text) {
		n, err := from.Read(b)
		if err != nil {
			t.Fatalf("%v after %q", err, all.String())
		}
		all.Write(b[:n])
	}
}
