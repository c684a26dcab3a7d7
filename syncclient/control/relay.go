package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
)

// Relay joins a client that cannot open the socket with the program that listens at path: what in has goes there, and
// what comes back goes to out, byte for byte. It returns when the connection ends: after in has ended and all is
// answered, or when the program ends, which are no errors, or when ctx does. in may be read for one more line after that.
func Relay(ctx context.Context, path string, in io.Reader, out io.Writer) error {
	conn, err := dial(ctx, path)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	go func() {
		_, _ = io.Copy(conn, in) // where it cannot be written, nothing comes back either
		_ = conn.CloseWrite()
	}()
	_, err = io.Copy(out, conn)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var network net.Error
	if errors.As(err, &network) {
		return nil // the program was killed
	}
	return err
}

// dial connects to the program that listens at path; ErrNotRunning where there is none.
func dial(ctx context.Context, path string) (*net.UnixConn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w (%s)", ErrNotRunning, path)
	}
	return conn.(*net.UnixConn), nil
}
