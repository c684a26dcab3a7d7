package syncclient_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sync"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// A program keeps every account of everybody who has signed in on this computer, to whatever server, at once.
func ExampleServers() {
	ctx, server, data := context.Background(), os.Getenv("EXAMPLE_SERVER"), os.Getenv("EXAMPLE_DATA")+"/all"
	for _, email := range []string{"anna@demo.example", "chloe@demo.example"} {
		_, leave, err := openAs(ctx, server, data, email, nil)
		if err != nil {
			log.Fatal(err)
		}
		leave()
	}
	if err := syncAll(ctx, data); err != nil {
		log.Fatal(err)
	}
	// Unordered output:
	// anna@demo.example: Maison Lumière, owner
	// chloe@demo.example: Maison Lumière, member
}

func syncAll(ctx context.Context, data string) error {
	servers, err := syncclient.Servers(data)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var failed []error
	var working sync.WaitGroup
	for _, server := range servers {
		client, err := syncclient.New(syncclient.Config{
			Server: server, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens")),
		})
		if err != nil {
			return err
		}
		defer client.Close()
		logins, err := client.Logins()
		if err != nil {
			return err
		}
		for _, login := range logins {
			for _, account := range login.Accounts {
				working.Go(func() {
					err := syncOne(ctx, client, login, account)
					mu.Lock()
					defer mu.Unlock()
					failed = append(failed, err)
				})
			}
		}
	}
	working.Wait()
	return errors.Join(failed...)
}

func syncOne(ctx context.Context, client *syncclient.Client, login syncclient.Login, account syncclient.Account) error {
	follower, err := client.Open(ctx, &login, account, nil)
	if err != nil {
		return err
	}
	defer follower.Close()
	if err := follower.Sync(ctx); err != nil {
		return err
	}
	fmt.Printf("%s: %s, %s\n", login.Email, account.Name, account.Role)
	return nil
}
