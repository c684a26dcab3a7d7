package app_test

import (
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestNew(t *testing.T) {
	t.Run("refuses a data folder that another server uses, until it is gone", func(t *testing.T) {
		c := app.Config{Store: storetest.Config(t, dialect.SQLite), PublicURL: "http://127.0.0.1:1"}
		first, err := app.New(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := app.New(t.Context(), c); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second server on the folder: %v, %v", second, err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		third, err := app.New(t.Context(), c)
		if err != nil {
			t.Fatalf("after the first was closed: %v", err)
		}
		if err := third.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
