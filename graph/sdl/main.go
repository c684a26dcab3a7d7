// Command sdl keeps the API's schema as one file, partage.graphql, for client generators, and tells what a
// change of the schema means for clients.
//
//	go run ./graph/sdl                 writes the file anew from graph/schema
//	go run ./graph/sdl -against FILE   lists the changes since another state of the file; - reads it from the
//	                                   standard input, and with changes that break clients it exits with 1:
//
//	git show main:graph/sdl/partage.graphql | go run ./graph/sdl -against -
//
// The file is what a client needs: types with their descriptions, without what binds them to Go. Run it at the
// root of the repository.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

//go:generate go -C ../.. run ./graph/sdl

const (
	sources = "graph/schema/*.graphqls"
	target  = "graph/sdl/partage.graphql"
	header  = "# The schema of the Partage API. Generated from graph/schema; do not edit.\n\n"
)

func main() {
	against := flag.String("against", "", "list the changes since the schema in `FILE`")
	flag.Parse()
	if err := run(*against); err != nil {
		fmt.Fprintln(os.Stderr, "sdl:", err)
		os.Exit(1)
	}
}

func run(against string) error {
	schema, err := load()
	if err != nil {
		return err
	}
	if against == "" {
		return os.WriteFile(target, []byte(format(schema)), 0o644)
	}
	text, err := read(against)
	if err != nil {
		return err
	}
	before, err := gqlparser.LoadSchema(&ast.Source{Name: against, Input: text})
	if err != nil {
		return err
	}
	changes := Compare(before, schema)
	for _, c := range changes {
		fmt.Println(c)
	}
	if n := len(slices.DeleteFunc(changes, func(c Change) bool { return c.Effect != Breaks })); n > 0 {
		return fmt.Errorf("%d changes break clients", n)
	}
	return nil
}

// load merges the schema's files.
func load() (*ast.Schema, error) {
	files, err := filepath.Glob(sources)
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no files %s: run this at the root of the repository", sources)
	}
	var all []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all = append(all, &ast.Source{Name: file, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(all...)
	if err != nil {
		return nil, err
	}
	for name := range schema.Directives {
		if strings.HasPrefix(name, "go") { // those bind types to Go
			delete(schema.Directives, name)
		}
	}
	return schema, nil
}

func read(file string) (string, error) {
	if file == "-" {
		text, err := io.ReadAll(os.Stdin)
		return string(text), err
	}
	text, err := os.ReadFile(file)
	return string(text), err
}

// format returns the schema as the file holds it.
func format(schema *ast.Schema) string {
	var out strings.Builder
	out.WriteString(header)
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(schema)
	return out.String()
}
