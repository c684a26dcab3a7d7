package browse

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// TestStanding says in the status line what the events of a follower mean, and the same where they come over the control
// channel.
func TestStanding(t *testing.T) {
	t.Parallel()
	at := time.Now()
	for _, test := range []struct {
		name   string
		events []syncclient.Event
		lines  []string
		want   string
	}{
		{"a first fill", []syncclient.Event{syncclient.RowsPage{List: "Big", Done: 12000, Total: 1000000, Walking: true}},
			[]string{`{"event":"rows","list":"Big","done":12000,"total":1000000,"walking":true}`}, "↻ Big: 12,000 of 1,000,000"},
		{"small changes", []syncclient.Event{syncclient.WorkspacePage{Changed: 1}}, []string{`{"event":"workspace","changed":1}`}, "↻ Working"},
		{"all is here", []syncclient.Event{syncclient.Waiting{Err: errors.New("no")}, syncclient.UpToDate{}},
			[]string{`{"event":"waiting","why":"No."}`, `{"event":"upToDate"}`}, "● Up to date"},
		{"no contact", []syncclient.Event{syncclient.Waiting{Err: errors.New("no route")}}, []string{`{"event":"waiting","why":"No route."}`}, "○ Offline since 10:00. No route."},
		{"no live connection", []syncclient.Event{syncclient.UpToDate{}, syncclient.Disconnected{}},
			[]string{`{"event":"upToDate"}`, `{"event":"disconnected"}`}, "○ No live connection: asking once a minute. Last answer 10:00"},
		{"connected again", []syncclient.Event{syncclient.UpToDate{}, syncclient.Disconnected{}, syncclient.Connected{}},
			[]string{`{"event":"upToDate"}`, `{"event":"disconnected"}`, `{"event":"connected"}`}, "● Up to date"},
		{"a lease that is over", []syncclient.Event{syncclient.Locked{}}, []string{`{"event":"locked"}`}, "■ Locked until the server answers"},
		{"a lease that runs again", []syncclient.Event{syncclient.Locked{}, syncclient.Unlocked{}}, []string{`{"event":"locked"}`, `{"event":"unlocked"}`}, "↻ Working"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := plainUI()
			u.now = func() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.Local) }
			status := mirror.Status{ContactAt: time.Date(2026, 5, 4, 10, 0, 0, 0, time.Local).UnixMicro()}
			own, over := newBoard(false), &running{board: newBoard(true)}
			for _, e := range test.events {
				own.event(e)
			}
			for _, line := range test.lines {
				over.line(t.Context(), []byte(line))
			}
			for _, s := range []standing{own.now(), over.now()} {
				a := &app{ui: u, open: &account{status: status}, standing: s}
				sign, text, _ := a.standingText()
				got := strings.TrimSuffix(sign+" "+text, " (another program follows)")
				if got != test.want {
					t.Errorf("elsewhere %v: %q, not %q", s.elsewhere, got, test.want)
				}
				if s.at.Before(at) {
					t.Errorf("it began at %v", s.at)
				}
			}
		})
	}
}
