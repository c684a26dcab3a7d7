package main

import "fmt"

// count words a number of things whose plural takes an s.
func count(n int, one string) string { return counted(n, one, one+"s") }

// counted words a number of things.
func counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
