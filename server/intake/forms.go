package intake

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

const (
	// formKept is how long a form that was looked up is believed. Its key and its campaign are looked at again by the
	// transaction that stores a lead; other nodes learn of new origins when it is over.
	formKept = time.Second
	// mostForms is how many forms are remembered.
	mostForms = 10_000
)

// forms remembers forms that leads are being posted to, so that each lead does not look its form up.
type forms struct {
	mu    sync.Mutex
	known map[[32]byte]knownForm
}

type knownForm struct {
	Form
	until time.Time
}

func (f *forms) get(hash []byte, now time.Time) (Form, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, ok := f.known[[32]byte(hash)]
	return k.Form, ok && now.Before(k.until)
}

func (f *forms) put(form Form, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil || len(f.known) >= mostForms {
		f.known = make(map[[32]byte]knownForm)
	}
	f.known[[32]byte(form.keyHash)] = knownForm{form, now.Add(formKept)}
}

// forget is for a campaign whose form has changed.
func (f *forms) forget(campaign uuid.UUID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for hash, k := range f.known {
		if k.campaign == campaign {
			delete(f.known, hash)
		}
	}
}
