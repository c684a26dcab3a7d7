package mirror

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// identity is whose mirrors the tests make.
func identity() Identity {
	return Identity{
		Server: "https://mail.example.com", User: "01900000-0000-7000-8000-000000000001",
		Account: "01900000-0000-7000-8000-000000000002", Collaborator: "01900000-0000-7000-8000-000000000003",
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func mustOpen(t failer, dir string) *Mirror {
	t.Helper()
	m, err := open(context.Background(), dir, identity(), unsynced)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return m
}

// setup opens a new mirror that is closed with the test.
func setup(t *testing.T) *Mirror {
	t.Helper()
	m := mustOpen(t, filepath.Join(t.TempDir(), "mirror"))
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// confirmed lets go of the edits that took effect.
func confirmed(t *testing.T, m *Mirror) []Row {
	t.Helper()
	done, err := m.Confirm(t.Context())
	must(t, err)
	return done
}

// resolved carries out what was decided.
func resolved(t *testing.T, m *Mirror) []Row {
	t.Helper()
	done, err := m.Resolve(t.Context())
	must(t, err)
	return done
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func listItem(id, name string) protocol.Item {
	return protocol.Item{ID: protocol.Global(protocol.KindList, id), Name: name, Audience: "everyone", MyLevel: "edit", Version: 1, Description: "about " + name}
}

func bucketOf(id, state string, rows int64) protocol.Bucket {
	return protocol.Bucket{ID: protocol.Global(protocol.KindList, id), Kind: protocol.Contacts, State: state, Rows: rows}
}

// contact is a row as a page of contacts carries it.
func contact(id, mark string, version int) []any {
	return []any{id, mark + "@example.com", mark, "Last " + mark, "Company", "City", `{"note":"` + mark + `"}`, "subscribed", version, 1700000000000000, 1700000000000001}
}

func rowPage(t failer, rows [][]any, removed []string, next string, more bool, state string) *protocol.RowPage {
	t.Helper()
	if rows == nil {
		rows = [][]any{}
	}
	if removed == nil {
		removed = []string{}
	}
	upserts, err := json.Marshal(rows)
	if err != nil {
		t.Fatalf("encode rows: %v", err)
	}
	gone, err := json.Marshal(removed)
	if err != nil {
		t.Fatalf("encode removals: %v", err)
	}
	return &protocol.RowPage{
		RowHeader: protocol.RowHeader{
			Kind: protocol.Contacts, Columns: protocol.Columns(protocol.Contacts), State: state,
			Rows: int64(len(rows)), Next: next, More: more, Count: int64(len(rows)),
		},
		Upserts: upserts, Removed: gone,
	}
}

// scan returns in which files of a folder any of the texts stand.
func scan(t failer, dir string, texts []string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				found = append(found, fmt.Sprintf("%s in %s", text, filepath.Base(path)))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	return found
}
