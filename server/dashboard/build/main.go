// Command build makes the dashboard from its source: the types of the API, and dist, which the server embeds. It needs
// Node; where there is none it says so and leaves what is committed, unless CI is set, where that is an error.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:generate go run . -C ..

func main() {
	if len(os.Args) != 3 || os.Args[1] != "-C" {
		fmt.Fprintln(os.Stderr, "usage: build -C FOLDER")
		os.Exit(2)
	}
	err := build(os.Args[2])
	if errors.Is(err, errNoNode) && os.Getenv("CI") == "" {
		fmt.Println("The dashboard was not built:", err)
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "building the dashboard:", err)
		os.Exit(1)
	}
}

var errNoNode = errors.New("it needs Node 20.19 or later, with npm")

func build(dir string) error {
	if !nodeIsThere() {
		return errNoNode
	}
	if err := install(dir); err != nil {
		return err
	}
	if err := npm(dir, "run", "generate"); err != nil {
		return err
	}
	return npm(dir, "run", "build")
}

// nodeIsThere reports whether there is a Node that is new enough.
func nodeIsThere() bool {
	out, err := exec.Command("node", "--version").Output()
	var major, minor int
	if _, scanErr := fmt.Sscanf(strings.TrimSpace(string(out)), "v%d.%d", &major, &minor); err != nil || scanErr != nil {
		return false
	}
	_, err = exec.LookPath("npm")
	return err == nil && (major > 20 || major == 20 && minor >= 19)
}

// install gets the modules that the lockfile names, unless these are there.
func install(dir string) error {
	lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return err
	}
	mark := filepath.Join(dir, "node_modules", ".installed")
	if installed, err := os.ReadFile(mark); err == nil && bytes.Equal(installed, lock) {
		return nil
	}
	if err := npm(dir, "ci", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	return os.WriteFile(mark, lock, 0o644)
}

func npm(dir string, args ...string) error {
	cmd := exec.Command("npm", args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("npm %s: %w", strings.Join(args, " "), err)
	}
	return nil
}
