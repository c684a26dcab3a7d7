// Package e2e tries the dashboard as people do: in Chromium, against real servers. README.md says how to write a story.
//
// The stories are TypeScript (*.story.ts, with vitest and playwright-core). This package starts what they need: a server of
// its own for each file of stories, which serves the dashboard as it is built into this binary, and one process of vitest
// with one Chromium for all of them. Each story is a subtest here.
package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shotsFlag names the folder that TestShots writes pictures into.
const shotsFlag = "shots"

func TestMain(m *testing.M) {
	flag.String(shotsFlag, "", "folder for pictures of all pages")
	flag.Parse()
	os.Exit(m.Run())
}

// TestStories runs the stories of this folder and the unit tests of the dashboard's source.
func TestStories(t *testing.T) {
	needed := tools(t)
	r := newRun(t, needed)
	for _, pattern := range []string{"*.story.ts", "../src/*/*.test.ts", "../src/*/*/*.test.ts"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := strings.NewReplacer("../src/", "", "/", "-", ".story.ts", "", ".test.ts", "").Replace(filepath.ToSlash(file))
			t.Run(name, func(t *testing.T) {
				module := r.want(t, file)
				t.Parallel() // so that all are known before vitest is started
				r.report(t, module)
			})
		}
	}
}

// TestShots takes pictures of all pages: light, dark, French and narrow.
func TestShots(t *testing.T) {
	folder := flag.Lookup(shotsFlag).Value.String()
	if folder == "" {
		t.Skip("takes pictures only where -shots names a folder for them")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("../../..", folder) // where the command is run
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	needed := tools(t)
	r := newRun(t, needed, "PARTAGE_E2E_SHOTS="+folder)
	r.report(t, r.want(t, "shots/shots.ts"))
	t.Log("the pictures are in", folder)
}
