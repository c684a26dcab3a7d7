package graph_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestClock puts the server's clock forward: what ends at a moment has ended for those who read, too.
func TestClock(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		var ahead atomic.Int64
		now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		server := servertest.Start(t, c, func(c *app.Config) { c.Identity.Now = now })
		anna := server.As(server.As("").Must(t, `mutation($in: SignUpInput!) { signUp(input: $in) { token errors { message } } }`, vars{"in": vars{
			"email": "anna@example.com", "password": "a long secret of one's own", "firstName": "Anna", "lastName": "Test", "accountName": "Maison",
		}}).Text("signUp.token"))
		campaign := anna.Must(t, `mutation { createCampaign(input: {name: "Spring"}) { campaign { id } errors { message } } }`, nil).Text("createCampaign.campaign.id")
		me := anna.Must(t, `{ viewer { collaborator { id } } }`, nil).Text("viewer.collaborator.id")
		anna.Must(t, `mutation($in: SetCampaignAccessInput!) { setCampaignAccess(input: $in) { errors { message } } }`,
			vars{"in": vars{"collaborator": me, "changes": []vars{{"campaign": campaign, "roundRobin": true}}}})
		anna.Must(t, `mutation($in: InviteInput!) { invite(input: $in) { errors { message } } }`,
			vars{"in": vars{"firstName": "Emil", "lastName": "Roy", "email": "emil@example.com"}})
		anna.Must(t, `mutation($in: SetAwayInput!) { setAway(input: $in) { errors { message } } }`,
			vars{"in": vars{"collaborator": me, "until": now().Add(time.Hour).UTC().Truncate(time.Second)}})
		state := func() servertest.Answer {
			return anna.Must(t, `query($id: ID!) {
				invitations(first: 1) { edges { node { expired } } }
				viewer { collaborator { awayUntil } }
				rotation(campaign: $id) { people { available awayUntil } next { id } }
			}`, vars{"id": campaign})
		}
		for tries := 0; state().At("rotation.people.0") == nil; tries++ { // until the job is done
			if tries == 10_000 {
				t.Fatal("nobody came into the rotation")
			}
		}
		for _, at := range []struct {
			ahead         time.Duration
			away, expired bool
		}{{59 * time.Minute, true, false}, {61 * time.Minute, false, false}, {8 * 24 * time.Hour, false, true}} {
			ahead.Store(int64(at.ahead))
			a := state()
			if a.At("invitations.edges.0.node.expired") != at.expired {
				t.Errorf("%v later: the link of the invitation has expired: not %v", at.ahead, at.expired)
			}
			for _, path := range []string{"viewer.collaborator.awayUntil", "rotation.people.0.awayUntil"} {
				if (a.At(path) != nil) != at.away {
					t.Errorf("%v later: %s is %v", at.ahead, path, a.At(path))
				}
			}
			if a.At("rotation.people.0.available") == at.away || (a.At("rotation.next") == nil) != at.away {
				t.Errorf("%v later: %s", at.ahead, a)
			}
		}
	})
}
