package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

// TestAssignWaiting deals out more leads than go at once.
func TestAssignWaiting(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		d.broughtIn(t, 2300)
		if dealt, err := d.AssignWaiting(d.Manager, d.campaign); err != nil || dealt.Assigned != 0 || dealt.Job != uuid.Nil {
			t.Errorf("with nobody there, %+v %v", dealt, err)
		}
		team := d.people(t, 3)
		dealt, err := d.AssignWaiting(d.Manager, d.campaign)
		if err != nil || dealt.Assigned != 1000 || dealt.Job == uuid.Nil {
			t.Fatalf("%+v %v", dealt, err)
		}
		between := d.mustPost(t, intake.Lead{Name: "between"}) // takes its turn among those that wait
		if *between.AssigneeID != team[1000%3] {
			t.Errorf("the one between went to %v", between.AssigneeID)
		}
		j := d.finish(t, dealt.Job)
		if j.State != job.StateDone || j.Total != 1300 || j.Done != 1300 || j.Failed != 0 {
			t.Errorf("%+v", j)
		}
		all := d.leads(t)
		for i, l := range all[:2300] {
			turn := i
			if i >= 1000 {
				turn++
			}
			r, err := intake.ParseRecord(l.Decision)
			if err != nil || l.AssigneeID == nil || *l.AssigneeID != team[turn%3] || r.Decision != intake.DealtOut || l.Version != 2 ||
				r.By != librarytest.Collaborator(t, d.Manager) {
				t.Fatalf("%s went to %v by %s", l.Name, l.AssigneeID, l.Decision)
			}
		}
		lines := s.Client().AuditEvent.Query().Where(auditevent.Verb(string(audit.LeadsDealtOut))).Order(auditevent.ByNumber()).AllX(d.System)
		if len(lines) != 3 || lines[2].Detail != `{"count":"300","item":"Spring"}` {
			t.Errorf("%d lines, %+v", len(lines), lines)
		}
		if dealt, err := d.AssignWaiting(d.Manager, d.campaign); err != nil || dealt.Assigned != 0 || dealt.Job != uuid.Nil {
			t.Errorf("with nothing left, %+v %v", dealt, err)
		}
	})
}

// broughtIn brings many leads in by a file.
func (d *desk) broughtIn(t *testing.T, n int) {
	t.Helper()
	var file strings.Builder
	file.WriteString("Name\n")
	for i := range n {
		fmt.Fprintf(&file, "lead %d\n", i)
	}
	report, err := d.Import(d.Owner, d.campaign, strings.NewReader(file.String()))
	if err != nil || report.Accepted != n {
		t.Fatalf("%+v %v", report, err)
	}
	d.finish(t, report.Job)
}

// TestSettings is what the commands refuse; the scenarios of package graph have who may run them.
func TestSettings(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		before := d.Seq(t)
		for _, o := range []string{"", "www.example.com", "ftp://example.com", "https://", "https://example.com/a", "https://example.com?x", "https://u@example.com", "null", "https://" + strings.Repeat("x", 260)} {
			refused(t, d.SetOrigins(d.Owner, d.campaign, []string{o}), fault.Invalid, "origins")
		}
		var many []string
		for i := range 21 {
			many = append(many, fmt.Sprintf("https://%d.example.com", i))
		}
		refused(t, d.SetOrigins(d.Owner, d.campaign, many), fault.Invalid, "origins")
		refused(t, d.ChangeRotation(d.Owner, d.campaign, intake.RotationChange{Order: []uuid.UUID{uuid.New()}}), fault.Conflict, "order")
		refused(t, d.SetAway(d.Owner, uuid.New(), 0), fault.NotFound, "")
		if d.Seq(t) != before {
			t.Error("something changed")
		}
		if key, err := d.RotateKey(d.Manager, d.campaign); err != nil || !strings.HasPrefix(key, "plk_") || len(key) != 47 || d.Address(key) != "https://partage.example/leads/"+key {
			t.Errorf("%s %v", key, err)
		}
		row := s.Client().Campaign.GetX(d.System, d.campaign)
		if len(row.LeadKeyHash) != 32 || row.LeadKeyMadeAt == 0 {
			t.Errorf("%+v", row)
		}
	})
}

func TestWords(t *testing.T) {
	all := []intake.Decision{intake.ByRotation, intake.DealtOut, intake.ByHand, intake.HandedOver, intake.NobodyAvailable, intake.NoRotation, intake.WhilePaused}
	seen := map[string]string{}
	for _, in := range []user.Locale{user.LocaleEn, user.LocaleFr} {
		for _, why := range []intake.Decision{"", intake.NobodyAvailable, intake.NoRotation, intake.WhilePaused} {
			for _, n := range []int{1, 2} {
				words := intake.Alert(in, n, why)
				if words == "" || seen[words] != "" || strings.HasSuffix(words, ": ") {
					t.Errorf("%s, %d, %q: %q", in, n, why, words)
				}
				seen[words] = "said"
			}
			if words := intake.Alert(in, 0, why); (words != "") != (why == intake.NobodyAvailable) {
				t.Errorf("%s, none, %q: %q", in, why, words)
			}
		}
		for _, decision := range all {
			for _, waits := range []bool{false, true} {
				told := intake.Told{Decision: decision, Assignee: "Ada", By: "Bob", Waits: waits, Skipped: []string{"Eve", ""}, Why: []intake.PassedOver{intake.WhoIsAway, intake.WhoIsDeactivated}}
				words := told.Words(in)
				if words == "" || strings.Contains(words, "{") || !strings.Contains(words, "Eve") || strings.Contains(words, "Ada") && waits && (decision == intake.ByHand || decision == intake.HandedOver) {
					t.Errorf("%s %s: %q", in, decision, words)
				}
			}
		}
	}
}
