package intake

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

const (
	// keyPrefix tells scanners of leaked secrets what they have found.
	keyPrefix = "plk_"
	keyBytes  = 32
	// MaxOrigins is how many origins a form has.
	MaxOrigins = 20
	maxOrigin  = 260
)

// Form is where leads of a campaign are posted to, as of the moment it was looked up.
type Form struct {
	// Account is the campaign's.
	Account uuid.UUID
	// Locale is the account's language.
	Locale user.Locale

	campaign uuid.UUID
	keyHash  []byte
	origins  []string
}

// Campaign names the form's campaign, for limits and logs.
func (f Form) Campaign() uuid.UUID { return f.campaign }

// Allows reports whether pages of an origin may post.
func (f Form) Allows(origin string) bool {
	return len(f.origins) == 0 || slices.Contains(f.origins, origin)
}

// Form returns the form with a key. A key that is none, was rotated, or is of a campaign in the bin is the NotFound
// fault, worded alike; of what happened elsewhere within the last second Post knows.
func (in *Intake) Form(ctx context.Context, key string) (Form, error) {
	missing := fault.New(fault.NotFound, "There is no such form. Its address may have changed.")
	text, ok := strings.CutPrefix(key, keyPrefix)
	if raw, err := base64.RawURLEncoding.DecodeString(text); !ok || err != nil || len(raw) != keyBytes {
		return Form{}, missing
	}
	f := Form{keyHash: hashOf(key)}
	if known, ok := in.forms.get(f.keyHash, time.Now()); ok {
		return known, nil
	}
	origins := `COALESCE(c.lead_origins, '[]')`
	if in.store.Dialect() == dialect.Postgres {
		origins = `COALESCE(CAST(c.lead_origins AS text), '[]')`
	}
	rows, err := in.store.Client().QueryContext(ctx, store.Rebind(in.store.Dialect(), `SELECT c.id, c.account_id, `+origins+`, a.locale
		FROM campaigns c JOIN items i ON i.id = c.id JOIN accounts a ON a.id = c.account_id
		WHERE c.lead_key_hash = ? AND c.lead_key_hash IS NOT NULL AND i.deleted_at = 0`), f.keyHash)
	if err != nil {
		return Form{}, fmt.Errorf("looking for a form: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return Form{}, fmt.Errorf("looking for a form: %w", err)
		}
		return Form{}, missing
	}
	var list sql.RawBytes
	if err := rows.Scan(&f.campaign, &f.Account, &list, &f.Locale); err != nil {
		return Form{}, fmt.Errorf("looking for a form: %w", err)
	}
	if err := json.Unmarshal(list, &f.origins); err != nil {
		return Form{}, fmt.Errorf("reading a form's origins: %w", err)
	}
	if err := rows.Err(); err != nil {
		return Form{}, fmt.Errorf("looking for a form: %w", err)
	}
	in.forms.put(f, time.Now())
	return f, nil
}

func hashOf(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:]
}

// RotateKey makes a new key for a campaign's form and returns it; the old one ends. It is stored as a hash only. For
// who may change the campaign's settings. Faults: NotFound, Denied.
func (in *Intake) RotateKey(ctx context.Context, campaign uuid.UUID) (key string, err error) {
	err = in.on(ctx, campaign, MaySettle, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, it *ent.Item) error {
		var secret [keyBytes]byte
		rand.Read(secret[:]) // never fails
		tx.Changed(campaign) // whoever looks at the form is to see it
		key = keyPrefix + base64.RawURLEncoding.EncodeToString(secret[:])
		tx.Note(audit.Line{Verb: audit.LeadKeyRotated, Actor: v.Collaborator, Item: campaign, Detail: map[string]string{"item": it.Name}})
		return tx.Campaign.UpdateOneID(campaign).SetLeadKeyHash(hashOf(key)).SetLeadKeyMadeAt(in.instant()).Exec(ctx)
	})
	if err != nil {
		return "", err
	}
	in.forms.forget(campaign)
	return key, nil
}

// Address returns the whole address that forms with a key post to.
func (in *Intake) Address(key string) string {
	return strings.TrimRight(in.base, "/") + "/leads/" + key
}

// SetOrigins says which web origins may post leads of a campaign; none is any. For who may change the campaign's
// settings. Faults: NotFound, Denied, Invalid.
func (in *Intake) SetOrigins(ctx context.Context, campaign uuid.UUID, origins []string) error {
	defer in.forms.forget(campaign)
	return in.on(ctx, campaign, MaySettle, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, it *ent.Item) error {
		tidy := []string{}
		for _, o := range origins {
			o, err := origin(o)
			if err != nil {
				return err
			}
			if !slices.Contains(tidy, o) {
				tidy = append(tidy, o)
			}
		}
		if len(tidy) > MaxOrigins {
			return fault.Field("origins", "Name at most %d origins.", MaxOrigins)
		}
		before, err := tx.Campaign.Get(ctx, campaign)
		if err != nil {
			return fmt.Errorf("reading a form: %w", err)
		}
		if slices.Equal(before.LeadOrigins, tidy) {
			return nil
		}
		tx.Changed(campaign)
		tx.Note(audit.Line{Verb: audit.LeadOriginsSet, Actor: v.Collaborator, Item: campaign,
			Detail: map[string]string{"item": it.Name, "after": strings.Join(tidy, " ")}})
		return tx.Campaign.UpdateOneID(campaign).SetLeadOrigins(tidy).Exec(ctx)
	})
}

// isForeign holds for what no host of an origin has, as browsers write it: international names are in their ASCII form.
func isForeign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(".-_:", r)
}

// isPort reports whether an address has no port, or one as browsers write it.
func isPort(u *url.URL) bool {
	if !strings.HasPrefix(strings.TrimPrefix(u.Host, u.Hostname()), ":") && u.Port() == "" {
		return true
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == u.Port()
}

// origin returns an origin as browsers write it: in lower case, without a path.
func origin(written string) (string, error) {
	o := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(written), "/"))
	u, err := url.Parse(o)
	if err != nil || len(o) > maxOrigin || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsFunc(u.Hostname(), isForeign) || !isPort(u) || u.Scheme+"://"+u.Host != o {
		return "", fault.Field("origins", "%q is not an origin like https://www.example.com.", clip(written))
	}
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if u.Scheme == scheme { // browsers leave it out
			o = strings.TrimSuffix(o, port)
		}
	}
	return o, nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return s
}
