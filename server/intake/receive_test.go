package intake_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

func TestReceive(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		ann := d.people(t, 1)[0]
		t.Run("keeps what the source tells, and how it was given", func(t *testing.T) {
			l := d.mustPost(t, intake.Lead{Email: " Ann@Example.com ", Name: "Ann\tLee", Phone: "+33 6 12-34", Source: "fair",
				Fields: map[string]string{"size": " L ", "a<b": "x\r\ny", "none": " "}})
			if l.Email != "Ann@Example.com" || l.EmailKey != "ann@example.com" || l.Name != "Ann Lee" || l.PhoneKey != "3361234" ||
				l.SearchKey != "ann lee ann@example.com +33 6 12-34" || l.Source != "fair" || l.Fields != `{"a<b":"x\ny","size":"L"}` {
				t.Errorf("stored %+v", l)
			}
			if l.AssigneeID == nil || *l.AssigneeID != ann || l.AssignedAt == 0 || l.State != lead.StateNew || l.Version != 1 {
				t.Errorf("given %+v", l)
			}
			r, err := intake.ParseRecord(l.Decision)
			if err != nil || r.Decision != intake.ByRotation || r.To != ann {
				t.Errorf("%v %+v", err, r)
			}
			edge := s.Client().Access.Query().Where(access.ItemID(d.campaign), access.CollaboratorID(ann)).OnlyX(d.System)
			if it := d.Item(t, d.campaign); edge.LastLeadAt != l.AssignedAt || it.RowsCount != 1 || it.RowsSeq != d.Seq(t) {
				t.Errorf("%+v %+v", edge, it)
			}
		})
		t.Run("changes nothing when it comes again with its key", func(t *testing.T) {
			l := intake.Lead{Name: "Again", Fields: map[string]string{"b": "2", "a": "1"}, RequestKey: "once"}
			first, err := d.post(l)
			if err != nil || first.Repeated {
				t.Fatalf("%+v %v", first, err)
			}
			before := d.Seq(t)
			second, err := d.post(l)
			if err != nil || !second.Repeated || second.ID != first.ID || d.Seq(t) != before {
				t.Errorf("%+v %v", second, err)
			}
			third, err := d.Receive(d.Owner, d.campaign, l)
			if err != nil || !third.Repeated || third.ID != first.ID {
				t.Errorf("%+v %v", third, err)
			}
			l.Fields["a"] = "3"
			_, err = d.post(l)
			refused(t, err, fault.Conflict, "")
		})
		t.Run("marks what looks like an open lead, and drops nothing", func(t *testing.T) {
			first := d.mustPost(t, intake.Lead{Email: "dup@example.com", Phone: "0612345678"})
			if first.DuplicateOf != nil {
				t.Errorf("the first is a duplicate of %v", first.DuplicateOf)
			}
			for _, l := range []intake.Lead{{Email: "DUP@example.com"}, {Name: "x", Phone: "06.12.34.56.78"}, {Email: "dup@example.com", Phone: "999999"}} {
				if got := d.mustPost(t, l); got.DuplicateOf == nil || *got.DuplicateOf != first.ID {
					t.Errorf("%+v is a duplicate of %v instead of %v", l, got.DuplicateOf, first.ID)
				}
			}
			for _, l := range []intake.Lead{{Name: "x", Phone: "12345"}, {Name: "x", Phone: "1-2-3-4-5"}, {Name: "x", Phone: "+33612345678"}} {
				if got := d.mustPost(t, l); got.DuplicateOf != nil {
					t.Errorf("%+v is a duplicate of %v", l, got.DuplicateOf)
				}
			}
			// One that is closed is none any more; the next open one is.
			closed := d.mustPost(t, intake.Lead{Email: "closed@example.com"})
			next := d.mustPost(t, intake.Lead{Email: "closed@example.com"})
			d.close(t, closed.ID)
			if got := d.mustPost(t, intake.Lead{Email: "closed@example.com"}); got.DuplicateOf == nil || *got.DuplicateOf != next.ID {
				t.Errorf("a duplicate of %v instead of %v", got.DuplicateOf, next.ID)
			}
		})
		t.Run("refuses what is no lead", func(t *testing.T) {
			many := make(map[string]string)
			for i := range 51 {
				many[strings.Repeat("f", i+1)] = "x"
			}
			for field, l := range map[string]intake.Lead{
				"email": {}, "name": {Name: strings.Repeat("é", 201)}, "phone": {Phone: strings.Repeat("1", 101)},
				"source": {Name: "x", Source: strings.Repeat("x", 201)}, "idempotencyKey": {Name: "x", RequestKey: strings.Repeat("x", 101)},
				"fields": {Name: "x", Fields: many}, "size": {Name: "x", Fields: map[string]string{"size": strings.Repeat("x", 5001)}},
			} {
				_, err := d.post(l)
				refused(t, err, fault.Invalid, field)
			}
			for _, l := range []intake.Lead{{Email: "nobody"}, {Email: "a@b@c"}, {Source: "only"}} {
				_, err := d.post(l)
				refused(t, err, fault.Invalid, "email")
			}
			for _, l := range []intake.Lead{{Name: "\xff"}, {Name: "x\x00\x00"}} {
				if _, err := d.post(l); err != nil {
					refused(t, err, fault.Invalid, "name")
				}
			}
			for _, name := range []string{"", " ", strings.Repeat("x", 101), "\xff"} {
				_, err := d.post(intake.Lead{Name: "x", Fields: map[string]string{name: "v"}})
				refused(t, err, fault.Invalid, "fields")
			}
		})
		t.Run("ends with its key and with its campaign", func(t *testing.T) {
			old, err := d.Form(t.Context(), d.key)
			if err != nil {
				t.Fatal(err)
			}
			key := d.key
			d.newKey(t)
			before := len(d.leads(t))
			_, err = d.Post(t.Context(), old, intake.Lead{Name: "late"}) // it was looked up a moment before
			refused(t, err, fault.NotFound, "")
			for _, k := range []string{key, "", "plk_", "plk_x", d.key[:len(d.key)-1], "x" + d.key, "PLK" + d.key[3:]} {
				_, err := d.Form(t.Context(), k)
				refused(t, err, fault.NotFound, "")
			}
			form, err := d.Form(t.Context(), d.key)
			if err != nil {
				t.Fatal(err)
			}
			if err := library.New(d.Feed).Delete(d.Owner, d.campaign); err != nil {
				t.Fatal(err)
			}
			_, err = d.Post(t.Context(), form, intake.Lead{Name: "late"})
			refused(t, err, fault.NotFound, "")
			d.restart() // what it remembers of forms, for a second
			_, err = d.Form(t.Context(), d.key)
			refused(t, err, fault.NotFound, "")
			if len(d.leads(t)) != before {
				t.Error("a lead came in")
			}
		})
		t.Run("is for who may change the campaign", func(t *testing.T) {
			campaign := d.newCampaign(t)
			d.Give(t, d.Member, campaign, access.LevelView)
			_, err := d.Receive(d.Member, campaign, intake.Lead{Name: "x"})
			refused(t, err, fault.Denied, "")
			d.Give(t, d.Member, campaign, access.LevelNone)
			_, err = d.Receive(d.Member, campaign, intake.Lead{Name: "x"})
			refused(t, err, fault.NotFound, "")
			_, err = d.Receive(d.Owner, uuid.New(), intake.Lead{Name: "x"})
			refused(t, err, fault.NotFound, "")
			d.Give(t, d.Member, campaign, access.LevelEdit)
			if _, err := d.Receive(d.Member, campaign, intake.Lead{Name: "x"}); err != nil {
				t.Error(err)
			}
		})
	})
}
