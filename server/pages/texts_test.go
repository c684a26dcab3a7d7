package pages

import (
	"regexp"
	"strings"
	"testing"
)

// TestTexts holds that both languages have the sentences that the page asks for, and no others.
func TestTexts(t *testing.T) {
	languages, err := readLanguages()
	if err != nil {
		t.Fatal(err)
	}
	page, err := files.ReadFile("outbox.html")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, found := range regexp.MustCompile(`\bt "(\w+)"`).FindAllStringSubmatch(string(page), -1) {
		used[found[1]] = true
	}
	if len(used) < 5 {
		t.Fatalf("the page asks for %v", used)
	}
	for _, l := range languages {
		for key := range used {
			if strings.TrimSpace(l.texts[key]) == "" {
				t.Errorf("%s lacks %q", l.Tag, key)
			}
		}
		for key := range l.texts {
			if !used[key] {
				t.Errorf("%s: nobody asks for %q", l.Tag, key)
			}
		}
	}
}
