package dashboard_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// texts are those of one language: by namespace and key, such as "frame" and "account.choose".
type texts map[string]map[string]string

func readTexts(t *testing.T, language string) texts {
	t.Helper()
	all := texts{}
	files, err := fs.Glob(os.DirFS("src/texts"), language+"/*.json")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files of texts, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile("src/texts/" + file)
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(raw, &tree); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		namespace := strings.TrimSuffix(path.Base(file), ".json")
		all[namespace] = map[string]string{}
		flatten(all[namespace], "", tree)
	}
	return all
}

func flatten(into map[string]string, prefix string, tree map[string]any) {
	for key, v := range tree {
		switch v := v.(type) {
		case map[string]any:
			flatten(into, prefix+key+".", v)
		default:
			into[prefix+key] = fmt.Sprint(v)
		}
	}
}

// base returns a key without what says for which numbers it is, and that.
func base(key string) (name, number string) {
	for _, number := range []string{"zero", "one", "two", "few", "many", "other"} {
		if name, ok := strings.CutSuffix(key, "_"+number); ok {
			return name, number
		}
	}
	return key, ""
}

// TestTexts holds the two languages to each other.
func TestTexts(t *testing.T) {
	en, fr := readTexts(t, "en"), readTexts(t, "fr")
	for _, finding := range compare(en, fr) {
		t.Error(finding)
	}
	t.Run("refuse what differs", func(t *testing.T) {
		for name, test := range map[string]struct{ en, fr, want string }{
			"a text that is missing":         {`{"a": "A", "b": "B"}`, `{"a": "A"}`, "fr has no n:b"},
			"a text too many":                {`{"a": "A"}`, `{"a": "A", "c": "C"}`, "en has no n:c"},
			"another placeholder":            {`{"a": "{{x}}"}`, `{"a": "{{y}}"}`, "n:a has {{x}} in en and {{y}} in fr"},
			"a number that French counts":    {`{"a_one": "1", "a_other": "2"}`, `{"a_one": "1", "a_other": "2"}`, "n:a is there for one other in fr, and has to be for many one other"},
			"a text that is empty":           {`{"a": "A"}`, `{"a": " "}`, "n:a is empty in fr"},
			"a mark without its space":       {`{"a": "A?"}`, `{"a": "A?"}`, "n:a has no space before ? in fr"},
			"an apostrophe of a typewriter":  {`{"a": "A"}`, `{"a": "l'A"}`, "n:a has a typewriter's apostrophe in fr"},
			"quotation marks of a neighbour": {`{"a": "A"}`, `{"a": "“A”"}`, "n:a has no French quotation marks"},
		} {
			t.Run(name, func(t *testing.T) {
				read := func(text string) texts {
					var tree map[string]any
					if err := json.Unmarshal([]byte(text), &tree); err != nil {
						t.Fatal(err)
					}
					flat := map[string]string{}
					flatten(flat, "", tree)
					return texts{"n": flat}
				}
				if found := compare(read(test.en), read(test.fr)); len(found) != 1 || found[0] != test.want {
					t.Errorf("found %q", found)
				}
			})
		}
	})
}

func compare(en, fr texts) (found []string) {
	marks := regexp.MustCompile(`\{\{[^}]+\}\}|</?\w+/?>`)
	type both struct {
		numbers [2][]string
		marks   [2]map[string]bool
	}
	all := map[string]*both{}
	for i, language := range []texts{en, fr} {
		for namespace, keys := range language {
			for key, text := range keys {
				name, number := base(key)
				b := all[namespace+":"+name]
				if b == nil {
					b = &both{marks: [2]map[string]bool{{}, {}}}
					all[namespace+":"+name] = b
				}
				b.numbers[i] = append(b.numbers[i], number)
				for _, mark := range marks.FindAllString(text, -1) {
					b.marks[i][mark] = true
				}
				found = append(found, spelling(namespace+":"+key, []string{"en", "fr"}[i], text)...)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b := all[name]
		for i := range b.numbers {
			slices.Sort(b.numbers[i])
		}
		switch e, f := b.numbers[0], b.numbers[1]; {
		case f == nil:
			found = append(found, "fr has no "+name)
			continue
		case e == nil:
			found = append(found, "en has no "+name)
			continue
		default:
			found = append(found, counts(name, "en", e, "one", "other")...)
			found = append(found, counts(name, "fr", f, "many", "one", "other")...)
		}
		if e, f := slices.Sorted(maps.Keys(b.marks[0])), slices.Sorted(maps.Keys(b.marks[1])); !slices.Equal(e, f) {
			found = append(found, fmt.Sprintf("%s has %s in en and %s in fr", name, strings.Join(e, " "), strings.Join(f, " ")))
		}
	}
	return found
}

// counts finds a text that is not there for the numbers that its language has.
func counts(name, language string, has []string, want ...string) []string {
	if slices.Equal(has, []string{""}) || slices.Equal(has, want) {
		return nil
	}
	return []string{fmt.Sprintf("%s is there for %s in %s, and has to be for %s", name, strings.Join(has, " "), language, strings.Join(want, " "))}
}

func spelling(name, language, text string) (found []string) {
	if strings.TrimSpace(text) == "" {
		return []string{name + " is empty in " + language}
	}
	if language != "fr" {
		return nil
	}
	// The pages make these spaces unbreakable (src/texts/french.ts).
	if m := regexp.MustCompile(`[^\s\x{a0}\x{202f}?!:/]([:;?!»])(?:[\s.»)]|$)`).FindStringSubmatch(regexp.MustCompile(`\{\{[^}]*\}\}`).ReplaceAllString(text, "…")); m != nil {
		found = append(found, name+" has no space before "+m[1]+" in fr")
	}
	if strings.Contains(text, "'") {
		found = append(found, name+" has a typewriter's apostrophe in fr")
	}
	if strings.ContainsAny(text, "“”\"") {
		found = append(found, name+" has no French quotation marks")
	}
	return found
}
