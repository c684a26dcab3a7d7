package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrNotRunning says that nobody listens at the path.
var ErrNotRunning = errors.New("no partage-sync run listens there")

// Request is what a program asks: what is to be done, and with what. With is a Decision, an Edit, a Which or a RowsOf, nil
// where the request takes nothing.
type Request struct {
	Do   string
	With any
}

// line returns the request as it goes over the wire.
func (r Request) line() ([]byte, error) {
	all := map[string]json.RawMessage{}
	if r.With != nil {
		text, err := json.Marshal(r.With)
		if err == nil {
			err = json.Unmarshal(text, &all)
		}
		if err != nil {
			return nil, err
		}
	}
	all["id"], all["do"] = json.RawMessage("1"), encode(r.Do)
	return encode(all), nil
}

// Ask sends one request to the program that listens at path, and hands each line that comes back to each, without its
// newline: the answer, and after it the events where the request is to watch. It returns when the request is answered,
// or, of a watch, when ctx ends, which is no error, or the connection does. An *Error where the answer is one.
func Ask(ctx context.Context, path string, r Request, each func(line []byte) error) error {
	conn, err := dial(ctx, path)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	line, err := r.line()
	if err != nil {
		return err
	}
	if _, err := conn.Write(line); err != nil {
		return fmt.Errorf("ask the running partage-sync: %w", err)
	}
	in := bufio.NewReader(conn)
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		switch {
		case ctx.Err() != nil && first:
			return ctx.Err()
		case ctx.Err() != nil, errors.Is(err, io.EOF) && !first:
			return nil
		case err != nil:
			return fmt.Errorf("the running partage-sync did not answer: %w", err)
		}
		line = line[:len(line)-1]
		if err := each(line); err != nil {
			return err
		}
		if !first {
			continue
		}
		var said struct {
			Error *Error `json:"error"`
		}
		if err := json.Unmarshal(line, &said); err != nil {
			return fmt.Errorf("the running partage-sync gave a strange answer: %w", err)
		}
		if said.Error != nil {
			return said.Error
		}
		if r.Do != "watch" {
			return nil
		}
	}
}
