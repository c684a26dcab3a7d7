package browse

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// edit opens a text in the person's editor, and hands what came of it to save; nothing where it was not changed. The
// file stands in a folder that only the person can read, and is gone afterwards. Where save does not take the text, it
// stays in the file, and the person is told where.
func edit(u *ui, name, text string, save func(changed string) tea.Msg) tea.Cmd {
	dir, err := os.MkdirTemp("", "partage-")
	if err != nil {
		return func() tea.Msg { return fail(err) }
	}
	path := dir + string(os.PathSeparator) + name
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir)
		return func() tea.Msg { return fail(err) }
	}
	return tea.ExecProcess(u.edit(path), func(ran error) tea.Msg {
		changed, err := os.ReadFile(path)
		if err := errors.Join(ran, err); err != nil {
			why := control.Sentence(err)
			if string(changed) != text && len(changed) > 0 { // an editor that failed on its way out
				return said{fmt.Sprintf("The editor ended with an error, so nothing was changed. %s Your text is in %s.", why, path), true}
			}
			_ = os.RemoveAll(dir)
			return said{"The editor could not be used; set EDITOR. " + why, true}
		}
		// Editors end the last line; the text did not.
		if !strings.HasSuffix(text, "\n") {
			changed = []byte(strings.TrimSuffix(string(changed), "\n"))
		}
		var msg tea.Msg
		if string(changed) != text {
			msg = save(string(changed))
		}
		if refused, is := msg.(said); is && refused.bad {
			refused.text += " " + fmt.Sprintf("Your text is in %s.", path)
			return refused
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
