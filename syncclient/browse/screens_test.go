package browse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

func TestWorkspace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	d := w.desk()
	t.Run("shows items with who changed them", func(t *testing.T) {
		screen := d.sees("Spring news", "✓ synced", "Anna Petit", "draft", "Maison")
		if !strings.Contains(screen, "Another program keeps this copy") {
			t.Errorf("it does not say who keeps the copy:\n%s", screen)
		}
	})
	t.Run("has tabs for all kinds", func(t *testing.T) {
		d.press("3")
		d.sees("Customers", "Rows")
		d.press("4")
		d.sees("Never")
		d.press("5")
		d.sees("Nothing needs your eye.")
		d.press("tab")
		d.sees("Spring news")
	})
	t.Run("sees a campaign arrive", func(t *testing.T) {
		w.apply(&protocol.ChangePage{Items: []protocol.Item{w.item(protocol.KindCampaign, id(), "Arrived just now")}})
		d.sees("Arrived just now")
	})
	t.Run("filters by name", func(t *testing.T) {
		d.press("/")
		d.types("arriv")
		d.lacks("Spring news")
		d.press("esc")
		d.sees("Spring news")
	})
	t.Run("finds words in bodies and subjects", func(t *testing.T) {
		it := w.item(protocol.KindCampaign, id(), "Third")
		it.Body, it.Version = "<p>Un été à la mer</p>", 2
		w.apply(&protocol.ChangePage{Items: []protocol.Item{it}})
		w.index()
		d.sees("Third")
		d.press("/")
		d.types("ete mer")
		d.lacks("Spring news")
		d.sees("Third")
		d.press("esc")
		w.apply(&protocol.ChangePage{Removals: []protocol.ID{it.ID}})
		d.lacks("Third")
	})
	t.Run("puts aside, hides, shows and takes back", func(t *testing.T) {
		d.press("home", "a")
		d.lacks("Arrived just now")
		d.press("A")
		d.sees("(put aside) Arrived", "↑ waiting")
		d.press("a")
		d.lacks("(put aside)")
	})
	t.Run("makes and deletes, with a question", func(t *testing.T) {
		d.press("2", "n")
		d.sees("New template")
		d.types("Made here")
		d.press("enter")
		d.sees("Made here", "↑ waiting", "Saved here")
		d.press("d")
		d.sees("Delete “Made here”?")
		d.press("n")
		d.sees("Made here")
		d.press("d", "y")
		d.lacks("Made here")
	})
	t.Run("tells all of an item, and chooses its lists", func(t *testing.T) {
		d.press("1", "end", "enter")
		d.sees("everyone in the account", "Seen by")
		d.press("t")
		d.sees("[ ]  Customers", "[ ]  Never")
		d.press("enter")
		d.sees("[x]  Customers")
		d.press("esc")
		d.sees("Goes to", "Customers", "↑ waiting")
	})
	t.Run("shows the leads of a campaign", func(t *testing.T) {
		d.press("enter")
		d.sees("1 lead", "Léa")
	})
}

// TestEditor has the person's editor change a body, and a text that the copy refuses stays in its file.
func TestEditor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	script := filepath.Join(t.TempDir(), "edit.sh")
	must(t, os.WriteFile(script, []byte("#!/bin/sh\nprintf '<p>from the editor</p>' > \"$1\"\n"), 0o700))
	d := w.desk("EDITOR=sh " + script)
	d.press("end", "enter")
	d.sees("everyone in the account")
	d.press("b")
	d.sees("<p>from the editor</p>", "↑ waiting")
	d.press("e")
	d.sees("Subject")
	d.press("down", "ctrl+e")
	d.sees("from the editor")
	d.press("enter")
	d.sees("Saved here", "Subject", "<p>from the editor</p>")
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "partage-*", "body.html")); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

func TestLocked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	must(t, w.mirror.Lock(t.Context()))
	d.sees("this copy is locked")
	d.lacks("Spring news")
	must(t, w.mirror.Unlock(t.Context()))
	d.sees("Spring news")
}

func TestTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	d.press("3", "enter")
	d.sees("c000000@example.com")
	w.apply(&protocol.ChangePage{Removals: []protocol.ID{protocol.Global(protocol.KindList, w.list)}})
	d.sees("“Customers” is not there any more.")
	d.lacks("c000000@example.com")
}

func TestHelp(t *testing.T) {
	t.Parallel()
	d := newWorld(t, 1).desk()
	d.press("?")
	d.sees("Keys", "put aside or back", "sync now", "States", "× conflict")
	d.press("x")
	d.sees("Spring news")
	d.size(60, 15)
	d.press("?")
	d.sees("Keys", "more")
	for range 20 {
		d.press("down")
	}
	d.sees("any key goes back", "not kept", "quit")
	d.press("q")
	d.sees("Spring news")
}

func TestFrench(t *testing.T) {
	t.Parallel()
	d := newWorld(t, 1).desk("LANG=fr_FR.UTF-8")
	d.sees("Campagnes", "✓ à jour")
	d.press("?")
	d.sees("Touches", "conflit")
}

// TestCompare has conflicts that a server might have answered with.
func TestCompare(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	d := w.desk()
	edit := func(values map[string]any) {
		t.Helper()
		must(t, w.client.Editor(&w.login, w.login.Accounts[0]).Change(t.Context(), protocol.KindCampaign, "", w.campaign, values))
	}
	answer := func(r protocol.Result) {
		t.Helper()
		push, err := w.mirror.Outgoing(t.Context(), 10)
		must(t, err)
		r.Number = push.Mutations[0].Number
		_, err = w.mirror.Answered(t.Context(), []protocol.Result{r})
		must(t, err)
	}
	edit(map[string]any{"name": "Spring of mine", "subject": "Mine, written offline"})
	answer(protocol.Result{State: protocol.Merged, Version: 2, Conflicts: []string{"name", "subject"}})
	d.press("5")
	d.sees("Spring", "changed by others, too")
	t.Run("is side by side in a wide window", func(t *testing.T) {
		d.press("enter")
		screen := d.sees("Mine, written offline", "Theirs, there now")
		for line := range strings.Lines(screen) {
			if strings.Contains(line, "  Name  ") && !strings.Contains(line, "Spring news") {
				t.Errorf("not side by side:\n%s", screen)
			}
		}
	})
	t.Run("is one below the other in a narrow one", func(t *testing.T) {
		d.size(56, 20)
		screen := d.sees("Mine", "Theirs")
		for line := range strings.Lines(screen) {
			if strings.Contains(line, "Spring of mine") && strings.Contains(line, "Spring news") {
				t.Errorf("side by side in 56 columns:\n%s", screen)
			}
		}
		d.size(100, 24)
	})
	t.Run("is decided with a key", func(t *testing.T) {
		d.press("t")
		d.sees("Decided; it is carried out in a moment.")
		found, err := w.client.Editor(&w.login, w.login.Accounts[0]).Attention(t.Context())
		must(t, err)
		if len(found) != 1 || found[0].Resolution != mirror.Theirs {
			t.Fatalf("%+v", found)
		}
		_, err = w.mirror.Resolve(t.Context())
		must(t, err)
		d.sees("Nothing needs your eye.")
	})
	t.Run("corrects what was refused", func(t *testing.T) {
		edit(map[string]any{"name": "Taken"})
		answer(protocol.Result{State: protocol.Refused, Code: "BAD_USER_INPUT", Message: "The name is taken.", Field: "name"})
		d.sees("! change refused")
		d.press("enter")
		d.sees("The name is taken.")
		d.press("e")
		d.sees("Correct", "Taken")
		d.types(" no more")
		d.press("enter")
		d.sees("Saved here")
		found, err := w.client.Editor(&w.login, w.login.Accounts[0]).Attention(t.Context())
		must(t, err)
		if len(found) != 1 || found[0].Resolution != mirror.Mine || !strings.Contains(string(found[0].Mine), "Taken no more") {
			t.Fatalf("%+v", found)
		}
	})
}
