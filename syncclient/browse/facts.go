package browse

import (
	"slices"
	"strings"
)

// facts draws a page of labelled texts, longer than the window perhaps, which keys move.
type facts struct {
	top   int
	lines []string
	// more: the page goes on below what is shown.
	more bool
}

// key moves the page, and reports whether the key is for that.
func (f *facts) key(name string) bool {
	by, moves := map[string]int{
		"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "ctrl+b": -10, "pgdown": 10, "ctrl+f": 10, "space": 10, "home": -f.top, "g": -f.top,
	}[name]
	f.top = max(0, f.top+by)
	return moves
}

// begin takes the first lines.
func (f *facts) begin(lines ...string) { f.lines = lines }

// add adds a labelled text, in at most so many lines; nothing where it is empty.
func (f *facts) add(u *ui, label, value string, width, most int) {
	wide := min(22, width/3)
	for i, l := range wrap(value, width-wide-5, most) {
		f.lines = append(f.lines, "  "+u.faint.Render(pad(first(label, i), wide))+" "+l)
	}
}

// view draws what fits from where the person is, and says where there is more below.
func (f *facts) view(u *ui, height int) string {
	f.top = max(0, min(f.top, len(f.lines)-height))
	shown := slices.Clone(f.lines[f.top:])
	if f.more = len(shown) > height && height > 0; f.more {
		shown = append(shown[:height-1], "  "+u.busy.Render("↓")+" more")
	}
	return strings.Join(shown, "\n")
}
