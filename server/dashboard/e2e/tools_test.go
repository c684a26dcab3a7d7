package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// needs are the programs that stories are told with.
type needs struct{ chromium, node string }

// tools finds Chromium, Node and the dashboard's modules. The test is skipped where one is missing; in CI it fails.
func tools(t *testing.T) needs {
	t.Helper()
	n, err := findTools()
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip(err)
	}
	return n
}

func findTools() (n needs, err error) {
	if n.chromium, err = findChromium(); err != nil {
		return n, err
	}
	if n.node, err = exec.LookPath("node"); err != nil {
		return n, errors.New("Node is not installed")
	}
	version, err := exec.Command(n.node, "--version").Output()
	if err != nil {
		return n, fmt.Errorf("node --version: %w", err)
	}
	var major, minor int
	if _, err := fmt.Sscanf(string(version), "v%d.%d", &major, &minor); err != nil || major < 20 || major == 20 && minor < 19 {
		return n, fmt.Errorf("Node 20.19 or later is needed; here is %s", bytes.TrimSpace(version))
	}
	if _, err := os.Stat(filepath.Join("..", "node_modules", "vitest")); err != nil {
		return n, errors.New("the modules of the dashboard are not installed: npm ci in server/dashboard")
	}
	return n, nil
}

func findChromium() (string, error) {
	// The headless shell is Chromium without the windows around its pages, which nobody sees here and which cost half as much again.
	names := []string{os.Getenv("PARTAGE_E2E_CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("Chromium is not installed: there is none of %s", strings.Join(names[1:], ", "))
}
