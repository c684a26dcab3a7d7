package browse

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// quick is how soon an editor has ended that did not wait for the person, such as one that opens a window of its own.
const quick = time.Second / 2

// edit opens a text in the person's editor, and hands what came of it to save; nothing where it was not changed. The
// file stands in a folder that only the person can read, and is gone afterwards. It stays, and the person is told where,
// where save does not take the text, where an editor that ended with an error had changed it, and where one ended so soon that
// the file may be open still.
func edit(u *ui, name, text string, save func(changed string) tea.Msg) tea.Cmd {
	dir, err := os.MkdirTemp("", "partage-")
	if err != nil {
		return func() tea.Msg { return fail(err) }
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir)
		return func() tea.Msg { return fail(err) }
	}
	began := u.now()
	return tea.ExecProcess(u.editor(path), func(ran error) tea.Msg {
		read, err := os.ReadFile(path)
		changed := string(read)
		if !strings.HasSuffix(text, "\n") { // editors end the last line; the text did not
			changed = strings.TrimSuffix(changed, "\n")
		}
		var msg tea.Msg
		why := control.Sentence(errors.Join(ran, err))
		switch same := err != nil || changed == text; {
		case ran != nil && !same:
			msg = said{"The editor ended with an error, so nothing was changed here. " + why, true}
		case ran != nil || err != nil:
			_ = os.RemoveAll(dir)
			return said{"The editor could not be used; set EDITOR. " + why, true}
		case same && u.now().Sub(began) < quick:
			msg = said{"The editor ended at once. If it is open still, set EDITOR to a command that waits, such as code --wait.", true}
		case !same:
			msg = save(changed)
		}
		if kept, is := msg.(said); is && kept.bad {
			kept.text += " Your text is in " + path + "."
			return kept
		}
		_ = os.RemoveAll(dir)
		return msg
	})
}

// editorOf returns the command that the person edits texts with.
func editorOf(environ []string) func(path string) *exec.Cmd {
	line := "vi"
	if runtime.GOOS == "windows" {
		line = "notepad"
	}
	for _, name := range []string{"EDITOR", "VISUAL"} {
		for _, set := range environ {
			if value, is := strings.CutPrefix(set, name+"="); is && strings.TrimSpace(value) != "" {
				line = value
			}
		}
	}
	parts := strings.Fields(line)
	return func(path string) *exec.Cmd { return exec.Command(parts[0], append(parts[1:], path)...) }
}
