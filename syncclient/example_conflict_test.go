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

// Two people change the same field. What came to the server first stays; the other one sees both values and decides.
func ExampleEditor_attention() {
	if err := conflict(context.Background(), os.Getenv("EXAMPLE_SERVER"), os.Getenv("EXAMPLE_DATA")); err != nil {
		log.Fatal(err)
	}
	// Output:
	// conflict in "May"
	//   mine   {"subject":"Chloé's May"}
	//   theirs {"subject":"Anna's May"}
	// resolved
}

func conflict(ctx context.Context, server, data string) error {
	anna, leave, err := openAs(ctx, server, data+"/anna", "anna@demo.example", nil)
	if err != nil {
		return err
	}
	defer leave()
	chloe, leave, err := openAs(ctx, server, data+"/chloe", "chloe@demo.example", nil)
	if err != nil {
		return err
	}
	defer leave()

	// Anna makes a campaign, and it comes to Chloé's computer.
	may, err := anna.Editor().Create(ctx, syncclient.KindCampaign, "", map[string]any{"name": "May", "subject": "May"})
	if err := errors.Join(err, anna.Sync(ctx), chloe.Sync(ctx)); err != nil {
		return err
	}

	// Both give it another subject, neither knowing of the other.
	err = errors.Join(
		anna.Editor().Change(ctx, syncclient.KindCampaign, "", may, map[string]any{"subject": "Anna's May"}),
		chloe.Editor().Change(ctx, syncclient.KindCampaign, "", may, map[string]any{"subject": "Chloé's May"}),
		anna.Sync(ctx),
		chloe.Sync(ctx),
	)
	if err != nil {
		return err
	}

	all, err := chloe.Editor().Attention(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		fmt.Printf("%s in %q\n  mine   %s\n  theirs %s\n", a.What, a.Name, a.Mine, a.Theirs)
		if err := chloe.Editor().Decide(ctx, a.Key, syncclient.Mine); err != nil {
			return err
		}
	}
	if err := chloe.Sync(ctx); err != nil { // sends what she decided
		return err
	}
	left, err := chloe.Editor().Undecided(ctx)
	if left == 0 {
		fmt.Println("resolved")
	}
	return err
}

// openAs signs a person in and opens their account, which leave closes.
func openAs(
	ctx context.Context, server, data, email string, notify func(syncclient.Event),
) (follower *syncclient.Follower, leave func(), err error) {
	client, err := syncclient.New(syncclient.Config{
		Server: server, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens")),
	})
	if err != nil {
		return nil, nil, err
	}
	login, err := client.Login(ctx, email, "partage-demo")
	if err == nil {
		follower, err = client.Open(ctx, login, login.Accounts[0], notify)
	}
	if err != nil {
		client.Close()
		return nil, nil, err
	}
	return follower, func() {
		_ = follower.Close()
		client.Close()
	}, nil
}
