package architecture

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// maxLines is how long a file that someone wrote may be. A longer one has more than one idea.
const maxLines = 400

func TestFileLength(t *testing.T) {
	t.Run("is at most 400 lines", func(t *testing.T) {
		var found []string
		files := 0
		walk(t, func(name string) {
			if foreign(name) || !slices.Contains([]string{".go", ".graphqls", ".sql", ".js", ".ts", ".tsx", ".css", ".html"}, path.Ext(name)) {
				return
			}
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			files++
			found = append(found, checkLength(name, text)...)
		})
		if files < 100 {
			t.Fatalf("found only %d files", files)
		}
		expect(t, found)
	})
	t.Run("refuses one line more", func(t *testing.T) {
		expect(t, checkLength("a.go", bytes.Repeat([]byte("//\n"), maxLines)))
		expect(t, checkLength("a.go", bytes.Repeat([]byte("//\n"), maxLines+1)), "a.go has 401 lines")
	})
}

// foreign reports whether a file was not written for this project: mails by others in the demo, migrations, which
// schemadiff writes, and what the dashboard's build makes.
func foreign(name string) bool {
	for _, folder := range []string{"server/demo/data/", "server/dashboard/dist/", "server/dashboard/src/api/gql/"} {
		if strings.HasPrefix(name, folder) {
			return true
		}
	}
	return strings.HasPrefix(name, "ent/migrate/") && path.Ext(name) == ".sql"
}

func checkLength(name string, text []byte) []string {
	first, _, _ := bytes.Cut(text, []byte("package "))
	if lines := bytes.Count(text, []byte("\n")); lines > maxLines && !bytes.Contains(first, []byte("DO NOT EDIT.")) {
		return []string{fmt.Sprintf("%s has %d lines, more than %d", name, lines, maxLines)}
	}
	return nil
}
