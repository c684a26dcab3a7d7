package syncclient_test

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// A program signs a person in, brings their local copy up to date once and reads it with SQL.
func Example() {
	if err := printCampaigns(context.Background(), os.Getenv("EXAMPLE_SERVER"), os.Getenv("EXAMPLE_DATA")+"/once"); err != nil {
		log.Fatal(err)
	}
	// Output:
	// Welcome aboard
	// We miss you
}

func printCampaigns(ctx context.Context, server, data string) error {
	client, err := syncclient.New(syncclient.Config{
		Server: server, Data: data,
		Credentials: credentials.Files(filepath.Join(data, "tokens")), // left out, they are in the keychain
	})
	if err != nil {
		return err
	}
	defer client.Close()
	login, err := client.Login(ctx, "chloe@demo.example", "partage-demo")
	if err != nil {
		return err
	}
	follower, err := client.Open(ctx, login, login.Accounts[0], nil)
	if err != nil {
		return err
	}
	defer follower.Close()
	if err := follower.Sync(ctx); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(follower.Folder(), "main.db")+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT name FROM campaigns WHERE archived_at IS NULL ORDER BY created_at LIMIT 2`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		fmt.Println(name)
	}
	return rows.Err()
}
