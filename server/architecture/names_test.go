package architecture

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// vague are names under which anything could stand, and so nothing can be found.
func vague() []string {
	return []string{"util", "utils", "common", "helper", "helpers", "manager", "service", "services", "types", "misc", "base", "core", "shared", "lib"}
}

func TestPackageNames(t *testing.T) {
	all := sources(t)
	entities := entitiesOf(all)
	t.Run("are neither vague nor those of entities", func(t *testing.T) {
		if len(entities) < 20 || !slices.Contains(entities, "contactlist") {
			t.Fatalf("these cannot be all entities: %v", entities)
		}
		expect(t, checkNames(entities, all))
	})
	t.Run("refuse an entity's", func(t *testing.T) {
		expect(t, checkNames(entities, invented(t, "server/template/x.go", "package template")),
			"server/template is named like an entity")
	})
	t.Run("refuse a vague one", func(t *testing.T) {
		expect(t, checkNames(entities, invented(t, "graph/util/x.go", "package util")), "graph/util says nothing")
	})
	t.Run("refuse one that its folder does not have", func(t *testing.T) {
		expect(t, checkNames(entities, invented(t, "server/feed/x.go", "package changes")), "server/feed/x.go is of package changes")
	})
}

// checkNames finds hand-written packages with a name they should not have.
func checkNames(entities []string, all []source) (found []string) {
	seen := map[string]bool{}
	for _, s := range all {
		name, folder := s.syntax.Name.Name, path.Base(s.pkg)
		if s.generated || strings.HasPrefix(s.pkg, "ent") {
			continue
		}
		if n := strings.TrimSuffix(name, "_test"); n != folder && n != "main" {
			found = append(found, fmt.Sprintf("%s is of package %s, in a folder named %s", s.path, name, folder))
		}
		if seen[s.pkg] {
			continue
		}
		seen[s.pkg] = true
		if slices.Contains(entities, folder) {
			found = append(found, s.pkg+" is named like an entity, whose generated package has that name")
		}
		if slices.Contains(vague(), folder) {
			found = append(found, s.pkg+" says nothing about what is in it")
		}
	}
	return found
}

// entitiesOf returns the names that ent gives to the packages of the entities in ent/schema: those of the
// types that embed ent.Schema, in lower case.
func entitiesOf(all []source) (names []string) {
	for _, s := range all {
		if s.pkg != "ent/schema" {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			body, ok := spec.Type.(*ast.StructType)
			if !ok {
				return false
			}
			for _, f := range body.Fields.List {
				if e, ok := f.Type.(*ast.SelectorExpr); ok && len(f.Names) == 0 && e.Sel.Name == "Schema" {
					names = append(names, strings.ToLower(spec.Name.Name))
				}
			}
			return false
		})
	}
	return names
}
