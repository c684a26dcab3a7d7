package control

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/partage-mail/partage/syncclient/filelock"
)

// ErrInUse says that a program that runs listens at the path already.
var ErrInUse = errors.New("another partage-sync run listens there")

// Path returns where the program that keeps the mirror in folder listens, unless it is told otherwise:
// <data>/control/<12 hex digits>.sock. The mirror's own folder is too deep for the name of a socket, of which systems
// take about a hundred bytes.
func Path(folder string) string {
	user := filepath.Dir(folder)
	server := filepath.Dir(user)
	whose := strings.Join([]string{filepath.Base(server), filepath.Base(user), filepath.Base(folder)}, "/")
	sum := sha256.Sum256([]byte(whose))
	return filepath.Join(filepath.Dir(server), "control", hex.EncodeToString(sum[:6])+".sock")
}

// longest is how many bytes a socket's path may have.
func longest() int {
	switch runtime.GOOS {
	case "linux", "windows":
		return 107
	}
	return 103
}

// Listen opens the socket, which only this user can connect to: its mode is 0600, and its folder's, which is made where
// there is none, must be 0700. A socket that a dead process left is replaced; ErrInUse where it is alive. Connections
// wait until Serve.
func Listen(path string, answers Answers) (*Server, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the control socket: %w", err)
	}
	if len(path) > longest() {
		return nil, fmt.Errorf("the path of the control socket has %d bytes, of which this system takes %d; name a shorter one with --control: %s",
			len(path), longest(), path)
	}
	if err := private(filepath.Dir(path)); err != nil {
		return nil, err
	}
	lock, err := acquire(path + ".lock")
	if err != nil {
		return nil, err
	}
	listener, err := bind(path)
	if err != nil {
		return nil, errors.Join(err, release(lock))
	}
	s := New(answers)
	s.path, s.listener, s.lock = path, listener, lock
	return s, nil
}

// private makes the folder, or sees to it that nobody else gets in. On Windows modes say nothing; what is below the
// user's own application data is theirs alone.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the control socket: %w", err)
	}
	about, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the folder of the control socket: %w", err)
	}
	if mode := about.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return fmt.Errorf("the folder of the control socket is open to other users (mode %04o); it must be 0700: %s", mode, dir)
	}
	return nil
}

// bind replaces a socket that nobody answers at, and nothing else.
func bind(path string) (*net.UnixListener, error) {
	about, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("look at the control socket: %w", err)
	case about.Mode()&fs.ModeSocket == 0 && runtime.GOOS != "windows", about.IsDir():
		return nil, fmt.Errorf("there is something else than a socket; name another path with --control: %s", path)
	default:
		// Who made it without a lock file may be alive all the same.
		if conn, err := net.DialTimeout("unix", path, time.Second); err == nil {
			conn.Close()
			return nil, fmt.Errorf("%w (%s)", ErrInUse, path)
		}
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("remove the control socket that was left: %w", err)
		}
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, fmt.Errorf("open the control socket: %w", err)
	}
	// Nobody else could connect meanwhile: they do not get into the folder.
	if err := os.Chmod(path, 0o600); err != nil && runtime.GOOS != "windows" {
		listener.Close()
		return nil, fmt.Errorf("protect the control socket: %w", err)
	}
	return listener, nil
}

// acquire takes the lock that says that its holder is alive, for as long as the file is open.
func acquire(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, fmt.Errorf("lock the control socket: %w", err)
		}
		taken, err := filelock.Try(f)
		if err != nil || !taken {
			f.Close()
			if err != nil {
				return nil, fmt.Errorf("lock the control socket: %w", err)
			}
			return nil, fmt.Errorf("%w (%s)", ErrInUse, strings.TrimSuffix(path, ".lock"))
		}
		// Who had it before may have removed the file in between.
		mine, err := f.Stat()
		if err == nil {
			there, err := os.Stat(path)
			if err == nil && os.SameFile(mine, there) {
				return f, nil
			}
		}
		_ = filelock.Release(f)
	}
}

// release gives the lock back and removes its file, which Windows does not allow yet: there it stays, empty.
func release(f *os.File) error {
	_ = os.Remove(f.Name())
	return filelock.Release(f)
}
