package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.generated.go")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("changes how lists are marshalled, and nothing the second time", func(t *testing.T) {
		write("ret := graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, f)\n")
		for range 2 {
			if err := run(file); err != nil {
				t.Fatal(err)
			}
			if text, err := os.ReadFile(file); err != nil || string(text) != "ret := marshalSlice(ctx, len(v), 0, false, f)\n" {
				t.Errorf("left %q, %v", text, err)
			}
		}
	})
	t.Run("says where there is nothing to change", func(t *testing.T) {
		write("ret := graphql.MarshalSlice(ctx, v)\n")
		if err := run(file); err == nil {
			t.Error("it said nothing")
		}
	})
	t.Run("was run after gqlgen", func(t *testing.T) {
		names, err := filepath.Glob("../generated/*.generated.go")
		if err != nil || len(names) == 0 {
			t.Fatalf("%d generated files, %v", len(names), err)
		}
		for _, name := range names {
			if text, err := os.ReadFile(name); err != nil || strings.Contains(string(text), "Concurrently(ctx") {
				t.Errorf("%s starts a goroutine for each element of a list: run go generate ./graph (%v)", name, err)
			}
		}
	})
}
