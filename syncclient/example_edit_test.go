package syncclient_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// A program edits the local copy, with or without contact. The edits wait there until a follower sends them.
func ExampleEditor() {
	if err := edit(context.Background(), os.Getenv("EXAMPLE_SERVER"), os.Getenv("EXAMPLE_DATA")+"/edit"); err != nil {
		log.Fatal(err)
	}
	// Output:
	// the edit was refused: contacts: an email address is missing
	// 1 edit waits
	// 0 edits wait
}

func edit(ctx context.Context, server, data string) error {
	client, err := syncclient.New(syncclient.Config{
		Server: server, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens")),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	login, err := client.Login(ctx, "chloe@demo.example", "partage-demo")
	if err != nil {
		return err
	}
	account := login.Accounts[0]
	follower, err := client.Open(ctx, login, account, nil)
	if err != nil {
		return err
	}
	defer follower.Close()
	if err := follower.Sync(ctx); err != nil {
		return err
	}
	status, err := follower.Status(ctx)
	if err != nil {
		return err
	}
	customers := status.Lists[0].ID

	editor := follower.Editor()
	_, err = editor.Create(ctx, syncclient.KindContact, customers, map[string]any{"first_name": "Louise"})
	if errors.Is(err, syncclient.ErrRefused) {
		fmt.Println(err)
	}
	_, err = editor.Create(ctx, syncclient.KindContact, customers, map[string]any{
		"email": "louise@example.org", "first_name": "Louise", "fields": `{"country": "FR"}`,
	})
	if err != nil {
		return err
	}
	if status, err = follower.Status(ctx); err != nil {
		return err
	}
	fmt.Println(status.Edits, "edit waits")

	if err := follower.Sync(ctx); err != nil { // Run does so by itself, within a second
		return err
	}
	if status, err = follower.Status(ctx); err != nil {
		return err
	}
	fmt.Println(status.Edits, "edits wait")
	return nil
}
