package browse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

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

// TestEditorThatFails keeps what was saved in it.
func TestEditorThatFails(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, environ, says string
		kept                bool
	}{
		{"with a text", "EDITOR=" + "sh %s", "The editor ended with an error, so nothing was changed here.", true},
		{"without one", "EDITOR=false", "The editor could not be used; set EDITOR.", false},
		{"by not waiting", "EDITOR=true", "The editor ended at once.", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			script := filepath.Join(t.TempDir(), "edit.sh")
			must(t, os.WriteFile(script, []byte("#!/bin/sh\nprintf 'a long work' > \"$1\"\nexit 1\n"), 0o700))
			d := newWorld(t, 1).desk(strings.Replace(test.environ, "%s", script, 1))
			d.look(func(a *app) {
				at := a.now()
				a.now = func() time.Time { return at }
			})
			d.press("end", "enter")
			d.sees("everyone in the account")
			d.size(300, 24)
			d.press("e")
			d.sees("Subject")
			d.press("down", "ctrl+e")
			screen := d.sees(test.says)
			_, path, found := strings.Cut(screen, "Your text is in ")
			if found != test.kept {
				t.Fatalf("it says\n%s", screen)
			}
			if !found {
				return
			}
			path, _, _ = strings.Cut(path, ".txt")
			t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(path)) })
			text, err := os.ReadFile(path + ".txt")
			must(t, err)
			if want := map[bool]string{true: "a long work"}[test.name == "with a text"]; string(text) != want {
				t.Errorf("%q is in it", text)
			}
		})
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
