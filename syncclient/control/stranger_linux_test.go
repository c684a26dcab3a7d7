package control

import (
	"net"
	"os"
	"runtime"
	"syscall"
	"testing"
)

// TestStranger: another user cannot connect, whoever they are. Only root can become one for a moment.
func TestStranger(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can act as another user")
	}
	b := setup(t)
	refused := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine, and with it the other user
		for _, as := range []uintptr{syscall.SYS_SETFSGID, syscall.SYS_SETFSUID} {
			_, _, _ = syscall.RawSyscall(as, 65534, 0, 0)
		}
		conn, err := net.Dial("unix", b.Path())
		if err == nil {
			conn.Close()
		}
		refused <- err
	}()
	if err := <-refused; !os.IsPermission(unwrapped(err)) {
		t.Fatalf("a stranger got %v", err)
	}
	b.dial().ok(`{"id":1,"do":"status"}`)
}

func unwrapped(err error) error {
	if op, ok := err.(*net.OpError); ok {
		return op.Err
	}
	return err
}
