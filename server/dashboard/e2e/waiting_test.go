package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sleeps are ways to wait for time to pass. A story waits for what a person would see.
var sleeps = regexp.MustCompile(`waitForTimeout|setTimeout|setInterval|timers/promises|\bsleep\(`)

// TestNobodySleeps holds the stories, and what they are told with, to it.
func TestNobodySleeps(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"*.ts", "lib/*.ts", "shots/*.ts"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 20 {
		t.Fatalf("there are no stories: %q", files)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if word := sleeps.FindString(line); word != "" {
				t.Errorf("%s:%d waits for time to pass: %s", file, i+1, word)
			}
		}
	}
}
