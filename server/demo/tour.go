package demo

import (
	"fmt"
	"io"
	"strings"
)

// printTour prints the address, the logins and what to paste.
func printTour(out io.Writer, url string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nThe demo account \"Maison Lumière\" is at %s\n\n", url)
	fmt.Fprintf(&b, "  %-20s %-9s sees\n", "login", "role")
	for _, p := range People() {
		fmt.Fprintf(&b, "  %-20s %-9s %s\n", p.Email, p.Role, p.Sees)
	}
	fmt.Fprintf(&b, "\nThe password of all three is %s\n\n", Password)
	fmt.Fprintf(&b, "A desktop that follows what Chloé may see, in another terminal:\n\n")
	fmt.Fprintf(&b, "  echo %s | go run ./syncclient/cmd/partage-sync login --server %s --email %s --password-stdin\n",
		Password, url, People()[2].Email)
	fmt.Fprintf(&b, "  go run ./syncclient/cmd/partage-sync run\n\n")
	_, err := io.WriteString(out, b.String())
	return err
}
