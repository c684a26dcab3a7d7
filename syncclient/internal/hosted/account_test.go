package hosted

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// TestFollow: where the follower panics the host goes on, is told, and may open the copy again.
func TestFollow(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	tokens := credentials.Files(filepath.Join(data, "tokens"))
	client, err := syncclient.New(syncclient.Config{Server: "http://127.0.0.1:1", Data: data, Credentials: tokens})
	must(t, err)
	defer client.Close()
	login := &syncclient.Login{Server: client.Server(), User: uuid.NewString()}
	account := syncclient.Account{ID: uuid.NewString(), Collaborator: uuid.NewString()}
	must(t, tokens.Set(login.Server+" "+login.User+" "+account.ID, "token"))

	for _, event := range []string{"waiting", "disconnected"} { // the server does not answer, which two goroutines tell
		t.Run(event, func(t *testing.T) {
			a := &Account{client: client, login: login, account: account, events: newQueue()}
			a.ctx, a.cancel = context.WithCancel(t.Context())
			defer a.cancel()
			a.server = control.New(control.Copy{Client: client, Login: login, Account: account})
			a.server.Watch(func(line []byte) {
				if strings.Contains(string(line), `"event":"`+event+`"`) {
					panic("told")
				}
			})
			err := a.follow(make(chan string, 1))
			if err == nil || !strings.Contains(err.Error(), "a fault of the program: told") {
				t.Fatalf("got %v", err)
			}
			f, err := client.Open(t.Context(), login, account, nil)
			must(t, err)
			must(t, f.Close())
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
