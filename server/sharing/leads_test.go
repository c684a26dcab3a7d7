package sharing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestLeads is the rule for leads as a table: whoever sees the campaign sees its leads, and a member, where the account
// limits them, those alone that they follow up. Nobody sees a lead of a campaign that they do not see.
func TestLeads(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		a := librarytest.New(t, s)
		for _, role := range []collaborator.Role{collaborator.RoleOwner, collaborator.RoleManager, collaborator.RoleMember} {
			for _, setting := range []account.MemberLeads{account.MemberLeadsAll, account.MemberLeadsOwn} {
				ctx := a.Person(t, role)
				v, err := sharing.From(ctx)
				if err != nil {
					t.Fatal(err)
				}
				v.Limit(setting, 7)
				if limited := role == collaborator.RoleMember; v.OwnLeads != (limited && setting == account.MemberLeadsOwn) || (v.LeadsEpoch != 0) != limited {
					t.Errorf("a %s where members see %s: %+v", role, setting, v)
				}
				for _, level := range []access.Level{access.LevelNone, access.LevelView, access.LevelEdit} {
					campaign := campaignFor(t, a, v.Collaborator, level)
					sees := role == collaborator.RoleOwner || level != access.LevelNone
					for whose, person := range map[string]uuid.UUID{"their own": v.Collaborator, "another's": librarytest.Collaborator(t, a.Owner), "a waiting": uuid.Nil} {
						id := leadOf(t, a, campaign, person)
						want := sees && (!v.OwnLeads || person == v.Collaborator)
						got, err := a.Store.Client().Lead.Query().Where(lead.ID(id)).Exist(ctx)
						if err != nil || got != want {
							t.Errorf("that a %s (%s) with level %s sees %s lead is %v, %v", role, setting, level, whose, got, err)
						}
					}
				}
			}
		}
		t.Run("limits a member whose account was not read", func(t *testing.T) {
			p, err := a.Store.Client().Collaborator.Query().Where(collaborator.ID(librarytest.Collaborator(t, a.Member))).Only(a.System)
			if err != nil || !sharing.Eyes(p).OwnLeads {
				t.Errorf("they see all leads, %v", err)
			}
			p, err = a.Store.Client().Collaborator.Query().Where(collaborator.ID(p.ID)).WithAccount().Only(a.System)
			if err != nil || sharing.Eyes(p).OwnLeads {
				t.Errorf("they see their own leads only, %v", err)
			}
		})
	})
}

// campaignFor makes a campaign on which a person has an edge.
func campaignFor(t *testing.T, a *librarytest.Account, person uuid.UUID, level access.Level) uuid.UUID {
	t.Helper()
	id := uuid.Must(uuid.NewV7())
	a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.Changed(id)
		tx.Appeared(id)
		tx.Granted(person, id, "absent")
		err := tx.Item.Create().SetID(id).SetAccountID(a.ID).SetKind(item.KindCampaign).SetName("x").SetNameKey("x").Exec(ctx)
		if err != nil {
			return err
		}
		if err := tx.Campaign.Create().SetID(id).SetAccountID(a.ID).Exec(ctx); err != nil {
			return err
		}
		return tx.Access.Create().SetAccountID(a.ID).SetCollaboratorID(person).SetItemID(id).SetLevel(level).Exec(ctx)
	})
	return id
}

func leadOf(t *testing.T, a *librarytest.Account, campaign, person uuid.UUID) uuid.UUID {
	t.Helper()
	id := uuid.Must(uuid.NewV7())
	a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(1)
		l := tx.Lead.Create().SetID(id).SetAccountID(a.ID).SetCampaignID(campaign).SetRowSeq(rows.Seq)
		if person != uuid.Nil {
			l.SetAssigneeID(person)
		}
		return l.Exec(ctx)
	})
	return id
}
