package syncclient_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/partage-mail/partage/syncclient"
)

// Chloé's program follows the server and hears what changed, while Anna's makes a template on another computer.
func ExampleFollower_Run() {
	if err := watch(context.Background(), os.Getenv("EXAMPLE_SERVER"), os.Getenv("EXAMPLE_DATA")); err != nil {
		log.Fatal(err)
	}
	// Output:
	// up to date
	// 1 template changed
}

func watch(ctx context.Context, server, data string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan struct{})
	first := true
	chloe, leave, err := openAs(ctx, server, data+"/watching", "chloe@demo.example", func(e syncclient.Event) {
		switch e := e.(type) {
		case syncclient.UpToDate:
			if first {
				fmt.Println("up to date")
				close(ready)
			}
			first = false
		case syncclient.Changed:
			if !e.Many && e.Kind == syncclient.KindTemplate {
				fmt.Println(len(e.IDs), e.Kind, "changed") // read e.IDs again
				stop()
			}
		}
	})
	if err != nil {
		return err
	}
	defer leave()
	ended := make(chan error, 1)
	go func() { ended <- chloe.Run(ctx) }()
	select {
	case <-ready:
	case err := <-ended:
		return err
	}

	anna, leave, err := openAs(ctx, server, data+"/making", "anna@demo.example", nil)
	if err != nil {
		return err
	}
	defer leave()
	if err := anna.Sync(ctx); err != nil {
		return err
	}
	if _, err := anna.Editor().Create(ctx, syncclient.KindTemplate, "", map[string]any{"name": "Invitation"}); err != nil {
		return err
	}
	if err := anna.Sync(ctx); err != nil && !errors.Is(err, context.Canceled) { // Chloé may hear of it first
		return err
	}
	return <-ended
}
