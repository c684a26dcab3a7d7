package browse

import (
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

// TestStanding says in the status line what the events of a follower mean.
func TestStanding(t *testing.T) {
	t.Parallel()
	const waiting, upToDate, disconnected = `{"event":"waiting","why":"No route."}`, `{"event":"upToDate"}`, `{"event":"disconnected"}`
	fill := `{"event":"rows","name":"Big","done":12000,"total":1000000,"walking":true}`
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"a first fill", []string{fill}, "↻ Big: 12,000 of 1,000,000"},
		{"a workspace beside it", []string{fill, `{"event":"workspace","walking":true}`}, "↻ Big: 12,000 of 1,000,000"},
		{"small changes", []string{fill, `{"event":"workspace","changed":1}`}, "↻ Working"},
		{"all is here", []string{waiting, upToDate}, "● Up to date"},
		{"no contact", []string{waiting}, "○ Offline since 10:00. No route."},
		{"no live connection", []string{upToDate, disconnected}, "○ No live connection: asking once a minute. Last answer 10:00"},
		{"connected again", []string{upToDate, disconnected, `{"event":"connected"}`}, "● Up to date"},
		{"edits that wait", []string{upToDate, `{"event":"editsWait","why":"The server is busy."}`}, "● Up to date: The server is busy."},
		{"a lease that is over", []string{`{"event":"locked"}`}, "■ Locked until the server answers"},
		{"a lease that runs again", []string{`{"event":"locked"}`, `{"event":"unlocked"}`}, "↻ Working"},
		{"a pause", []string{upToDate, `{"event":"paused"}`}, "‖ Paused: nothing is sent or fetched"},
		{"an account that was left", []string{upToDate, `{"event":"erased"}`}, "○ " + control.Sentence(syncclient.ErrErased)},
		{"what is no event", []string{upToDate, "?", `{"event":"new in a later version"}`}, "● Up to date"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := plainUI()
			u.now = func() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.Local) }
			contact := time.Date(2026, 5, 4, 10, 0, 0, 0, time.Local).UnixMicro()
			var s standing
			for _, line := range test.lines {
				s.hear([]byte(line))
			}
			sign, text, _ := s.words(u, contact)
			if got := sign + " " + text; got != test.want {
				t.Errorf("%q, not %q", got, test.want)
			}
		})
	}
}
