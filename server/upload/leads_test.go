package upload_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/upload"
)

// finish runs the account's jobs until one has ended, and returns it.
func (d *desk) finish(t *testing.T, id string) *ent.Job {
	t.Helper()
	key, err := uuid.Parse(strings.TrimPrefix(id, "job_"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	moved, deaf := d.broker.Listen(key)
	defer deaf()
	go func() { done <- d.queue.Run(ctx) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	for {
		j := d.Store.Client().Job.GetX(d.System, key)
		if j.State != job.StateQueued && j.State != job.StateRunning {
			return j
		}
		<-moved
	}
}

// join puts the people of contexts into the rotation of a campaign.
func (d *desk) join(t *testing.T, campaign uuid.UUID, people ...context.Context) {
	t.Helper()
	d.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		for i, p := range people {
			who := librarytest.Collaborator(t, p)
			tx.Granted(who, campaign, visibilityevent.BeforeAbsent)
			err := tx.Access.Create().SetAccountID(d.ID).SetItemID(campaign).SetCollaboratorID(who).SetLevel(access.LevelEdit).
				SetRoundRobin(true).SetRotationRank(int64(i) + 1).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func TestLeads(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		d.person = d.Owner
		campaign := d.item(t, item.KindCampaign)
		path := "/upload/leads/campaign_" + campaign.String()
		d.join(t, campaign, d.Owner, d.Manager, d.Member)
		send := func(t *testing.T, file string) upload.LeadReport {
			t.Helper()
			status, got := d.send(t, path, "text/csv", strings.NewReader(file))
			var report upload.LeadReport
			if err := json.Unmarshal([]byte(got), &report); err != nil || status != http.StatusOK {
				t.Fatalf("%d %s %v", status, got, err)
			}
			return report
		}
		t.Run("brings the good rows in, in turn, and tells of the others", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Prénom;Nom;Courriel;Téléphone;Origine;Budget\n")
			for i := range 1100 {
				fmt.Fprintf(&file, "Ann;Lee %d;lee%d@example.com;06 00 00 %05d;salon;%d\n", i, i, i, i)
			}
			file.WriteString("Bob;;nobody;;;\n;;;;salon;9\nEve;Lee;lee7@example.com;;;\n")
			report := send(t, file.String())
			if report.Rows != 1103 || report.Accepted != 1101 || report.Refused != 2 || report.Job == nil || len(report.Problems) != 2 ||
				report.Problems[0].Line != 1102 || report.Problems[1].Line != 1103 {
				t.Fatalf("%+v", report)
			}
			if n := s.Client().Lead.Query().CountX(d.System); n != 0 {
				t.Errorf("%d leads came in before the job ran", n)
			}
			if j := d.finish(t, *report.Job); j.State != job.StateDone || j.Done != 1101 || j.Failed != 0 || j.Total != 1101 {
				t.Fatalf("%+v", j)
			}
			all := s.Client().Lead.Query().Order(lead.ByID()).AllX(d.System)
			turn := []uuid.UUID{librarytest.Collaborator(t, d.Owner), librarytest.Collaborator(t, d.Manager), librarytest.Collaborator(t, d.Member)}
			for i, l := range all {
				if l.AssigneeID == nil || *l.AssigneeID != turn[i%3] {
					t.Fatalf("lead %d went to %v", i, l.AssigneeID)
				}
			}
			first, last := all[0], all[len(all)-1]
			if len(all) != 1101 || first.Name != "Ann Lee 0" || first.Source != "salon" || first.Fields != `{"Budget":"0"}` || first.PhoneKey != "0600000000"+"0" {
				t.Errorf("%d, %+v", len(all), first)
			}
			if last.DuplicateOf == nil || *last.DuplicateOf != all[7].ID {
				t.Errorf("the last is a duplicate of %v", last.DuplicateOf)
			}
			line := s.Client().AuditEvent.Query().Where(auditevent.Verb(string(audit.LeadsImported))).OnlyX(d.System)
			if line.Detail != `{"count":"1101","item":"x"}` {
				t.Errorf("the history says %s", line.Detail)
			}
		})
		t.Run("keeps what cannot be brought in any more as failures", func(t *testing.T) {
			report := send(t, "Name,Phone\nAnn,123456\nBob,1234567\n")
			if err := library.New(d.Feed).Delete(d.Owner, campaign); err != nil {
				t.Fatal(err)
			}
			j := d.finish(t, *report.Job)
			failures := s.Client().JobFailure.Query().AllX(d.System)
			if j.State != job.StateDone || j.Done != 0 || j.Failed != 2 || len(failures) != 2 || fault.Kept(failures[0].Label).Message != "Line 2: Ann" {
				t.Fatalf("%+v %+v", j, failures)
			}
			if err := library.New(d.Feed).Restore(d.Owner, campaign); err != nil {
				t.Fatal(err)
			}
			again, err := d.queue.Retry(d.Owner, j.ID)
			if err != nil {
				t.Fatal(err)
			}
			if j := d.finish(t, again.String()); j.State != job.StateDone || j.Done != 2 || j.Failed != 0 {
				t.Errorf("%+v", j)
			}
			if n := s.Client().Lead.Query().Where(lead.NameIn("Ann", "Bob")).CountX(d.System); n != 2 {
				t.Errorf("%d leads", n)
			}
		})
		t.Run("says what is wrong, and brings nothing in", func(t *testing.T) {
			before := d.Seq(t)
			if r := send(t, "Email\nnobody\n"); r.Job != nil || r.Rows != 1 || r.Refused != 1 {
				t.Errorf("%+v", r)
			}
			many := "Email" + strings.Repeat(",x", 51) + "\na@example.com\n"
			for file, want := range map[string]string{
				"": `BAD_USER_INPUT "file" The file is empty`, "City\nLyon\n": `BAD_USER_INPUT "file" The first line must name`,
				many: `BAD_USER_INPUT "file" A lead has at most 50`, strings.Repeat("x", 16<<20+1): `BAD_USER_INPUT "file" A file has at most 16 MB`,
				"PK\x03\x04": `BAD_USER_INPUT "file" This is a workbook`, "Email\xff\n": `BAD_USER_INPUT "file" The first line`,
			} {
				d.expect(t, path, "text/csv", file, want)
			}
			d.expect(t, path, "application/json", "{}", `BAD_USER_INPUT "file" Send the file itself`)
			if d.Seq(t) != before || s.Client().Job.Query().CountX(d.System) != 3 {
				t.Error("something changed")
			}
		})
		t.Run("is denied", func(t *testing.T) {
			other := d.item(t, item.KindCampaign)
			path := "/upload/leads/campaign_" + other.String()
			d.person = d.Member
			d.Give(t, d.Member, other, access.LevelView)
			d.expect(t, path, "text/csv", "Email\nz@example.com\n", `FORBIDDEN ""`)
			d.Give(t, d.Member, other, access.LevelNone)
			d.expect(t, path, "text/csv", "Email\nz@example.com\n", `NOT_FOUND "" There is no such campaign`)
			d.person = t.Context()
			d.expect(t, path, "text/csv", "Email\nz@example.com\n", `UNAUTHENTICATED ""`)
		})
	})
}
