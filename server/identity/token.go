package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Tokens begin with what they are, so that one that leaked is recognised by people and secret scanners.
const (
	sessionPrefix = "pts_"
	resetPrefix   = "ptr_"
)

// NewToken returns a token that begins with a prefix and has 256 random bits, and the hash that is stored of
// it. A plain hash is enough: nobody can try 2^256 of them.
func NewToken(prefix string) (token string, hash []byte) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // it never fails
	token = prefix + base64.RawURLEncoding.EncodeToString(random[:])
	sum := sha256.Sum256([]byte(token))
	return token, sum[:]
}

// HashToken returns the stored form of a token; ok is false for what cannot be one with that prefix.
func HashToken(prefix, token string) (hash []byte, ok bool) {
	rest, found := strings.CutPrefix(token, prefix)
	if !found || len(rest) != base64.RawURLEncoding.EncodedLen(32) {
		return nil, false
	}
	sum := sha256.Sum256([]byte(token))
	return sum[:], true
}
