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

// sealerOf returns the sealer of cursors. Its key lies in the database, so that all nodes share it; the
// first node makes it.
func sealerOf(ctx context.Context, s *store.Store) (*seal.Sealer, error) {
	const name = "cursors"
	ctx = viewer.System(ctx, "the key that seals cursors belongs to the installation")
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
		return nil, fmt.Errorf("reading the key of cursors: %w", err)
	}
	return seal.New(row.Value)
}
