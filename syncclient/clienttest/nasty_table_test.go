package clienttest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestNastyTable holds NASTY.md to the truth: each case from N1 to N38 has its line, every test that is named exists, and
// every case that is played stands there.
func TestNastyTable(t *testing.T) {
	text, err := os.ReadFile("NASTY.md")
	must(t, err)
	lines := map[string][]string{}
	for row := range strings.Lines(string(text)) {
		cells := strings.Split(row, "|")
		if len(cells) == 6 && strings.HasPrefix(strings.TrimSpace(cells[1]), "N") {
			lines[strings.TrimSpace(cells[1])] = cells[2:]
		}
	}
	for n := 1; n <= 38; n++ {
		line := lines[fmt.Sprint("N", n)]
		if line == nil {
			t.Errorf("N%d has no line", n)
			continue
		}
		named := regexp.MustCompile("`([^`]*_test\\.go): (Test[^`]*)`").FindAllStringSubmatch(line[1], -1)
		if len(named) == 0 && !strings.Contains(line[1], "Cannot happen: ") {
			t.Errorf("N%d has neither a test nor a reason", n)
		}
		for _, one := range named {
			if err := exists(one[1], one[2]); err != nil {
				t.Errorf("N%d: %v", n, err)
			}
		}
	}
	for _, group := range groups() {
		for _, c := range group {
			number, what, _ := strings.Cut(c.name, " ")
			if !slices.ContainsFunc(lines[number], func(cell string) bool { return strings.Contains(cell, "TestNasty/"+number+" ") }) {
				t.Errorf("the line of %s does not name %q", number, what)
			}
		}
	}
}

// exists reports that a file has a test, and a subtest where one is named.
func exists(file, name string) error {
	path := file
	if strings.Contains(file, "/") {
		path = filepath.Join("..", "..", filepath.FromSlash(file))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	test, sub, _ := strings.Cut(name, "/")
	if test == "TestNasty" {
		for _, group := range groups() {
			for _, c := range group {
				if c.name == sub && strings.Contains(string(text), fmt.Sprintf("%q", sub)) {
					return nil
				}
			}
		}
		return fmt.Errorf("%s has no case %q", file, sub)
	}
	if !strings.Contains(string(text), "func "+test+"(t *testing.T)") || sub != "" && !strings.Contains(string(text), fmt.Sprintf("%q", sub)) {
		return fmt.Errorf("%s has no %s", file, name)
	}
	return nil
}
