package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/store"
)

// verification is the command "audit verify". It only reads, and works beside a running server.
type verification struct {
	Data     string   `default:"./partage-data" env:"PARTAGE_DATA" type:"path" help:"Folder of the database file."`
	Database string   `env:"PARTAGE_DATABASE" placeholder:"postgres://…" help:"PostgreSQL database, instead of a file."`
	Account  string   `placeholder:"account_…" help:"Only this account, by its id."`
	Noted    []string `placeholder:"NUMBER:HASH" help:"A line of the account's history that was noted earlier, as this command prints the last one: it must still be there. A history that was forged as a whole shows no other way."`
}

// account is one whose history is checked.
type account struct {
	id   uuid.UUID
	name string
}

// run writes what it finds of each account and returns the program's exit code: 0 if every history is as it
// was written, 1 if one is not, and 2 with an error where that could not be found out.
func (v verification) run(ctx context.Context, w io.Writer) (code int, err error) {
	only, noted, err := v.parse()
	if err != nil {
		return 2, err
	}
	if err := checkDatabase(v.Database); err != nil {
		return 2, err
	}
	s, err := store.OpenToRead(ctx, store.Config{DataDir: v.Data, URL: v.Database})
	if errors.Is(err, fs.ErrNotExist) && v.Database == "" {
		return 2, fmt.Errorf("there is no database in %s; name its folder with --data, or PostgreSQL with --database", v.Data)
	}
	if err != nil {
		return 2, err
	}
	defer func() {
		if cerr := s.Close(); cerr != nil {
			code, err = 2, errors.Join(err, cerr)
		}
	}()
	accounts, err := accountsOf(ctx, s, only)
	if err != nil {
		return 2, err
	}
	broken := 0
	for _, a := range accounts {
		r, err := audit.Check(ctx, s, a.id, noted...)
		if err != nil {
			return 2, err
		}
		fmt.Fprintf(w, "account_%s %q\n", a.id, a.name)
		if r.Lines > 0 {
			fmt.Fprintf(w, "  %d lines fit; the last of them is %d:%x\n", r.Lines, r.Lines, r.Hash)
		}
		if r.Intact() {
			fmt.Fprintln(w, "  intact")
			continue
		}
		broken++
		fmt.Fprintf(w, "  NOT INTACT: %s\n", r.Fault)
	}
	fmt.Fprintf(w, "checked: %d, not intact: %d\n", len(accounts), broken)
	if broken > 0 {
		code = 1
	}
	return code, nil
}

// parse reads the account and the noted lines.
func (v verification) parse() (only uuid.UUID, noted []audit.Noted, err error) {
	if v.Account != "" {
		if only, err = uuid.Parse(strings.TrimPrefix(v.Account, "account_")); err != nil {
			return only, nil, fmt.Errorf("--account %q is not the id of an account, like account_01890a5d-ac96-774b-bcce-b302099a8057", v.Account)
		}
	}
	if len(v.Noted) > 0 && v.Account == "" {
		return only, nil, errors.New("--noted is a line of one account: give --account, too")
	}
	for _, text := range v.Noted {
		number, sum, _ := strings.Cut(text, ":")
		n, err := strconv.ParseInt(number, 10, 64)
		hash, herr := hex.DecodeString(sum)
		if err != nil || herr != nil || n < 1 || len(hash) == 0 {
			return only, nil, fmt.Errorf("--noted %q is not a line's number and hash, like 17:5f3c…", text)
		}
		noted = append(noted, audit.Noted{Number: n, Hash: hash})
	}
	return only, noted, nil
}

// accountsOf returns all accounts, or the one.
func accountsOf(ctx context.Context, s *store.Store, only uuid.UUID) (all []account, err error) {
	query, args := `SELECT id, name FROM accounts ORDER BY id`, []any(nil)
	if only != uuid.Nil {
		query, args = `SELECT id, name FROM accounts WHERE id = ?`, []any{only}
	}
	rows, err := s.Client().QueryContext(ctx, store.Rebind(s.Dialect(), query), args...)
	if err != nil {
		return nil, fmt.Errorf("listing accounts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a account
		if err := rows.Scan(&a.id, &a.name); err != nil {
			return nil, fmt.Errorf("listing accounts: %w", err)
		}
		all = append(all, a)
	}
	if only != uuid.Nil && len(all) == 0 && rows.Err() == nil {
		return nil, fmt.Errorf("there is no account account_%s", only)
	}
	return all, rows.Err()
}
