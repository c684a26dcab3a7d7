// Package seal makes opaque tokens: cursors that a client keeps and cannot read or change.
//
// Positions in the account's feed are counters, and a counter that moves tells of changes its holder may
// not see. So every cursor is encrypted and authenticated (XChaCha20-Poly1305, random nonce) and bound
// to its scope. A token is as long as its payload makes it: callers give payloads of one kind one length.
package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a key in bytes.
const KeySize = chacha20poly1305.KeySize

// ErrForeign answers a token that was not sealed with this key for this scope.
var ErrForeign = errors.New("seal: the token was not made here for this")

// Sealer seals and opens tokens. It is safe for concurrent use.
type Sealer struct{ aead cipher.AEAD }

// New returns a sealer with a key of KeySize random bytes.
func New(key []byte) (*Sealer, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	return &Sealer{aead}, nil
}

// Seal returns a URL-safe token for the payload that opens in the same scope only. It never begins with a hyphen: people
// give tokens to commands, which would take it for a flag.
func (s *Sealer) Seal(scope string, payload []byte) string {
	out := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(payload)+chacha20poly1305.Overhead)
	const hyphen = 62 // in base64url, of the first six bits
	for ok := false; !ok; ok = out[0]>>2 != hyphen {
		_, _ = rand.Read(out) // never fails
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(out, out, payload, []byte(scope)))
}

// Open returns the payload of a token, or ErrForeign. A token is one text: with line breaks, which base64 passes over even
// where it is strict, it is another.
func (s *Sealer) Open(scope, token string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || strings.ContainsAny(token, "\r\n") || len(raw) < chacha20poly1305.NonceSizeX {
		return nil, ErrForeign
	}
	nonce, sealed := raw[:chacha20poly1305.NonceSizeX], raw[chacha20poly1305.NonceSizeX:]
	payload, err := s.aead.Open(nil, nonce, sealed, []byte(scope))
	if err != nil {
		return nil, ErrForeign
	}
	return payload, nil
}
