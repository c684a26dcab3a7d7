package browse

import (
	"encoding/json"
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

// phase is what a copy's follower does.
type phase int

const (
	starting phase = iota
	working
	current
	offline
	paused
	locked
	// silent: another program follows, and cannot be asked.
	silent
	// over: nobody follows any more, as why says.
	over
)

// standing is how a copy stands to the server, as the status line shows it.
type standing struct {
	phase phase
	// list is what comes, done of total rows of it.
	list        string
	done, total int64
	// why says in the library's words what is wrong.
	why string
	// unlinked: no change arrives as it is made; the server is asked once a minute.
	unlinked bool
	// elsewhere: another program follows, and this one talks to it.
	elsewhere bool
	// unheard says why no other program can ask this one; empty where they can.
	unheard string
	// signedOut: the person must sign in.
	signedOut bool
	// moved counts what was written into the copy.
	moved int
}

// hear takes an event, as the control channel words it (control/CONTROL.md).
func (s *standing) hear(line []byte) {
	var h struct {
		Event   string `json:"event"`
		Name    string `json:"name"` // of a list
		Why     string `json:"why"`
		Done    int64  `json:"done"`
		Total   int64  `json:"total"`
		Walking bool   `json:"walking"`
	}
	_ = json.Unmarshal(line, &h) // what is no event means nothing
	switch h.Event {
	case "workspace":
		s.phase, s.moved = working, s.moved+1
		if !h.Walking {
			s.list = ""
		}
	case "rows":
		s.phase, s.moved = working, s.moved+1
		s.list, s.done, s.total = h.Name, h.Done, h.Total
		if !h.Walking {
			s.done, s.total = 0, 0
		}
	case "upToDate":
		s.phase, s.why, s.list = current, "", ""
	case "connected":
		s.unlinked = false
	case "disconnected":
		s.unlinked = true
	case "waiting":
		s.phase, s.why = offline, h.Why
	case "editsWait":
		s.why = h.Why
	case "locked":
		s.phase = locked
	case "unlocked", "resumed":
		s.phase = working
	case "paused":
		s.phase = paused
	case "erased":
		s.phase, s.why = over, control.Sentence(syncclient.ErrErased)
	case "pushed", "changed":
		s.moved++
	}
}

// words says it on one line, with a sign; contact is when the server last answered.
func (s *standing) words(u *ui, contact int64) (sign, text string, as lipgloss.Style) {
	since := u.when(contact)
	switch s.phase {
	case current:
		if s.unlinked {
			return "○", fmt.Sprintf("No live connection: asking once a minute. Last answer %s", since), u.wait
		}
		text := "Up to date"
		if s.elsewhere {
			text += " (another program follows)"
		}
		if s.why != "" {
			text += ": " + s.why
		}
		return "●", text, u.good
	case offline:
		if since == "" {
			return "○", fmt.Sprintf("Offline. %s", s.why), u.wait
		}
		return "○", fmt.Sprintf("Offline since %s. %s", since, s.why), u.wait
	case paused:
		return "‖", "Paused: nothing is sent or fetched", u.wait
	case locked:
		return "■", "Locked until the server answers", u.bad
	case silent:
		return "○", "Another program keeps this copy and cannot be asked", u.wait
	case over:
		if s.signedOut {
			return "○", "Signed out. What is here can be read; press esc, then L, to sign in again.", u.bad
		}
		return "○", s.why, u.bad
	}
	if s.list != "" && s.total > 0 {
		return "↻", fmt.Sprintf("%s: %s of %s", s.list, number(s.done), number(s.total)), u.busy
	}
	return "↻", "Working", u.busy
}
