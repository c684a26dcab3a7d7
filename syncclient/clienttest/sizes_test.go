package clienttest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
)

// TestSizes holds what the server estimates before anything is fetched against what the files take that are filled then,
// indexes included: rows of all kinds, short ones and long ones.
func TestSizes(t *testing.T) {
	customers, err := os.ReadFile(real(t, "contacts", "customers-10000.csv"))
	must(t, err)
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		lists := map[string]uuid.UUID{
			"real":   w.list("real", string(customers)),
			"bare":   w.list("bare", bare(8000)),
			"wordy":  w.list("wordy", wordy(4000)),
			"leads":  w.campaign("leads"),
			"chloes": w.campaign("chloes"),
		}
		unwanted, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr("unwanted")})
		must(t, err)
		lists["unwanted"] = unwanted
		_, err = w.Addressbook.ImportEntries(w.anna.ctx, unwanted, bytes.NewReader([]byte(domains(8000))), nil)
		must(t, err)
		w.manyLeads(lists["leads"], 4000, w.chloe.collaborator, 1)
		w.manyLeads(lists["chloes"], 4000, w.chloe.collaborator, 10)
		must(t, w.memberLeads(account.MemberLeadsOwn))
		d := w.desk(w.chloe)
		estimated := map[string]int64{}
		for name, id := range lists {
			estimated[name] = d.listed(id).Bytes
		}
		d.sync()
		w.same(w.chloe, d)
		must(t, d.follower.Close())
		for name, id := range lists {
			l := d.listed(id)
			t.Logf("%-8s %5d rows: %8d bytes estimated, %8d on the disk: %.2f", name, l.Rows, estimated[name], l.BytesHere,
				float64(estimated[name])/float64(l.BytesHere))
			if off := float64(estimated[name]) / float64(l.BytesHere); off < 0.7 || off > 1.4 {
				t.Errorf("%s takes %d bytes and not %d", name, l.BytesHere, estimated[name])
			}
		}
	})
}

func bare(n int) string {
	var b strings.Builder
	b.WriteString("email\n")
	for i := range n {
		fmt.Fprintf(&b, "person%d@mail%d.example\n", i*7919%100_003, i%97)
	}
	return b.String()
}

// wordy are contacts with many further fields.
func wordy(n int) string {
	var b strings.Builder
	b.WriteString("email,first name,last name,company,city,remark,interests,street,language\n")
	for i := range n {
		fmt.Fprintf(&b, "a.longer.address.%d@department.company.example,Maximilienne,de la Fontaine-%d,Société générale de travaux %d,Saint-Germain-en-Laye,%s,%s,%d rue des Martyrs,français\n",
			i, i, i%50, strings.Repeat(fmt.Sprintf("met at the fair of %d ", i), 6), strings.Repeat(fmt.Sprintf("gardens%d music ", i%200), 4), i)
	}
	return b.String()
}

func domains(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "mail%d.example%d.com\n", i*7919%100_003, i)
	}
	return b.String()
}

// manyLeads gives a campaign leads, of which every nth one is somebody's.
func (w *world) manyLeads(campaign uuid.UUID, n int, somebody uuid.UUID, nth int) {
	w.tb.Helper()
	err := w.Feed.Write(viewer.System(context.Background(), "a test receives leads"), w.account, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(n)
		for i := range n {
			l := tx.Lead.Create().SetAccountID(w.account).SetCampaignID(campaign).SetEmail(fmt.Sprintf("lead%d@example%d.com", i, i%40)).
				SetName(fmt.Sprintf("Zoë Lambert %d", i)).SetPhone(fmt.Sprintf("+33 6 %08d", i)).SetSource("form").
				SetNotes(strings.Repeat("asked for a call back ", i%5)).SetFields(fmt.Sprintf(`{"city":"Lyon %d"}`, i%100)).
				SetRowSeq(rows.Seq).SetChangedAt(instant.Now())
			if i%nth == 0 {
				l.SetAssigneeID(somebody).SetAssignedAt(instant.Now())
			}
			if err := l.Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	must(w.tb, err)
}
