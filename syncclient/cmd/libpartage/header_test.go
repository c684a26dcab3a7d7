package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestHeader holds partage.h against what the library exports. That their types agree the compiler sees, which gets both.
func TestHeader(t *testing.T) {
	t.Parallel()
	header := read(t, "partage.h")
	declared := prototypes(header)
	t.Run("declares what the library exports", func(t *testing.T) {
		var exported []string
		for _, m := range regexp.MustCompile(`(?m)^//export (\w+)$`).FindAllStringSubmatch(read(t, "main.go"), -1) {
			exported = append(exported, m[1])
		}
		slices.Sort(exported)
		if names := slices.Sorted(maps.Keys(declared)); !slices.Equal(names, exported) || len(names) == 0 {
			t.Fatalf("it declares %v, the library exports %v", names, exported)
		}
	})
	t.Run("documents each function", func(t *testing.T) {
		for name := range declared {
			if !regexp.MustCompile(`/\* ` + name + ` [a-z][^/]*\.[^/]*\*/\n[^\n]*\b` + name + `\(`).MatchString(header) {
				t.Errorf("there is no comment on %s right above it", name)
			}
		}
	})
	t.Run("compiles by itself", func(t *testing.T) {
		for compiler, standard := range map[string]string{"gcc": "-std=c11", "g++": "-std=c++11"} {
			path, err := exec.LookPath(compiler)
			if err != nil {
				if os.Getenv("CI") != "" {
					t.Error(err)
				}
				continue
			}
			file := filepath.Join(t.TempDir(), "one."+strings.Map(func(r rune) rune {
				if r == '+' {
					return 'p'
				}
				return r
			}, "c"+strings.TrimPrefix(compiler, "g")))
			if err := os.WriteFile(file, []byte("#include \"partage.h\"\n#include \"partage.h\"\nint main(void) { partage_close(0); return 0; }\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(path, standard, "-Wall", "-Wextra", "-pedantic", "-Werror", "-I.", "-fsyntax-only", file).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		}
	})
}

// TestDotnet holds the signatures of README.md against the header.
func TestDotnet(t *testing.T) {
	t.Parallel()
	declared := prototypes(read(t, "partage.h"))
	found := map[string][]string{}
	annotation := regexp.MustCompile(`\[[^\]]*\] *`)
	for _, m := range regexp.MustCompile(`internal static (?:unsafe )?partial (\S+) (partage_\w+)\((.*)\);`).FindAllStringSubmatch(read(t, "README.md"), -1) {
		found[m[2]] = []string{m[1]}
		for p := range strings.SplitSeq(annotation.ReplaceAllString(m[3], ""), ", ") {
			if p != "" {
				found[m[2]] = append(found[m[2]], p)
			}
		}
	}
	// sharp are the ways to write a C type, and a parameter of one, in C#.
	sharp := map[string][]string{
		"char *": {"string", "string?"}, "const char *": {"string", "string?"}, "char **": {"out string"}, "void": {"void"},
		"int": {"int"}, "int64_t": {"long"}, "partage_t": {"nuint", "PartageHandle"},
	}
	for name, c := range declared {
		cs := found[name]
		if len(cs) != len(c) {
			t.Errorf("%s is (%s) in C, (%s) in C#", name, strings.Join(c, ", "), strings.Join(cs, ", "))
			continue
		}
		for i := range c {
			if name == "partage_free" && i == 1 {
				continue // of a pointer that was not made a string
			}
			kind, called := cs[i], ""
			if i > 0 {
				at := strings.LastIndex(cs[i], " ")
				kind, called = cs[i][:at], cs[i][at+1:]
			}
			want, ok := strings.CutSuffix(c[i], called)
			if want = strings.TrimSpace(want); !ok || !slices.Contains(sharp[want], kind) {
				t.Errorf("%s has %q in C, %q in C#", name, c[i], cs[i])
			}
		}
	}
	if len(found) != len(declared) {
		t.Errorf("%d functions in C#, %d in C", len(found), len(declared))
	}
}

// prototypes returns the functions of a header: of each, its type and its parameters.
func prototypes(header string) map[string][]string {
	all := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^(\w+ ?\*?)(partage_\w+)\((.*)\);$`).FindAllStringSubmatch(header, -1) {
		parts := []string{strings.TrimSpace(m[1])}
		if m[3] != "void" {
			parts = append(parts, strings.Split(m[3], ", ")...)
		}
		all[m[2]] = parts
	}
	return all
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
