package identity

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/partage-mail/partage/server/fault"
)

// patience is how long a request waits for its turn to hash.
const patience = 10 * time.Second

// hasher hashes passwords, as many at once as there are cores: each takes 19 MiB and a core for itself.
type hasher struct {
	params argon2id.Params
	slots  chan struct{}
	// decoy is what the password of an unknown address is compared with. Nothing hashes to it.
	decoy string
	runs  atomic.Int64
}

func newHasher(p argon2id.Params) *hasher {
	if p == (argon2id.Params{}) {
		// The second of OWASP's equal choices: little memory, so that many can sign in at once.
		p = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	}
	return &hasher{params: p, slots: make(chan struct{}, runtime.GOMAXPROCS(0)), decoy: decoy(p)}
}

// hash returns the PHC string of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	var encoded string
	err := h.run(ctx, func() (err error) {
		encoded, err = argon2id.CreateHash(norm.NFKC.String(password), &h.params)
		return err
	})
	return encoded, err
}

// verify compares a password with a stored hash, or with the decoy where there is none: the work is the
// same. outdated says that the hash was made at another cost than today's.
func (h *hasher) verify(ctx context.Context, password, encoded string) (match, outdated bool, err error) {
	known := encoded != ""
	if !known {
		encoded = h.decoy
	}
	var params *argon2id.Params
	err = h.run(ctx, func() (err error) {
		match, params, err = argon2id.CheckHash(norm.NFKC.String(password), encoded)
		return err
	})
	if err != nil {
		return false, false, err
	}
	return match && known, *params != h.params, nil
}

func (h *hasher) run(ctx context.Context, f func() error) error {
	busy := time.NewTimer(patience)
	defer busy.Stop()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-busy.C:
		full := fault.New(fault.Exhausted, "Too many people are signing in at once. Try again in a moment.")
		full.RetryAfter = patience
		return full
	}
	defer func() { <-h.slots }()
	h.runs.Add(1)
	return f()
}

// decoy makes a hash with a random key: it costs nothing to make and as much as any other to compare with.
func decoy(p argon2id.Params) string {
	salt, key := make([]byte, p.SaltLength), make([]byte, p.KeyLength)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(key)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Iterations, p.Parallelism,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}
