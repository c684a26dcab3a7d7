package browse

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func plainUI() *ui { return &ui{palette: colours(), ctx: context.Background(), now: time.Now} }

func TestField(t *testing.T) {
	t.Parallel()
	t.Run("keeps what is not shown", func(t *testing.T) {
		const text = "a\x1bb\nc\u202ed\t e"
		f := newField(text)
		if f.value() != text {
			t.Errorf("%q", f.value())
		}
		f.key(keyOf("x"))
		if f.value() != text+"x" {
			t.Errorf("%q", f.value())
		}
		if got := ansi.Strip(f.view(plainUI(), 20, true)); harmless(got) != "" || !strings.Contains(got, "⏎") {
			t.Errorf("it is drawn as %q", got)
		}
	})
	t.Run("edits around the cursor", func(t *testing.T) {
		f := newField("one two")
		for _, key := range []string{"ctrl+w", "t", "h", "r", "e", "e", "home", "delete", "O", "end", "backspace", "left", "right", "!"} {
			f.key(keyOf(key))
		}
		if f.value() != "One thre!" {
			t.Errorf("%q", f.value())
		}
		f.key(keyOf("ctrl+u"))
		f.insert("東京\r\n🎈")
		if f.value() != "東京\n🎈" {
			t.Errorf("%q", f.value())
		}
	})
	t.Run("always fills its width and shows the cursor", func(t *testing.T) {
		f := newField(strings.Repeat("東京 é ", 30))
		for _, at := range []int{0, 1, 40, len(f.text) - 1, len(f.text)} {
			f.at = at
			for width := 4; width < 30; width++ {
				if got := ansi.StringWidth(f.view(plainUI(), width, true)); got != width {
					t.Errorf("at %d in %d cells it takes %d", at, width, got)
				}
			}
		}
	})
	t.Run("hides a password", func(t *testing.T) {
		f := newField("secret")
		f.secret = true
		if got := f.view(plainUI(), 20, true); strings.Contains(got, "s") && strings.Contains(ansi.Strip(got), "secret") {
			t.Errorf("%q", got)
		}
	})
}

// TestSizes draws every screen in every size: as many lines as the window has, none wider.
func TestSizes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	d := w.desk()
	for _, step := range [][]string{
		{"1"}, {"enter"}, {"e"}, {"esc", "t"}, {"esc", "esc", "3"}, {"enter"}, {"/", "c"}, {"esc", "enter"}, {"e"}, {"esc", "esc", "n"}, {"esc", "esc", "5"}, {"?"}, {"x", "1", "d"},
	} {
		d.press(step...)
		d.settled()
		d.look(func(a *app) {
			for width := 1; width <= 200; width += 1 + width/8 {
				for _, height := range []int{1, 6, 8, 15, 60} {
					a.width, a.height = width, height
					lines := strings.Split(a.draw(), "\n")
					if len(lines) > height || width >= 20 && height >= 6 && len(lines) != height {
						t.Errorf("after %v, %d×%d has %d lines", step, width, height, len(lines))
					}
					for _, line := range lines {
						if got := lineWidth(line); got > width {
							t.Errorf("after %v, %d×%d has a line of %d cells: %q", step, width, height, got, ansi.Strip(line))
							return
						}
					}
				}
			}
			a.width, a.height = 100, 24
		})
	}
}

// TestQuestion is read whole in every window that the program takes: the name in it gives way.
func TestQuestion(t *testing.T) {
	t.Parallel()
	a := &app{ui: plainUI(), width: 60, height: 15, screens: []screen{newAccounts(plainUI(), Config{})}}
	a.question = &asked{text: "Remove the rows of " + quoted(strings.Repeat("東京 ", 30)) + " from here? That frees 1.2 GB."}
	lines := strings.Split(ansi.Strip(a.draw()), "\n")
	if bottom := strings.Join(lines[13:], ""); len(lines) != 15 || !strings.Contains(bottom, "1.2 GB.  y yes, n no") {
		t.Errorf("%d lines, and at the bottom %q", len(lines), bottom)
	}
}

// TestNarrow: the ways out of a form, and how much needs a person's eye, are to be seen in 60 columns.
func TestNarrow(t *testing.T) {
	t.Parallel()
	u := plainUI()
	f := newForm(u, &account{}, kindOf(protocol.KindContact), id(), "", nil)
	if line := ansi.Strip(u.hints(f.keys(), true, 60)); !strings.Contains(line, "esc back") || !strings.Contains(line, "ctrl+e editor") || lineWidth(line) > 60 {
		t.Errorf("the last line is %q", line)
	}
	space := &workspace{attention: 12, items: map[protocol.Kind][]item{}}
	for _, k := range items() {
		space.items[k.kind] = make([]item, 1000)
	}
	s := &tabs{ui: u, space: space}
	for width, want := range map[int]string{60: "  Campaigns 1,000  Templates  Lists  Blacklists  Needs you 12", 100: "  Campaigns 1,000  Templates 1,000  Lists 1,000  Blacklists 1,000  Needs you 12"} {
		if got := ansi.Strip(s.heads(width)); got != want {
			t.Errorf("in %d columns the tabs are %q", width, got)
		}
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	var f facts
	for range 3 {
		f.key("pgdown")
	}
	f.begin("one", "two", "three", "four")
	if got := f.view(plainUI(), 2); got != "three\nfour" || f.more {
		t.Errorf("at the end it shows %q", got)
	}
	f.key("up")
	if got := ansi.Strip(f.view(plainUI(), 2)); got != "two\n  ↓ more" || !f.more {
		t.Errorf("one up it shows %q", got)
	}
}
