package syncapi_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/team"
)

const (
	// look is how much of an image travels before rights are looked at again, and every for how long.
	look  = 4 << 20
	every = 5 * time.Second
	// begun is how much of one has come when rights go.
	begun = 1 << 20
	// between is more than what can lie between server and client: buffers of the system.
	between = 8 << 20
	// whole is what an image has at least that is looked after by its length: enough for some looks after all of that.
	whole = begun + between + 3*look
)

// TestTransfer takes rights away in the midst of a transfer, over a real connection.
func TestTransfer(t *testing.T) {
	t.Run("is cut within 4 MB", func(t *testing.T) {
		each(t, func(h *house) {
			h.away(whole, func(name string, d *download) {
				if got := d.rest(); got%look != 0 || got > begun+between+look {
					h.t.Errorf("%s: %d bytes arrive of %d, and looks are every %d", name, got, d.length, look)
				}
			})
		})
	})
	t.Run("is cut within five seconds", func(t *testing.T) {
		each(t, func(h *house) {
			h.away(begun+between+look, func(name string, d *download) {
				h.clock.forward(every)
				if got := d.rest(); got > begun+between {
					h.t.Errorf("%s: %d bytes arrive of %d", name, got, d.length)
				}
			}, func(name string, d *download) { // so it was the clock
				h.clock.forward(every - 1)
				if got := d.rest(); got != d.length {
					h.t.Errorf("%s: %d bytes arrive of %d", name, got, d.length)
				}
			})
		}, func(c *app.Config) { c.Images.LookBytes = 1 << 40 })
	})
}

// away has people begin to fetch an image of some size, with their token and by an address, takes their rights away, and
// looks what becomes of it: each time as the first function does, then as the next.
func (h *house) away(size int, looks ...func(name string, d *download)) {
	h.t.Helper()
	cases := []struct {
		name    string
		happens func(person, uuid.UUID) error
	}{
		{"logged out", func(who person, _ uuid.UUID) error { _, err := h.Identity.LogOut(who.ctx); return err }},
		{"deactivated", func(who person, _ uuid.UUID) error {
			_, err := h.Team.Deactivate(h.anna.ctx, []uuid.UUID{who.id}, team.Leads{To: team.KeepLeads})
			return err
		}},
		{"removed from it", func(who person, campaign uuid.UUID) error {
			return h.Sharing.SetAccess(h.anna.ctx, campaign, who.id, access.LevelNone)
		}},
		{"shown their own alone", func(person, uuid.UUID) error {
			own := account.MemberLeadsOwn
			return h.Team.ChangeAccount(h.anna.ctx, team.Settings{MemberLeads: &own})
		}},
	}
	var people []person // before the image is made: it would be made again for who came later
	for i := range 2 * len(cases) * len(looks) {
		people = append(people, h.joins("m"+strconv.Itoa(i)+uuid.NewString()))
	}
	campaign := h.campaign(size)
	for _, then := range looks {
		for _, c := range cases {
			for _, way := range []string{" by token", " by address"} {
				who := people[0]
				people = people[1:]
				d := h.download(who, campaign, size, way == " by address")
				must(h.t, c.happens(who, campaign))
				then(c.name+way, d)
				all := account.MemberLeadsAll
				must(h.t, h.Team.ChangeAccount(h.anna.ctx, team.Settings{MemberLeads: &all}))
			}
		}
	}
}

// campaign makes one with leads that have an image of some size.
func (h *house) campaign(size int) uuid.UUID {
	h.t.Helper()
	name := "Campaign"
	id, err := h.Library.Create(h.anna.ctx, item.KindCampaign, library.Patch{Name: &name})
	must(h.t, err)
	const each = 128 << 10
	noise := make([]byte, each) // which nothing makes smaller
	h.receive(id, size/each+1, func(l *ent.LeadCreate) {
		_, _ = rand.Read(noise)
		l.SetNotes(base64.StdEncoding.EncodeToString(noise))
	})
	return id
}

// lead gives somebody a lead.
func (h *house) lead(campaign uuid.UUID, to person) {
	h.t.Helper()
	h.receive(campaign, 1, func(l *ent.LeadCreate) { l.SetNotes("").SetAssigneeID(to.id).SetAssignedAt(instant.Now()) })
}

// receive puts leads into a campaign.
func (h *house) receive(campaign uuid.UUID, n int, with func(*ent.LeadCreate)) {
	h.t.Helper()
	ctx := viewer.System(context.Background(), "a test receives leads")
	must(h.t, h.Feed.Write(ctx, h.account, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		for range n {
			rows.Added(1)
			l := tx.Lead.Create().SetAccountID(h.account).SetCampaignID(campaign).SetEmail("").SetName("").SetPhone("").SetSource("form").
				SetFields("{}").SetRowSeq(rows.Seq).SetChangedAt(instant.Now())
			if with(l); err == nil {
				err = l.Exec(ctx)
			}
		}
		return err
	}))
}

// download is an image of which the first megabyte has come.
type download struct {
	t      *testing.T
	body   io.ReadCloser
	length int64
}

func (h *house) download(who person, campaign uuid.UUID, size int, byAddress bool) *download {
	h.t.Helper()
	bucket := "campaign_" + campaign.String()
	path := "/sync/image/" + bucket
	if byAddress {
		path = h.address(who, bucket)
	}
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.URL+path, nil)
	must(h.t, err)
	if !byAddress {
		r.Header.Set("Authorization", "Bearer "+who.token)
	}
	through := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err == nil {
			err = c.(*net.TCPConn).SetReadBuffer(64 << 10)
		}
		return c, err
	}}
	got, err := through.RoundTrip(r)
	must(h.t, err)
	h.t.Cleanup(func() { got.Body.Close() })
	if got.StatusCode != http.StatusOK || got.ContentLength < int64(size) {
		h.t.Fatalf("%s, %d bytes", got.Status, got.ContentLength)
	}
	_, err = io.CopyN(io.Discard, got.Body, begun)
	must(h.t, err)
	return &download{h.t, got.Body, got.ContentLength}
}

// rest reads on and returns how many bytes have come in all: the length, or fewer where the connection was cut.
func (d *download) rest() int64 {
	d.t.Helper()
	n, err := io.Copy(io.Discard, d.body)
	if n += begun; (err == nil) != (n == d.length) {
		d.t.Errorf("%d bytes of %d, and %v", n, d.length, err)
	}
	return n
}
