package servertest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Scan returns which texts stand in the files below a folder, each as "text in file". It reads in small pieces: with the
// race detector a large one costs as much as many tests.
func Scan(tb testing.TB, folder string, texts ...string) (found []string) {
	tb.Helper()
	longest := 1
	for _, text := range texts {
		longest = max(longest, len(text))
	}
	buffer := make([]byte, 64<<10+longest)
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		here := make(map[string]bool)
		for kept := 0; ; { // kept is how much of the piece before is looked at again, since a text may begin in it
			n, err := f.Read(buffer[kept:])
			piece := buffer[:kept+n]
			for _, text := range texts {
				if !here[text] && bytes.Contains(piece, []byte(text)) {
					here[text] = true
					found = append(found, text+" in "+d.Name())
				}
			}
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			kept = copy(buffer, piece[max(0, len(piece)-longest+1):])
		}
	})
	if err != nil {
		tb.Fatalf("looking for texts in %s: %v", folder, err)
	}
	return found
}
