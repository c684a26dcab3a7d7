package graph_test

import (
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestChangeMeIsHeard holds that a new name and a new language reach whoever they concern: the people of each account,
// copies on desktops, and one's own other windows.
func TestChangeMeIsHeard(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := scenario.New(t, s)
		w.Set(`owner anna
			member bruno
			account there
			owner zoe
			manager brunos-other-hat with the login of bruno`)
		bruno, zoe := w.As(w.Person("bruno")), w.As(w.Person("zoe"))
		window, there := follower(t, bruno), follower(t, zoe)
		const walk = "query($after: String) { changes(after: $after) { collaborators { id firstName } removals next more } }"
		stands := zoe.Must(t, walk, nil).Text("changes.next")
		for _, change := range []string{`firstName: "Brunò"`, "locale: FR"} {
			bruno.Must(t, "mutation { changeMe(input: {"+change+"}) { errors { message } } }", nil)
			heard(t, window)
			heard(t, there)
			moved := zoe.Must(t, walk, map[string]any{"after": stands})
			stands = moved.Text("changes.next")
			if list, _ := moved.At("changes.collaborators").([]any); len(list) != 1 || moved.Text("changes.collaborators.0.id") != w.Person("brunos-other-hat").ID ||
				moved.Text("changes.collaborators.0.firstName") != "Brunò" {
				t.Errorf("after %s the feed has %s", change, moved)
			}
		}
		if l := bruno.Must(t, "{ viewer { user { locale } } }", nil).Text("viewer.user.locale"); l != "FR" {
			t.Errorf("the other window reads %s", l)
		}
	})
}
