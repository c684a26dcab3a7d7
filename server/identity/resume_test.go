package identity_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/sharing"
)

func TestResume(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ann := h.signUp(t, "ann@example.com")
		bobCtx, bob := h.signUp(t, "bob@example.com")
		acting, err := h.Resume(context.Background(), ann.Session.ID, ann.Session.Collaborator)
		if err != nil {
			t.Fatal(describe(err))
		}
		was, _ := sharing.From(ctx)
		is, err := sharing.From(acting)
		if s, ok := identity.SessionFrom(acting); err != nil || !ok || s.ID != ann.Session.ID || is.Collaborator != was.Collaborator || is.Account != was.Account {
			t.Errorf("acts as %+v, %v", is, err)
		}
		if acting, err = h.Resume(bobCtx, ann.Session.ID, ann.Session.Collaborator); err != nil {
			t.Fatal(describe(err))
		}
		if s, _ := identity.SessionFrom(acting); s.ID != ann.Session.ID {
			t.Error("acts as who asks")
		}
		for _, who := range [][2]uuid.UUID{
			{ann.Session.ID, bob.Session.Collaborator}, // somebody else
			{ann.Session.ID, uuid.Nil},
			{uuid.New(), ann.Session.Collaborator},
			{ann.Session.Collaborator, ann.Session.Collaborator}, // no session
			{},
		} {
			_, err := h.Resume(ctx, who[0], who[1])
			refused(t, err, fault.Unauthenticated, "")
		}
		if _, err := h.LogOut(ctx); err != nil {
			t.Fatal(describe(err))
		}
		_, err = h.Resume(context.Background(), ann.Session.ID, ann.Session.Collaborator)
		refused(t, err, fault.Unauthenticated, "")
	})
}
