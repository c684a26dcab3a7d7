package ledger_test

import (
	"testing"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/ledger"
)

func TestOf(t *testing.T) {
	none, month := collaborator.CreditPeriodNone, collaborator.CreditPeriodMonth
	for want, p := range map[string]*ent.Collaborator{
		"unlimited": {Role: collaborator.RoleOwner},
		"none":      {Role: collaborator.RoleOwner, CreditPeriod: &none},
		"7 month":   {Role: collaborator.RoleOwner, CreditPeriod: &month, CreditAmount: 7},
		"8 month":   {Role: collaborator.RoleMember, CreditPeriod: &month, CreditAmount: 8},
	} {
		if got := ledger.Of(p).String(); got != want {
			t.Errorf("%v has %s, not %s", p, got, want)
		}
	}
	for _, role := range []collaborator.Role{collaborator.RoleManager, collaborator.RoleMember} {
		if got := ledger.Of(&ent.Collaborator{Role: role}).String(); got != "none" {
			t.Errorf("a %s has %s without being given any", role, got)
		}
	}
}

func TestCheck(t *testing.T) {
	for a, ok := range map[ledger.Allowance]bool{
		{collaborator.CreditPeriodMonth, 1}:                      true,
		{collaborator.CreditPeriodYear, ledger.MostCredits}:      true,
		{collaborator.CreditPeriodNone, 0}:                       true,
		{collaborator.CreditPeriodUnlimited, 0}:                  true,
		{collaborator.CreditPeriodMonth, 0}:                      false,
		{collaborator.CreditPeriodYear, -1}:                      false,
		{collaborator.CreditPeriodYear, ledger.MostCredits + 1}:  false,
		{collaborator.CreditPeriodNone, 1}:                       false,
		{collaborator.CreditPeriodUnlimited, ledger.MostCredits}: false,
	} {
		if err := a.Check(); ok != (err == nil) || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", a, err)
		}
	}
}
