package presigned_test

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/presigned"
	"github.com/partage-mail/partage/server/seal"
)

func sealer(t *testing.T) *seal.Sealer {
	t.Helper()
	key := make([]byte, seal.KeySize)
	_, _ = rand.Read(key)
	s, err := seal.New(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// parts takes an address apart as a server does.
func parts(t *testing.T, address string) (bucket, sealed string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || len(u.Query()) != 1 {
		t.Fatalf("%q, %v", address, err)
	}
	bucket, found := strings.CutPrefix(u.Path, presigned.Path)
	if !found {
		t.Fatalf("%q", address)
	}
	return bucket, u.Query().Get(presigned.Parameter)
}

func TestAddresses(t *testing.T) {
	clock := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	now := func() time.Time { return clock }
	key := sealer(t)
	a, g := presigned.New(key, now), presigned.Grant{Session: uuid.New(), Collaborator: uuid.New()}
	one, other := "list_"+uuid.NewString(), "list_"+uuid.NewString()
	bucket, sealed := parts(t, a.Of(one, g))
	refused := func(name, reason string, a *presigned.Addresses, bucket, sealed string) {
		t.Helper()
		got, err := a.Open(bucket, sealed)
		if f := fault.As(err); f == nil || f.Kind != fault.Denied || f.Reason != reason || got != (presigned.Grant{}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	t.Run("open on every node for their bucket", func(t *testing.T) {
		if bucket != one {
			t.Errorf("of %s", bucket)
		}
		if got, err := presigned.New(key, now).Open(one, sealed); err != nil || got != g {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("name nobody", func(t *testing.T) {
		for _, id := range []uuid.UUID{g.Session, g.Collaborator} {
			if strings.Contains(sealed, id.String()) {
				t.Error(sealed)
			}
		}
		if _, again := parts(t, a.Of(one, g)); again == sealed || len(again) != len(sealed) {
			t.Errorf("%s and %s", sealed, again)
		}
	})
	t.Run("are refused where anything was altered", func(t *testing.T) {
		for i, c := range []byte(sealed) {
			altered := byte('A')
			if c == altered {
				altered = 'B'
			}
			refused("one character", presigned.Foreign, a, one, sealed[:i]+string(altered)+sealed[i+1:])
			refused("a part", presigned.Foreign, a, one, sealed[:i])
		}
		refused("a line break", presigned.Foreign, a, one, sealed+"\n")
		refused("another bucket", presigned.Foreign, a, other, sealed)
		refused("another kind", presigned.Foreign, a, strings.Replace(one, "list", "blacklist", 1), sealed)
		refused("another installation", presigned.Foreign, presigned.New(sealer(t), now), one, sealed)
		refused("a cursor", presigned.Foreign, a, one, key.Seal("changes/"+g.Collaborator.String()+"/"+one, make([]byte, 105)))
		refused("what is sealed and is none", presigned.Foreign, a, one, key.Seal("image/"+one, make([]byte, 41)))
	})
	t.Run("end", func(t *testing.T) {
		clock = clock.Add(presigned.Life - time.Microsecond)
		if _, err := a.Open(one, sealed); err != nil {
			t.Error(err)
		}
		clock = clock.Add(time.Microsecond)
		refused("too old", presigned.Expired, a, one, sealed)
	})
}
