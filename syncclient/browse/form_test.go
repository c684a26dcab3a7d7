package browse

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestFormBusy: while what was written is being saved, the form takes nothing that would be lost, and its failure is said.
func TestFormBusy(t *testing.T) {
	t.Parallel()
	failing := func(map[string]any) error { return errors.New("the disk is full") }
	types := func(s *form, keys ...string) (last tea.Cmd) {
		for _, name := range keys {
			last = s.key(keyOf(name))
		}
		return last
	}
	done := func(save tea.Cmd) { save().(then)() }
	t.Run("an edit", func(t *testing.T) {
		t.Parallel()
		s := newForm(plainUI(), &account{}, kindOf(protocol.KindList), "", id(), record{"name": "Customers"})
		s.save = failing
		save := types(s, "!", "enter")
		if !strings.Contains(ansi.Strip(s.view(60, 10)), "Saving…") {
			t.Error("it does not say so")
		}
		types(s, "x", "backspace", "down", "ctrl+n", "ctrl+e", "enter", "esc")
		s.paste("more")
		if got := s.inputs[0].field.value(); got != "Customers!" || s.at != 0 || len(s.queued) > 0 {
			t.Errorf("%q at %d, and then %v", got, s.at, s.queued)
		}
		done(save)
		if types(s, "?"); s.inputs[0].field.value() != "Customers!?" || !strings.Contains(s.wrong, "disk is full") || len(s.queued) > 0 {
			t.Errorf("%q after %q, and then %v", s.inputs[0].field.value(), s.wrong, s.queued)
		}
	})
	t.Run("a sign-in can be left", func(t *testing.T) {
		t.Parallel()
		s := newLogin(plainUI(), Config{}, "")
		s.save = failing
		save := types(s, "a", "tab", "b", "tab", "c", "enter")
		types(s, "x", "esc")
		if got := s.inputs[2].field.value(); got != "" || len(s.queued) != 1 || s.queued[0] != (popped{s}) {
			t.Fatalf("%q, and then %v", got, s.queued)
		}
		done(save)
		if told, is := s.queued[len(s.queued)-1].(said); !is || !told.bad || !strings.Contains(told.text, "disk is full") {
			t.Errorf("told is %v", s.queued)
		}
	})
}

// TestQuestions: a question is for the screen that it comes from, and leaving asks whatever else is asked.
func TestQuestions(t *testing.T) {
	t.Parallel()
	u := plainUI()
	below := newForm(u, &account{}, kindOf(protocol.KindList), "", id(), record{"name": "Customers"})
	above := newForm(u, &account{}, kindOf(protocol.KindList), "", id(), record{"name": "Prospects"})
	a := &app{ui: u, screens: []screen{below, above}}
	a.take(asked{text: "Keep the rows?", from: below})
	if a.question != nil {
		t.Errorf("another screen is asked %q", a.question.text)
	}
	a.take(asked{text: "Give up what you wrote?", from: above})
	if a.question == nil {
		t.Fatal("the screen that asked is not shown its question")
	}
	above.key(keyOf("!"))
	if _, cmd := a.Update(keyOf("ctrl+c")); a.question == nil || !strings.Contains(a.question.text, "Quit") {
		t.Errorf("ctrl+c leaves with %v, asking %v", cmd, a.question)
	}
}
