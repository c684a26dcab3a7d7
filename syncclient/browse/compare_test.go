package browse

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

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

// TestOnlineOnly offers what helps where an edit is refused from every copy.
func TestOnlineOnly(t *testing.T) {
	t.Parallel()
	for mine, want := range map[string]string{
		`{"state":"subscribed"}`: "t", `{"state":"subscribed","city":"Lyon"}`: "e t",
	} {
		a := mirror.Attention{What: "refused", Op: "change", Kind: protocol.KindContact, Code: "ONLINE_ONLY", Mine: []byte(mine), Item: id(), ID: id()}
		s := newCompare(plainUI(), &account{login: &syncclient.Login{Server: "https://partage.example"}}, a)
		var keys []string
		for _, k := range s.keys() {
			keys = append(keys, k.name)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s: the keys are %s", mine, got)
		}
		if screen := ansi.Strip(s.view(60, 20)); !strings.Contains(screen, "https://partage.example") || !strings.Contains(screen, "t  let it go") {
			t.Errorf("it says\n%s", screen)
		}
	}
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
			if s.key(keyOf("e")); !test.correct {
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
				f.key(keyOf(key))
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
