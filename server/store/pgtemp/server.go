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

// hold is the shell's program. Its arguments are the folder, the path of initdb and the command of the
// server. When standard input closes it interrupts all it runs, again and again, since a program may not
// listen yet; the server's folder goes when the server has.
const hold = `trap : INT
exec 3<&0
(trap '' INT; cat <&3; while kill -INT 0; do sleep 1; done) >/dev/null 2>&1 & watch=$!
initdb=$1
shift
if "$initdb" -D "$0/data" --no-sync -A trust -U postgres -E UTF8 --locale=C \
	--locale-provider=icu --icu-locale=en </dev/null >&2
then
	"$@" </dev/null & server=$!
	wait $server
	while kill -QUIT $server 2>/dev/null; do wait $server; done
fi
kill $watch
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
	arguments := []string{"-c", hold, folder, bin.program("initdb"),
		bin.program("postgres"), "-D", filepath.Join(folder, "data"), "-k", folder}
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
	_ = os.RemoveAll(s.folder) // empty already, but where its parent is not the server's to change
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
