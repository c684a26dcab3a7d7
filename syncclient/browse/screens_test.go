package browse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	environ, edited := editorThat(t, "<p>from the editor</p>")
	d := w.desk(environ)
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
	paths, err := os.ReadFile(edited)
	must(t, err)
	for path := range strings.Lines(string(paths)) {
		if _, err := os.Stat(strings.TrimSpace(path)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// editorThat makes an editor that writes a text, and notes the paths of what it edited.
func editorThat(t *testing.T, writes string) (environ, edited string) {
	t.Helper()
	script := filepath.Join(t.TempDir(), "edit.sh")
	edited = script + ".paths"
	must(t, os.WriteFile(script, fmt.Appendf(nil, "#!/bin/sh\necho \"$1\" >> '%s'\nprintf '%s' > \"$1\"\n", edited, writes), 0o700))
	return "EDITOR=sh " + script, edited
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
	d.sees("Keys", "↓ more", "esc goes back")
	for range 20 {
		d.press("down")
	}
	d.lacks("more")
	d.sees("not kept")
	d.press("q")
	d.sees("Spring news")
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
	check := func(decided mirror.Resolution, mine string) {
		t.Helper()
		found, err := w.client.Editor(&w.login, w.login.Accounts[0]).Attention(t.Context())
		must(t, err)
		if len(found) != 1 || found[0].Resolution != decided || !strings.Contains(string(found[0].Mine), mine) {
			t.Fatalf("%+v", found)
		}
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
		check(mirror.Theirs, "Mine, written offline")
		_, err := w.mirror.Resolve(t.Context())
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
		check(mirror.Mine, "Taken no more")
	})
}

// TestCorrect corrects what a server refused of every kind of column.
func TestCorrect(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		kind    protocol.Kind
		op      protocol.Enum
		mine    string
		inputs  []string
		correct bool
	}{
		{"a body", protocol.KindCampaign, "change", `{"body":"x"}`, []string{"body"}, true},
		{"a name beside lists", protocol.KindCampaign, "change", `{"name":"x","lists":["1"]}`, []string{"name"}, true},
		{"lists", protocol.KindCampaign, "change", `{"lists":["1"],"blacklists":[]}`, nil, false},
		{"what was put aside", protocol.KindList, "change", `{"archived":true}`, nil, false},
		{"further fields", protocol.KindContact, "change", `{"fields":{"b":"2","a":"1"}}`, []string{"a", "b"}, true},
		{"a new entry", protocol.KindEntry, "create", `{"value":"x","reason":"manual"}`, []string{"value", "reason"}, true},
		{"what was deleted", protocol.KindContact, "delete", `{"email":"x"}`, nil, false},
		{"what a program made of it", protocol.KindContact, "change", `[1]`, nil, false},
		{"a kind of a later version", "thing", "change", `{"name":"x"}`, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := mirror.Attention{What: "refused", Op: string(test.op), Kind: test.kind, Mine: []byte(test.mine), Item: id(), ID: id()}
			s := newCompare(plainUI(), &account{}, a)
			if got := s.correctable(); got != test.correct {
				t.Fatalf("it may be corrected: %v", got)
			}
			if s.key("e"); !test.correct {
				if len(s.queued) > 0 {
					t.Error("it opens something")
				}
				return
			}
			f := s.queued[0].(pushed).screen.(*form)
			var got []string
			for _, in := range f.inputs {
				got = append(got, in.column)
			}
			if !slices.Equal(got, test.inputs) {
				t.Errorf("the form has %v", got)
			}
			for _, key := range []string{"up", "down", "tab", "x", "left"} {
				f.update(keyOf(key))
				f.view(60, 10)
			}
		})
	}
}

// TestCorrectBody has the person's editor correct a body that was refused, and sends another one as it is.
func TestCorrectBody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	environ, _ := editorThat(t, "<p>shorter</p>")
	d := w.desk(environ)
	editor := w.client.Editor(&w.login, w.login.Accounts[0])
	must(t, editor.Change(t.Context(), protocol.KindCampaign, "", w.campaign, map[string]any{"body": "<p>too long</p>"}))
	push, err := w.mirror.Outgoing(t.Context(), 10)
	must(t, err)
	_, err = w.mirror.Answered(t.Context(), []protocol.Result{{Number: push.Mutations[0].Number, State: protocol.Refused, Message: "The body is too long.", Field: "body"}})
	must(t, err)
	found := func() mirror.Attention {
		t.Helper()
		all, err := editor.Attention(t.Context())
		must(t, err)
		if len(all) != 1 {
			t.Fatalf("%+v", all)
		}
		return all[0]
	}
	d.press("5")
	d.sees("! change refused")
	d.press("enter")
	d.sees("The body is too long.", "correct what you wrote, and send it")
	d.press("e")
	d.sees("Correct", "▸ Body", "<p>too long</p>")
	t.Run("as it is, too", func(t *testing.T) {
		d.press("enter")
		d.sees("Saved here")
		if a := found(); a.Resolution != mirror.Mine {
			t.Errorf("%+v", a)
		}
	})
	t.Run("in the editor", func(t *testing.T) {
		d.press("e", "up", "tab", "x")
		d.sees("ctrl+e opens it in your editor.")
		d.press("ctrl+e")
		d.sees("<p>shorter</p>")
		d.press("ctrl+c")
		d.sees("Quit, and give up what you wrote?")
		d.press("n", "enter")
		d.sees("Saved here")
		if a := found(); !strings.Contains(string(a.Mine), "shorter") {
			t.Errorf("%+v", a)
		}
	})
}
