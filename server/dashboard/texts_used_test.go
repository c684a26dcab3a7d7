package dashboard_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTextsAreUsed finds texts that no page shows. That none is missing is what TypeScript checks: keys are types.
func TestTextsAreUsed(t *testing.T) {
	var source strings.Builder
	err := fs.WalkDir(os.DirFS("src"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".ts" && path.Ext(name) != ".tsx" || strings.HasPrefix(name, "api/gql/") {
			return err
		}
		text, err := os.ReadFile("src/" + name)
		source.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range unused(readTexts(t, "en"), source.String()) {
		t.Errorf("no page shows %s", finding)
	}
	t.Run("refuses one that is not", func(t *testing.T) {
		all := texts{"n": {"a": "", "b.c": "", "d_one": "", "d_other": "", "e.ONE": "", "f": "", "g": ""}}
		found := unused(all, "t('a') t(\"n:b.c\") t('d', { count }) t(`e.${role}`) t(`${prefix}.x`) t('gg')")
		if !slices.Equal(found, []string{"n:f", "n:g"}) {
			t.Errorf("found %v", found)
		}
	})
}

// unused returns the texts whose keys stand nowhere in the source: neither whole in quotation marks, nor as a template.
func unused(all texts, source string) []string {
	var templates []*regexp.Regexp
	hole := regexp.MustCompile(`\$\{[^}]*\}`)
	for _, template := range regexp.MustCompile("`[\\w:.]*\\$\\{[^`\\n]*`").FindAllString(source, -1) {
		parts := hole.Split(strings.Trim(template, "`"), -1)
		if len(parts[0]) < 2 { // it says nothing of which keys
			continue
		}
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		templates = append(templates, regexp.MustCompile("^"+strings.Join(parts, `\w+`)+"$"))
	}
	found := map[string]bool{}
	for namespace, keys := range all {
		for key := range keys {
			name, _ := base(key)
			used := slices.ContainsFunc([]string{name, namespace + ":" + name}, func(name string) bool {
				return strings.Contains(source, "'"+name+"'") || strings.Contains(source, `"`+name+`"`) || strings.Contains(source, "`"+name+"`") ||
					slices.ContainsFunc(templates, func(r *regexp.Regexp) bool { return r.MatchString(name) })
			})
			if !used {
				found[namespace+":"+name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
