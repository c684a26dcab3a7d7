// Package pgtemp runs a throwaway PostgreSQL server, for tests and for making migrations.
//
// It guarantees that nothing is left of the server when the process that started it is gone, also when
// that was killed: a shell holds the server and the other end of a pipe, and when the pipe closes it
// stops the server and removes its folder. The server listens on a socket in that folder only.
//
// Nothing in it survives a crash (fsync is off), and text sorts by the rules of a language, not by byte:
// many installations do, and a query that relies on byte order should fail in a test rather than there.
package pgtemp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Server is a running PostgreSQL.
type Server struct {
	folder string
	held   io.Closer // closing it ends the server
	ended  chan struct{}
}

// hold runs the server given as its arguments until standard input closes, then removes the folder $0.
// The server is a child of the shell, and the shell waits for it, so that no one else can hold its id.
const hold = `exec 3<&0
"$@" </dev/null & server=$!
(cat <&3; kill -QUIT $server) >/dev/null 2>&1 & watch=$!
wait $server
kill $watch 2>/dev/null
rm -rf "$0"`

// Start makes a database cluster in a new folder for temporary files and starts a server on it, as the
// user postgres where this process is root. ErrMissing where PostgreSQL is not installed.
func Start(ctx context.Context) (*Server, error) {
	bin, err := installed()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "pgtemp-")
	if err != nil {
		return nil, fmt.Errorf("starting PostgreSQL: %w", err)
	}
	s, err := bin.start(ctx, folder)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting PostgreSQL: %w", err), os.RemoveAll(folder))
	}
	return s, nil
}

func (bin installation) start(ctx context.Context, folder string) (*Server, error) {
	attributes, err := prepare(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	initdb := exec.CommandContext(ctx, bin.program("initdb"), "-D", data, "--no-sync", "-A", "trust", "-U", "postgres",
		"-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en")
	initdb.SysProcAttr = attributes
	initdb.Dir = folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}

	arguments := []string{"-c", hold, folder, bin.program("postgres"), "-D", data, "-k", folder}
	for _, setting := range []string{
		"listen_addresses=", "max_connections=300", "fsync=off", "synchronous_commit=off",
		"full_page_writes=off", "deadlock_timeout=100ms", "lc_messages=C", "logging_collector=off",
	} {
		arguments = append(arguments, "-c", setting)
	}
	shell := exec.Command("sh", arguments...)
	shell.SysProcAttr = attributes
	shell.Dir = folder
	held, err := shell.StdinPipe()
	if err != nil {
		return nil, err
	}
	log, err := shell.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := shell.Start(); err != nil {
		return nil, err
	}
	s := &Server{folder: folder, held: held, ended: make(chan struct{})}
	ready := make(chan error, 1)
	go s.follow(shell, log, ready)
	select {
	case err = <-ready:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// follow reads the server's log to its end, and says when it accepts connections or that it will not.
func (s *Server) follow(shell *exec.Cmd, log io.Reader, ready chan<- error) {
	defer close(s.ended)
	var said strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "database system is ready to accept connections") {
			ready <- nil
			break
		}
		said.WriteString(lines.Text() + "\n")
	}
	_, _ = io.Copy(io.Discard, log)
	err := shell.Wait()
	select {
	case ready <- fmt.Errorf("the server ended: %w: %s", err, said.String()):
	default:
	}
}

// URL returns the address of a database on the server.
func (s *Server) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.folder}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// Stop ends the server, waits until it is gone and its folder removed. Safe to call twice.
func (s *Server) Stop() {
	_ = s.held.Close()
	<-s.ended
}
