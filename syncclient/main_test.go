package syncclient_test

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMain starts the server that the examples talk to, where there are some to be run: the one that the README starts, with
// its demo account.
func TestMain(m *testing.M) {
	flag.Parse()
	if asked, err := anyExample(flag.Lookup("test.run").Value.String()); err == nil && !asked {
		os.Exit(m.Run())
	}
	code, err := besideDemo(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "start the demo for the examples:", err)
		code = 1
	}
	os.Exit(code)
}

// anyExample reports whether a pattern of tests asks for an example.
func anyExample(pattern string) (bool, error) {
	name, _, _ := strings.Cut(pattern, "/")
	asked, err := regexp.Compile(name)
	if err != nil {
		return false, err
	}
	files, err := filepath.Glob("example*_test.go")
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			return false, err
		}
		for _, found := range regexp.MustCompile(`(?m)^func (Example\w*)\(`).FindAllSubmatch(code, -1) {
			if asked.Match(found[1]) {
				return true, nil
			}
		}
	}
	return false, err
}

// besideDemo runs tests while a demo server serves. Examples find its address and a folder for their data in the
// environment.
func besideDemo(run func() int) (int, error) {
	dir, err := os.MkdirTemp("", "partage-examples")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "partage")
	args := []string{"build", "-o", program}
	if raced {
		args = append(args, "-race") // what the other tests have compiled already
	}
	if out, err := exec.Command("go", append(args, "../server")...).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w\n%s", err, out)
	}
	server := exec.Command(program, "--demo", "--data", filepath.Join(dir, "server"), "--listen", "127.0.0.1:0")
	said, err := server.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}()
	address, err := addressIn(said)
	if err != nil {
		return 0, err
	}
	go io.Copy(io.Discard, said)
	os.Setenv("EXAMPLE_SERVER", address)
	os.Setenv("EXAMPLE_DATA", filepath.Join(dir, "desktops"))
	return run(), nil
}

// addressIn returns the first address that a program prints.
func addressIn(said io.Reader) (string, error) {
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if found := address.FindString(lines.Text()); found != "" {
			return found, nil
		}
	}
	return "", fmt.Errorf("the server ended before it served: %w", lines.Err())
}
