package graph_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestFollow holds that a follower hears of every change, whichever node commits it and whatever is the
// matter with the database meanwhile.
func TestFollow(t *testing.T) {
	t.Run("hears of what another node commits", func(t *testing.T) {
		database := storetest.Config(t, dialect.Postgres)
		here, there := servertest.Start(t, database), servertest.Start(t, database)
		token := founder(t, here)
		template := newTemplate(t, here.As(token))
		ws := follower(t, there.As(token))
		for version := 1; version <= 3; version++ {
			rename(t, here.As(token), template, version)
			heard(t, ws)
		}
	})
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		t.Run("hears of a change that could not be read at first", func(t *testing.T) {
			c := s.As(founder(t, s))
			template := newTemplate(t, c)
			ws := follower(t, c)
			execute(t, s, "ALTER TABLE visibility_events RENAME TO hidden")
			rename(t, c, template, 1)
			a := c.Ask(t, "{ changes(first: 1) { more } }", nil)
			if len(a.Errors) != 1 || a.Errors[0].Code() != "INTERNAL" {
				t.Errorf("without its log the feed answers %s", a)
			}
			execute(t, s, "ALTER TABLE hidden RENAME TO visibility_events")
			heard(t, ws)
		})
	})
}

// TestOwnersHearOfWhatOnlyTheySee holds that owners are hinted of what shows in their team, history and list of jobs, though no
// item and no right has changed.
func TestOwnersHearOfWhatOnlyTheySee(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		c := s.As(founder(t, s))
		campaign := c.Must(t, `mutation { createCampaign(input: {name: "One"}) { campaign { id } errors { message } } }`, nil).
			Text("createCampaign.campaign.id")
		ws := follower(t, c)
		account := c.Must(t, "{ viewer { account { id } } }", nil).Text("viewer.account.id")
		c.Must(t, "mutation($a: ID!) { openAccount(input: {account: $a, carrier: BEARER}) { token errors { message } } }", map[string]any{"a": account})
		heard(t, ws)
		s.As("").Must(t, `mutation { logIn(input: {email: "ann@example.com", password: "a good long secret"}) { token errors { message } } }`, nil)
		heard(t, ws)
		invitation := c.Must(t, `mutation { invite(input: {firstName: "Bob", lastName: "B", email: "bob@example.com"}) { invitation { id } errors { message } } }`, nil).
			Text("invite.invitation.id")
		heard(t, ws)
		c.Must(t, `mutation($i: ID!, $c: ID!) { setCampaignAccess(input: {collaborator: $i, changes: [{campaign: $c, canAccess: true}]}) { job { id } errors { message } } }`,
			map[string]any{"i": invitation, "c": campaign})
		heard(t, ws)
	})
}

// founder signs somebody up and returns the token of their session.
func founder(t *testing.T, s *servertest.Server) string {
	t.Helper()
	a := s.As("").Must(t, "mutation($in: SignUpInput!) { signUp(input: $in) { token errors { message } } }", map[string]any{"in": map[string]any{
		"email": "ann@example.com", "password": "a good long secret", "firstName": "Ann", "lastName": "Example", "accountName": "Example",
	}})
	token := a.Text("signUp.token")
	if token == "" {
		t.Fatalf("signing up: %s", a)
	}
	return token
}

func newTemplate(t *testing.T, c servertest.Client) string {
	t.Helper()
	return c.Must(t, `mutation { createTemplate(input: {name: "One"}) { template { id } errors { message } } }`, nil).
		Text("createTemplate.template.id")
}

// rename changes the content of a template: who sees what stays as it is.
func rename(t *testing.T, c servertest.Client, template string, version int) {
	t.Helper()
	a := c.Must(t, "mutation($in: ChangeTemplateInput!) { changeTemplate(input: $in) { template { name } errors { message } } }",
		map[string]any{"in": map[string]any{"id": template, "baseVersion": version, "name": "One" + string(rune('a'+version))}})
	if a.At("changeTemplate.template.name") == nil {
		t.Fatalf("renaming a template: %s", a)
	}
}

// follower subscribes, and has heard the hint that comes at once.
func follower(t *testing.T, c servertest.Client) *servertest.Socket {
	t.Helper()
	ws := c.Open(t)
	ws.Subscribe("1", "subscription { changed { workspace } }", nil)
	heard(t, ws)
	return ws
}

func heard(t *testing.T, ws *servertest.Socket) {
	t.Helper()
	if m := ws.Hear(); servertest.At(m, "payload.data.changed.workspace") != true {
		t.Fatalf("heard %v", m)
	}
}

func execute(t *testing.T, s *servertest.Server, statement string) {
	t.Helper()
	err := s.Store.Write(viewer.System(t.Context(), "a test breaks the database"), func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
