//go:build ignore

// Command entc generates the ORM from ent/schema.
package main

import (
	"log"

	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
)

func main() {
	err := entc.Generate("./schema", &gen.Config{
		Features: []gen.Feature{gen.FeaturePrivacy, gen.FeatureExecQuery, gen.FeatureVersionedMigration, gen.FeatureLock},
	}, entc.TemplateDir("./template"))
	if err != nil {
		log.Fatalf("generating ent: %v", err)
	}
}
