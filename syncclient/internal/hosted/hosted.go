// Package hosted follows accounts inside another program, which speaks to it in JSON: what partage-sync does as a process
// of its own, and what cmd/libpartage hands to C.
//
//	account, answer := hosted.Open(ctx, []byte(`{"server":"https://mail.example.com","account":"Maison"}`))
//	answer = account.Ask([]byte(`{"id":1,"do":"status"}`))
//	event := account.Next(time.Second)
//	account.Close()
//
// Requests and events are those of the control channel (../../control/CONTROL.md); answers to the other calls have the same
// form: {"ok":true, …} or {"error":{"code":…,"message":…}}. Every call may be made by several goroutines at once, and for
// several accounts and servers at once. The package writes nothing to standard output or standard error and keeps no
// state of its own.
package hosted

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

// answer is what calls other than Ask return.
type answer struct {
	OK    bool           `json:"ok,omitempty"`
	Error *control.Error `json:"error,omitempty"`
	// Control is where to ask the partage-sync that has the account open.
	Control string `json:"control,omitempty"`
	// Login is who signed in, Logins who has.
	Login  *syncclient.Login  `json:"login,omitempty"`
	Logins []syncclient.Login `json:"logins,omitzero"`
	// Unsent is what somebody who has signed out leaves in their local copies and no server has.
	Unsent *syncclient.Unsent `json:"unsent,omitempty"`
	// The rest is said of an account that was opened.
	Wire      int    `json:"wire,omitempty"`
	Account   string `json:"account,omitempty"`
	AccountID string `json:"accountId,omitempty"`
	Folder    string `json:"folder,omitempty"`
}

func (a answer) json() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(a) // texts and numbers always can be
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Failure is the answer that stands for an error.
func Failure(err error) []byte {
	return answer{Error: control.ErrorOf(err)}.json()
}

// Login signs a person in with a password, which is not kept, and answers with login: who it is and their accounts.
func Login(ctx context.Context, text []byte, email, password string) []byte {
	return with(text, func(_ config, client *syncclient.Client) (answer, error) {
		login, err := client.Login(ctx, email, password)
		return answer{Login: login}, err
	})
}

// Accounts answers with logins: who has signed in on this computer, each with their accounts, as last told. With refresh
// the server is asked first.
func Accounts(ctx context.Context, text []byte, refresh bool) []byte {
	return with(text, func(c config, client *syncclient.Client) (answer, error) {
		all, err := c.people(client)
		for i := 0; refresh && err == nil && i < len(all); i++ {
			var now *syncclient.Login
			if now, err = client.Accounts(ctx, &all[i]); err == nil {
				all[i] = *now
			}
		}
		return answer{Logins: all}, err
	})
}

// Logout ends the sessions of a person on this computer, and does with their local copies as copies says. It answers with
// unsent where it keeps some that have what no server has, also beside the error of a server that cannot be reached.
func Logout(ctx context.Context, text []byte, copies syncclient.Copies) []byte {
	return with(text, func(c config, client *syncclient.Client) (a answer, err error) {
		if copies < syncclient.KeepCopies || copies > syncclient.DiscardCopies {
			return a, refuse(control.BadRequest, "The local copies are kept (0), erased (1) or discarded (2).")
		}
		login, err := c.person(client)
		if err != nil {
			return a, err
		}
		err = client.Logout(ctx, login, copies)
		if copies != syncclient.KeepCopies {
			return a, err
		}
		left, unread := client.Unsent(ctx, login)
		if left != (syncclient.Unsent{}) {
			a.Unsent = &left
		}
		return a, errors.Join(err, unread)
	})
}

// with does something with a client, and answers.
func with(text []byte, work func(config, *syncclient.Client) (answer, error)) []byte {
	c, err := readConfig(text)
	if err != nil {
		return Failure(err)
	}
	client, err := c.client()
	if err != nil {
		return Failure(err)
	}
	defer client.Close()
	a, err := work(c, client)
	if err != nil {
		return answer{Error: control.ErrorOf(err), Unsent: a.Unsent}.json()
	}
	a.OK = true
	return a.json()
}
