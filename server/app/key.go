package app

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/secret"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/store"
)

// The keys of an installation, by name. What one has sealed is no good once it is replaced: cursors are begun anew, and
// addresses of images asked for again.
const (
	cursorKey  = "cursors"
	addressKey = "addresses"
)

// sealerOf returns a sealer with the key of a name. It lies in the database, so that all nodes share it; the first node
// makes it.
func sealerOf(ctx context.Context, s *store.Store, name string) (*seal.Sealer, error) {
	ctx = viewer.System(ctx, "the keys that seal belong to the installation")
	row, err := s.Client().Secret.Query().Where(secret.Name(name)).Only(ctx)
	if ent.IsNotFound(err) {
		err = s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			key := make([]byte, seal.KeySize)
			_, _ = rand.Read(key) // never fails
			row, err = tx.Secret.Create().SetName(name).SetValue(key).Save(ctx)
			return err
		})
		if ent.IsConstraintError(err) { // another node was faster
			row, err = s.Client().Secret.Query().Where(secret.Name(name)).Only(ctx)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading the key of %s: %w", name, err)
	}
	return seal.New(row.Value)
}
