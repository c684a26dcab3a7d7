package browse

import (
	"testing"

	"github.com/partage-mail/partage/syncclient"
)

// TestBegin opens what was named when the program was started, and nothing else.
func TestBegin(t *testing.T) {
	t.Parallel()
	line := func(email, account string) accountLine {
		a := syncclient.Account{ID: account + "-id", Name: account}
		return accountLine{login: syncclient.Login{Email: email, Accounts: []syncclient.Account{a}}, account: a}
	}
	one, two := line("anna@example.com", "Maison"), line("bruno@example.com", "Studio")
	for _, c := range []struct {
		name          string
		lines         []accountLine
		email, wanted string
		opens         string
		says          bool
	}{
		{"the only one", []accountLine{one}, "", "", "Maison", false},
		{"none of several", []accountLine{one, two}, "", "", "", false},
		{"the one that was named", []accountLine{one, two}, "", "Studio", "Studio", false},
		{"that of a person", []accountLine{one, two}, "bruno@example.com", "", "Studio", false},
		{"none of another name", []accountLine{one}, "", "Nope", "", true},
		{"none of somebody else", []accountLine{one}, "nobody@example.com", "", "", true},
		{"none of that person's", []accountLine{one, two}, "anna@example.com", "Studio", "", true},
		{"none where nobody has signed in", nil, "", "", "", false},
	} {
		t.Run("opens "+c.name, func(t *testing.T) {
			s := newAccounts(plainUI(), Config{Email: c.email, Account: c.wanted})
			s.lines = c.lines
			cmd := s.begin()
			if (cmd != nil) != (c.opens != "") || s.busy != c.opens || (len(s.queued) > 0) != c.says {
				t.Errorf("it opens %q and says %v", s.busy, s.queued)
			}
		})
	}
}
