package pages

import (
	"regexp"
	"strings"
	"testing"
)

// TestTexts holds that both languages have the sentences that pages and scripts ask for, with the same
// values, and no others.
func TestTexts(t *testing.T) {
	languages, err := readLanguages()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	asked := map[string]*regexp.Regexp{
		"templates": regexp.MustCompile(`\bt "([\w.]+)"`),
		// text('a'), text(x ? 'a' : 'b'), and families such as text(`role.${role}`)
		"assets": regexp.MustCompile("text\\((?:\\w+ \\? )?['`]([\\w.]+)(?:' : '([\\w.]+))?"),
	}
	families := []string{"js.role.", "js.error."}
	for folder, pattern := range asked {
		entries, err := files.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			content, err := files.ReadFile(folder + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range pattern.FindAllStringSubmatch(string(content), -1) {
				for _, key := range found[1:] {
					if key != "" && folder == "assets" {
						key = "js." + key
					}
					used[key] = true
				}
			}
		}
	}
	value := regexp.MustCompile(`\{\w+\}`)
	english := languages[0].texts
	for _, l := range languages {
		for key := range used {
			if _, ok := l.texts[key]; !ok && key != "" && !strings.HasSuffix(key, ".") {
				t.Errorf("%s lacks %q", l.Tag, key)
			}
		}
		for key, text := range l.texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %q is empty", l.Tag, key)
			}
			if !used[key] && !strings.HasPrefix(key, families[0]) && !strings.HasPrefix(key, families[1]) {
				t.Errorf("%s: nobody asks for %q", l.Tag, key)
			}
			other, ok := english[key]
			if !ok {
				// The API's own sentences are English; other languages have theirs here.
				if !strings.HasPrefix(key, families[1]) {
					t.Errorf("English lacks %q", key)
				}
				continue
			}
			if a, b := value.FindAllString(text, -1), value.FindAllString(other, -1); len(a) != len(b) {
				t.Errorf("%s: %q has the values %v, English %v", l.Tag, key, a, b)
			}
		}
		for key := range english {
			if _, ok := l.texts[key]; !ok {
				t.Errorf("%s lacks %q", l.Tag, key)
			}
		}
	}
}
