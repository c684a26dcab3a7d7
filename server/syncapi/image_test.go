package syncapi

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"
)

func TestGuarded(t *testing.T) {
	content := make([]byte, 3*unseenBytes)
	t.Run("looks at rights every few megabytes", func(t *testing.T) {
		looks := 0
		g := &guarded{ReadSeeker: bytes.NewReader(content), seen: time.Now(), check: func() error { looks++; return nil }}
		if n, err := io.Copy(io.Discard, onlyReader{g}); err != nil || n != int64(len(content)) {
			t.Fatal(n, err)
		}
		if looks != 3 {
			t.Errorf("looked %d times", looks)
		}
	})
	t.Run("and every few seconds, and breaks off", func(t *testing.T) {
		gone := errors.New("gone")
		g := &guarded{ReadSeeker: bytes.NewReader(content), seen: time.Now().Add(-unseenTime), check: func() error { return gone }}
		if n, err := g.Read(make([]byte, 10)); n != 0 || !errors.Is(err, gone) {
			t.Error(n, err)
		}
	})
}

// onlyReader hides what else a reader can do.
type onlyReader struct{ io.Reader }
