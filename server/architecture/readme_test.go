package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	programs := []string{readProgram(t, "server/main.go"), readProgram(t, "syncclient/cmd/partage-sync/main.go")}
	t.Run("names every setting and links to what is there", func(t *testing.T) {
		expect(t, checkReadme(string(text), programs...))
	})
	t.Run("refuses a setting left out and a link to nothing", func(t *testing.T) {
		expect(t, checkReadme("`PARTAGE_A` and [more](graph/NOTHING.md)", `A string `+"`env:\"PARTAGE_A\"`", `B string `+"`env:\"PARTAGE_B\"`"),
			"README.md does not name PARTAGE_B", "README.md links to graph/NOTHING.md")
	})
}

func readProgram(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkReadme finds settings of the programs that the README does not name, and links of it that lead nowhere.
func checkReadme(readme string, programs ...string) (found []string) {
	setting, link := regexp.MustCompile(`env:"(\w+)"`), regexp.MustCompile(`\]\(([^)#]+)\)`)
	for _, program := range programs {
		for _, m := range setting.FindAllStringSubmatch(program, -1) {
			if !strings.Contains(readme, "`"+m[1]+"`") {
				found = append(found, "README.md does not name "+m[1])
			}
		}
	}
	for _, m := range link.FindAllStringSubmatch(readme, -1) {
		if strings.Contains(m[1], "://") {
			continue
		}
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(m[1]))); err != nil {
			found = append(found, "README.md links to "+m[1]+", which is not there")
		}
	}
	return found
}
