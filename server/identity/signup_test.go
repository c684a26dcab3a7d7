package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestSignUp(t *testing.T) {
	t.Run("opens an account of one's own", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, ticket := h.signUp(t, "Ann@Example.com")
			v, err := sharing.From(ctx)
			if err != nil || !v.Owner() || v.Account != ticket.Session.Account || v.Sight == 0 {
				t.Fatalf("signed up as %+v, %v", v, err)
			}
			choices, err := h.Choices(ctx)
			if err != nil || len(choices) != 1 || choices[0].Name != "Example" || choices[0].Role != collaborator.RoleOwner ||
				choices[0].LastVisitAt == 0 {
				t.Fatalf("choices are %+v, %v", choices, err)
			}
			me, err := h.store.Client().Collaborator.Get(ctx, v.Collaborator)
			if err != nil || me.Email != "Ann@Example.com" || !me.CanSend || !me.CanExport || me.Seq != 1 {
				t.Fatalf("the owner is %+v, %v", me, err)
			}
			account, err := h.store.Client().Account.Get(ctx, v.Account)
			if err != nil || account.Seq != 1 || account.SettingsSeq != 1 {
				t.Fatalf("the account is %+v, %v", account, err)
			}
		})
	})
	t.Run("refuses a taken address in any spelling", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			_, err := h.SignUp(t.Context(), founder(" ANN@Example.COM "), identity.Device{})
			refused(t, err, fault.Conflict, "email")
			if n := h.count(t, "accounts"); n != 1 {
				t.Errorf("%d accounts", n)
			}
		})
	})
	t.Run("lets one of many at once have an address", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			errs := make([]error, 8)
			var wg sync.WaitGroup
			for n := range errs {
				wg.Go(func() { _, errs[n] = h.SignUp(t.Context(), founder("ann@example.com"), identity.Device{}) })
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
					continue
				}
				refused(t, err, fault.Conflict, "email")
			}
			if won != 1 || h.count(t, "accounts") != 1 || h.count(t, "users") != 1 || h.count(t, "sessions") != 1 {
				t.Errorf("%d won; %d accounts, %d users", won, h.count(t, "accounts"), h.count(t, "users"))
			}
		})
	})
	t.Run("takes names of a hundred characters in any script", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			f := founder("ann@example.com")
			f.FirstName, f.LastName, f.AccountName = strings.Repeat("é", 100), strings.Repeat("語", 100), strings.Repeat("🙂", 100)
			if _, err := h.SignUp(t.Context(), f, identity.Device{Name: strings.Repeat("ü", 100)}); err != nil {
				t.Fatal(err)
			}
		})
	})
	t.Run("names every field that is wrong", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, err := h.SignUp(t.Context(), identity.Founder{Email: "ann", Password: "short", FirstName: " ",
				LastName: "a\u202eb", AccountName: strings.Repeat("a", 101), Locale: "de"}, identity.Device{Name: "a\nb"})
			want := "email password firstName lastName accountName locale device"
			if got := strings.Join(fields(err), " "); got != want {
				t.Errorf("blamed %s, want %s", got, want)
			}
			if h.count(t, "users") != 0 || h.Hashes() != 0 {
				t.Error("work was done for input that is wrong")
			}
		})
	})
	t.Run("refuses strangers where it is closed", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, storetest.Open(t, "sqlite3"), identity.Config{SignUpClosed: true})
		_, err := h.SignUp(t.Context(), founder("ann@example.com"), identity.Device{})
		refused(t, err, fault.Denied, "")
		if _, err := h.Found(t.Context(), founder("ann@example.com")); err != nil {
			t.Errorf("the server itself cannot found an account: %v", err)
		}
	})
}

// fields returns the fields that joined faults blame.
func fields(err error) (names []string) {
	var joined interface{ Unwrap() []error }
	if f, ok := err.(*fault.Fault); ok {
		return []string{f.Field}
	}
	if errors.As(err, &joined) {
		for _, err := range joined.Unwrap() {
			names = append(names, fields(err)...)
		}
	}
	return names
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		h := newHouse(t, s, identity.Config{})
		for password, ok := range map[string]bool{
			"a good long secret":               true,
			"0123456789abcde":                  true,
			"ééééé-èèèèè":                      false, // three different characters
			"éèàçù-éèàç":                       true,
			"123456789":                        false,
			"1234567890":                       false,
			"Password123":                      false,
			"MotDePasse":                       false,
			"aaaaaaaaaaaaaaa":                  false,
			"ann@example.com":                  false,
			"ANN@EXAMPLE.COM":                  false,
			"\xff\xfe a good long secret":      false,
			strings.Repeat("long ", 51) + "!":  true,
			strings.Repeat("long ", 51) + "!!": false,
		} {
			_, err := h.HashPassword(t.Context(), "Ann@example.com", password)
			if ok && err != nil {
				t.Errorf("%q is refused: %v", password, err)
			}
			if !ok && (fault.As(err) == nil || fault.As(err).Field != "password") {
				t.Errorf("%q: %v, want a fault about the password", password, err)
			}
		}
	})
}

// TestPasswordSpellings holds that a password typed on another keyboard is the same password.
func TestPasswordSpellings(t *testing.T) {
	t.Parallel()
	h := newHouse(t, storetest.Open(t, "sqlite3"), identity.Config{})
	f := founder("ann@example.com")
	f.Password = "un été à la mer"
	if _, err := h.SignUp(context.Background(), f, identity.Device{}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.logIn(t, "ann@example.com", "un e\u0301te\u0301 a\u0300 la mer"); err != nil {
		t.Errorf("decomposed accents are another password: %v", err)
	}
}
