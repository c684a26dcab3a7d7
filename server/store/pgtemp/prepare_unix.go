//go:build unix

package pgtemp

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// prepare gives the folder to the user who will run the server and returns how to become that user:
// PostgreSQL refuses root. A process group of its own keeps Ctrl-C in a terminal from the server, which
// ends with the pipe.
func prepare(folder string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, os.Chown(folder, int(uid), int(gid))
}
