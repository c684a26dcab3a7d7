// Command libpartage is package internal/hosted as a C library. partage.h documents its functions; README.md says how to build it
// and how .NET calls it.
//
//	go build -buildmode=c-shared -o libpartage.so ./syncclient/cmd/libpartage
//
// The declarations of partage.h are compiled together with these definitions, so they cannot differ. No panic leaves
// an exported function, and no pointer of the host is kept.
package main

/*
#include <stdlib.h>
#include <string.h>
#include "partage.h"

// cgo writes "const" nowhere by itself.
typedef const char partage_text;

// handed copies a text for the host; NULL where there is no memory.
static char *handed(_GoString_ s) {
	size_t n = _GoStringLen(s);
	char *copy = malloc(n + 1);
	if (copy != NULL) {
		memcpy(copy, _GoStringPtr(s), n);
		copy[n] = 0;
	}
	return copy;
}
*/
import "C"

import (
	"context"
	"fmt"
	"runtime/cgo"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/internal/hosted"
)

// maxText is how many bytes a text of the host may have.
const maxText = 1 << 20

func main() {}

//export partage_version
func partage_version() *C.char {
	return answer(func() ([]byte, error) { return []byte(syncclient.Version), nil })
}

//export partage_login
func partage_login(config, email, password *C.partage_text) *C.char {
	return withConfig(config, func(c []byte) ([]byte, error) {
		who, err := needed("email", email)
		if err != nil {
			return nil, err
		}
		secret, err := needed("password", password)
		if err != nil {
			return nil, err
		}
		return hosted.Login(context.Background(), c, string(who), string(secret)), nil
	})
}

//export partage_accounts
func partage_accounts(config *C.partage_text, refresh C.int) *C.char {
	return withConfig(config, func(c []byte) ([]byte, error) {
		return hosted.Accounts(context.Background(), c, refresh != 0), nil
	})
}

//export partage_logout
func partage_logout(config *C.partage_text, copies C.int) *C.char {
	return withConfig(config, func(c []byte) ([]byte, error) {
		return hosted.Logout(context.Background(), c, syncclient.Copies(copies)), nil
	})
}

//export partage_open
func partage_open(config *C.partage_text, said **C.char) (account C.partage_t) {
	a := withConfig(config, func(c []byte) ([]byte, error) {
		opened, answer := hosted.Open(context.Background(), c)
		if opened != nil {
			account = C.partage_t(cgo.NewHandle(opened))
		}
		return answer, nil
	})
	if said == nil {
		C.free(unsafe.Pointer(a))
	} else {
		*said = a
	}
	return account
}

//export partage_ask
func partage_ask(account C.partage_t, request *C.partage_text) *C.char {
	return answer(func() ([]byte, error) {
		a, ok := accountOf(account)
		if !ok {
			return nil, errNotOpen()
		}
		r, err := needed("request", request)
		if err != nil {
			return nil, err
		}
		return a.Ask(r), nil
	})
}

//export partage_next
func partage_next(account C.partage_t, timeout C.int64_t) *C.char {
	var event []byte
	_ = protect(func() {
		if a, ok := accountOf(account); ok {
			event = a.Next(waitFor(int64(timeout)))
		}
	})
	if event == nil {
		return nil
	}
	return C.handed(string(event))
}

//export partage_close
func partage_close(account C.partage_t) {
	_ = protect(func() {
		if a, ok := accountOf(account); ok {
			a.Close()
			cgo.Handle(account).Delete() // panics where another thread has done so just now
		}
	})
}

//export partage_free
func partage_free(text *C.char) { C.free(unsafe.Pointer(text)) }

// withConfig is answer to a call with a config.
func withConfig(config *C.partage_text, work func(c []byte) ([]byte, error)) *C.char {
	return answer(func() ([]byte, error) {
		c, err := text("config", config)
		if err != nil {
			return nil, err
		}
		return work(c)
	})
}

// answer returns what work does as a text of the host's, also where it fails or panics.
func answer(work func() ([]byte, error)) *C.char {
	var said []byte
	fault := protect(func() {
		var err error
		if said, err = work(); err != nil {
			said = hosted.Failure(err)
		}
	})
	if fault != nil {
		said = hosted.Failure(fault)
	}
	return C.handed(string(said))
}

// protect calls work and returns its panic as an error.
func protect(work func()) (fault error) {
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("a fault of the library: %v", p)
		}
	}()
	work()
	return nil
}

// accountOf returns the open account that the host means; false where it is none. A number that was never given out
// makes Value panic.
func accountOf(account C.partage_t) (a *hosted.Account, ok bool) {
	_ = protect(func() { a, ok = cgo.Handle(account).Value().(*hosted.Account) })
	return a, ok
}

func errNotOpen() error {
	return &control.Error{Code: control.BadRequest, Message: "This account is not open."}
}

// text copies a text of the host's; none for NULL.
func text(name string, t *C.partage_text) ([]byte, error) {
	if t == nil {
		return nil, nil
	}
	n := C.strnlen(t, maxText+1)
	if n > maxText {
		return nil, &control.Error{Code: control.TooLarge, Message: fmt.Sprintf("The %s has more than 1 MiB.", name)}
	}
	copied := C.GoBytes(unsafe.Pointer(t), C.int(n))
	if !utf8.Valid(copied) {
		return nil, &control.Error{Code: control.BadRequest, Message: fmt.Sprintf("The %s is not UTF-8.", name)}
	}
	return copied, nil
}

// needed is text that may not be NULL.
func needed(name string, t *C.partage_text) ([]byte, error) {
	if t == nil {
		return nil, &control.Error{Code: control.BadRequest, Message: fmt.Sprintf("The %s is NULL.", name)}
	}
	return text(name, t)
}

// waitFor returns a time of the host's; what does not fit is without end.
func waitFor(ms int64) time.Duration {
	if ms < 0 || ms > int64((1<<62)/time.Millisecond) {
		return -1
	}
	return time.Duration(ms) * time.Millisecond
}
