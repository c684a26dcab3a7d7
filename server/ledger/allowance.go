// Package ledger is what people may send: sending credits, of which each recipient costs one (S4).
//
// An owner gives a person an allowance, so many credits each month or year, or as many as they like. Without one
// nothing may be sent, also by somebody who may send (Collaborator.can_send); owners are unlimited unless an owner
// caps them.
package ledger

import (
	"strconv"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
)

// MostCredits is how many credits a period can bring.
const MostCredits = 1_000_000_000

// Allowance is a stock of sending credits.
type Allowance struct {
	// Period is how long it lasts, or that there is none of it, or no end.
	Period collaborator.CreditPeriod
	// Amount is how many credits each month or year brings, 1 to MostCredits; 0 of the other periods.
	Amount int64
}

// Of returns a person's allowance: what an owner gave them, or what their role has.
func Of(p *ent.Collaborator) Allowance {
	switch {
	case p.CreditPeriod != nil:
		return Allowance{*p.CreditPeriod, p.CreditAmount}
	case p.Role == collaborator.RoleOwner:
		return Allowance{Period: collaborator.CreditPeriodUnlimited}
	}
	return Allowance{Period: collaborator.CreditPeriodNone}
}

// Check returns the Invalid fault where the allowance can be nobody's.
func (a Allowance) Check() error {
	counted := a.Period == collaborator.CreditPeriodMonth || a.Period == collaborator.CreditPeriodYear
	switch {
	case counted && (a.Amount < 1 || a.Amount > MostCredits):
		return fault.Field("credits", "A month or a year brings 1 to %d credits.", MostCredits)
	case !counted && a.Amount != 0:
		return fault.Field("credits", "Only a month or a year has an amount of credits.")
	}
	return nil
}

// String is the allowance in the account's history: "none", "unlimited", "5000 month".
func (a Allowance) String() string {
	if a.Amount == 0 {
		return string(a.Period)
	}
	return strconv.FormatInt(a.Amount, 10) + " " + string(a.Period)
}
