package browse

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// hostile is what a stranger may send as a name: commands to the terminal, of every form, and marks that turn text around.
const hostile = "\x1b[35;1;5mEVIL\x1b]0;title\x07\x1bPq\x1b\\\u009b31m\u0007\u202eabc\u2066\u200d\u200b\x00\x7f\r\n\tx\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"

// ours are the only commands that the program itself sends on a screen: colours and attributes.
func ours() *regexp.Regexp { return regexp.MustCompile(`\x1b\[[0-9;]*m`) }

// harmless reports what on a screen could do something to the terminal.
func harmless(screen string) string {
	if strings.Contains(screen, "\x1b[35;1;5m") {
		return "a stranger's colours"
	}
	for _, r := range ours().ReplaceAllString(screen, "") {
		if r != '\n' && !unicode.IsPrint(r) {
			return strings.ToUpper(strings.Trim(strings.ReplaceAll(string([]rune{r}), "\x1b", "ESC"), " ")) + " (a control character)"
		}
	}
	return ""
}

// TestForeignTexts: nothing that stands in a copy reaches the terminal as a command.
func TestForeignTexts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	item := func(kind protocol.Kind, plain string) protocol.Item {
		it := w.item(kind, plain, "Spring news "+hostile)
		it.Subject, it.Preheader, it.Body, it.SenderName, it.Description, it.Version = hostile, hostile, hostile, hostile, hostile, 2
		return it
	}
	w.apply(&protocol.ChangePage{
		Account: &protocol.Account{ID: protocol.Global(protocol.KindAccount, w.login.Accounts[0].ID), Name: hostile, DefaultAudience: "everyone", Version: 2},
		Collaborators: []protocol.Person{{
			ID: protocol.Global(protocol.KindPerson, w.anna), Email: hostile, FirstName: hostile, LastName: hostile, Role: "owner", Status: "active", Version: 2,
		}},
		Items: []protocol.Item{item(protocol.KindCampaign, w.campaign), item(protocol.KindList, w.list), item(protocol.KindTemplate, id()), item(protocol.KindBlacklist, w.black)},
		Buckets: []protocol.Bucket{
			{ID: protocol.Global(protocol.KindCampaign, w.campaign), Kind: protocol.Leads, State: "l2", Rows: 1},
			{ID: protocol.Global(protocol.KindList, w.list), Kind: protocol.Contacts, State: "c2", Rows: 1},
			{ID: protocol.Global(protocol.KindBlacklist, w.black), Kind: protocol.Entries, State: "e2", Rows: 1},
		},
	})
	w.rows(protocol.KindCampaign, w.campaign, protocol.Leads, "l2", [][]any{{id(), w.anna, 1, hostile, hostile, hostile, hostile, further1(), "new", hostile, 2, 1, 1}})
	w.rows(protocol.KindList, w.list, protocol.Contacts, "c2", [][]any{{id(), "!" + hostile, hostile, hostile, hostile, hostile, further1(), "subscribed", 2, 1, 1}})
	w.rows(protocol.KindBlacklist, w.black, protocol.Entries, "e2", [][]any{{id(), "domain", "!" + hostile, "manual", hostile, 2, 1, 1}})
	editor := w.client.Editor(&w.login, w.login.Accounts[0])
	must(t, editor.Change(t.Context(), protocol.KindCampaign, "", w.campaign, map[string]any{"name": hostile, "subject": hostile + "2"}))
	push, err := w.mirror.Outgoing(t.Context(), 10)
	must(t, err)
	_, err = w.mirror.Answered(t.Context(), []protocol.Result{{Number: push.Mutations[0].Number, State: protocol.Refused, Code: "X", Message: hostile, Field: "name"}})
	must(t, err)
	d := w.desk()
	for _, step := range [][]string{
		{"1"}, {"enter"}, {"e"}, {"esc", "t"}, {"esc", "enter"}, {"enter"}, {"e"}, {"esc", "d"}, {"n", "esc", "esc", "esc", "2"}, {"i"}, {"e"},
		{"esc", "esc", "3"}, {"d"}, {"n", "enter"}, {"home", "enter"}, {"e"}, {"esc", "esc", "esc", "4"}, {"enter"}, {"enter"}, {"esc", "esc", "5"}, {"enter"}, {"e"}, {"esc", "esc", "?"},
	} {
		d.press(step...)
		d.settled()
		for _, width := range []int{40, 100, 180} {
			d.size(width, 30)
			if found := harmless(d.raw()); found != "" {
				t.Fatalf("after %v in %d columns there is %s on the screen:\n%q", step, width, found, d.raw())
			}
		}
	}
}

func further1() string { return `{"a\u001b[35;1;5mb":"c\u001b[35;1;5md\u202e"}` }

// settled waits until what a key began has been read and drawn: it reads the screen anew itself, and sees that taken.
func (d *desk) settled() {
	d.t.Helper()
	for range 2 {
		var load tea.Cmd
		d.look(func(a *app) { load = a.top().load() })
		if load != nil {
			d.send(loaded{load()})
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain": "plain", "é 東京 🎈": "é 東京 🎈", "a\tb\nc": "a b c", "\x1b[31mred": "[31mred", "x\u0301\u0301\u0301\u0301\u0301": "x\u0301\u0301\u0301",
		"שלום": "שלום", "\u202eabc\u202c": "abc", "a\u00a0b": "a b", "\xff\xfe": "", "❤️": "❤",
	} {
		if got := clean(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	t.Run("cuts by what is seen", func(t *testing.T) {
		for _, text := range []string{"plain text that is long", "東京東京東京東京", "🎈🎈🎈🎈🎈", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "שלום שלום שלום", "👩‍👩‍👧‍👦 family", hostile} {
			for width := range 24 {
				if got := ansi.StringWidth(pad(text, width)); got != width {
					t.Errorf("%q in %d cells takes %d", text, width, got)
				}
				for _, line := range wrap(text, width, 4) {
					if ansi.StringWidth(line) > width {
						t.Errorf("%q wrapped to %d has %q", text, width, line)
					}
				}
			}
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add(hostile)
	f.Add("é 東京 🎈")
	f.Fuzz(func(t *testing.T, text string) {
		if found := harmless(clean(text)); found != "" {
			t.Errorf("%q leaves %s", text, found)
		}
		if got := ansi.StringWidth(pad(text, 12)); got != 12 {
			t.Errorf("%q takes %d cells instead of 12", text, got)
		}
	})
}
