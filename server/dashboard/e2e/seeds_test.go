package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/demo"
)

// seeds are data that servers begin with, each made once and then copied.
type seeds struct {
	folder string
	mu     sync.Mutex
	made   map[string]bool
}

// kinds are the data there are, each over another.
func kinds() map[string]func(context.Context, *app.App) error {
	return map[string]func(context.Context, *app.App) error{
		// Nothing but the tables.
		"empty": func(context.Context, *app.App) error { return nil },
		// The demo's account: its owner Anna, its manager Bruno and its member Chloé.
		"demo": func(ctx context.Context, a *app.App) error { return demo.Fill(ctx, a, "", io.Discard) },
		// The demo's account with very many campaigns and contacts.
		"crowd": func(ctx context.Context, a *app.App) error {
			return errors.Join(demo.Fill(ctx, a, "", io.Discard), crowd(ctx, a))
		},
	}
}

// copy puts a fresh copy of a kind of data into a folder.
func (s *seeds) copy(kind, folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := filepath.Join(s.folder, kind)
	if !s.made[kind] {
		fill := kinds()[kind]
		if fill == nil {
			return fmt.Errorf("there are no data %q", kind)
		}
		if err := plant(from, fill); err != nil {
			return fmt.Errorf("making the data %q: %w", kind, err)
		}
		if s.made == nil {
			s.made = map[string]bool{}
		}
		s.made[kind] = true
	}
	return os.CopyFS(folder, os.DirFS(from))
}

// plant makes data in a folder.
func plant(folder string, fill func(context.Context, *app.App) error) error {
	ctx := context.Background()
	a, err := app.New(ctx, configOf(folder))
	if err != nil {
		return err
	}
	return errors.Join(fill(ctx, a), a.Close())
}
