package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type listsCommand struct {
	Account string `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	JSON    bool   `help:"Print JSON." name:"json"`
}

// Run prints what there is to choose from.
func (c *listsCommand) Run(s *session) error {
	return s.signedIn(c.Account, func(login *syncclient.Login, account syncclient.Account) error {
		all, err := s.client.Lists(s.ctx, login, account)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(s.out, all)
		}
		t := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		for _, l := range all {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", printable(l.Name), kindOf(l), count(int(l.Rows), "row"), sizeOf(l), placeOf(l))
		}
		if len(all) == 0 {
			fmt.Fprintln(t, "There are no lists yet.")
		}
		return t.Flush()
	})
}

type keepCommand struct {
	Account string   `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Lists   []string `arg:"" name:"list" help:"Name or id of a list, blacklist or campaign, as partage-sync lists prints it."`
}

// Run has lists be kept again.
func (c *keepCommand) Run(s *session) error {
	return s.choose(c.Account, c.Lists, func(login *syncclient.Login, account syncclient.Account, l syncclient.List) error {
		if l.Kept {
			fmt.Fprintf(s.out, "%q is kept already.\n", printable(l.Name))
			return nil
		}
		if err := s.client.Keep(s.ctx, login, account, l.ID); err != nil {
			return err
		}
		when := s.carriedOut(s.client.Folder(login, account), "fetches it", "it comes with the next partage-sync sync")
		fmt.Fprintf(s.out, "%q takes %s; %s.\n", printable(l.Name), sizeOf(l), when)
		return nil
	})
}

type dropCommand struct {
	Account string   `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Lists   []string `arg:"" name:"list" help:"Name or id of a list, blacklist or campaign, as partage-sync lists prints it."`
}

// Run has lists not be kept.
func (c *dropCommand) Run(s *session) error {
	return s.choose(c.Account, c.Lists, func(login *syncclient.Login, account syncclient.Account, l syncclient.List) error {
		if !l.Kept {
			fmt.Fprintf(s.out, "%q was not kept on this computer.\n", printable(l.Name))
			return nil
		}
		gone, err := s.client.Drop(s.ctx, login, account, l.ID)
		if errors.Is(err, mirror.ErrUnsent) {
			if _, paused := s.running(s.client.Folder(login, account)); paused {
				err = fmt.Errorf("%w. The partage-sync that is running is paused; %s", err, goOn)
			}
		}
		if err != nil {
			return fmt.Errorf("%q stays: %w", printable(l.Name), err)
		}
		if !gone {
			when := s.carriedOut(s.client.Folder(login, account), "deletes its rows", "a program is using it, and its rows are deleted with the next partage-sync sync")
			fmt.Fprintf(s.out, "%q is not to be kept on this computer (%s); %s.\n", printable(l.Name), sizeOf(l), when)
			return nil
		}
		fmt.Fprintf(s.out, "%q is not kept on this computer any more (%s). partage-sync rows shows it.\n", printable(l.Name), sizeOf(l))
		return nil
	})
}

type rowsCommand struct {
	Account string `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Search  string `help:"Only rows with this in a name or address, or in a lead's phone number." placeholder:"TEXT"`
	First   int    `help:"How many rows, 1 to 100; 50 where left out or 0."`
	After   string `help:"Continue where the page before ended, as it says." placeholder:"CURSOR"`
	JSON    bool   `help:"Print JSON." name:"json"`
	List    string `arg:"" help:"Name or id of a list, blacklist or campaign, as partage-sync lists prints it."`
}

// Run prints a page of rows of a list as the server has them.
func (c *rowsCommand) Run(s *session) error {
	return s.choose(c.Account, []string{c.List}, func(login *syncclient.Login, account syncclient.Account, l syncclient.List) error {
		page, err := s.client.Rows(s.ctx, login, account, l.ID, c.After, c.First, c.Search)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(s.out, control.PageOf(page))
		}
		t := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		shown := shownOf(page.Kind)
		fmt.Fprintln(t, strings.Join(shown, "\t"))
		for _, row := range page.Rows {
			values := make([]string, len(shown))
			for i, name := range shown {
				values[i] = printable(fmt.Sprint(row[name]))
			}
			fmt.Fprintln(t, strings.Join(values, "\t"))
		}
		if err := t.Flush(); err != nil {
			return err
		}
		fmt.Fprintf(s.notes, "%d of %s.\n", len(page.Rows), count(int(page.Total), "row"))
		if page.Next != "" {
			fmt.Fprintf(s.notes, "More: --after %s\n", page.Next)
		}
		return nil
	})
}

// shownOf are the columns that a person is shown.
func shownOf(kind syncclient.Kind) []string {
	switch kind {
	case syncclient.KindBlacklist:
		return []string{"value", "reason", "note"}
	case syncclient.KindCampaign:
		return []string{"name", "email", "phone", "state", "source"}
	}
	return []string{"email", "first_name", "last_name", "company", "city", "state"}
}

// choose does something with each of the lists that are named.
func (s *session) choose(account string, named []string, do func(*syncclient.Login, syncclient.Account, syncclient.List) error) error {
	return s.signedIn(account, func(login *syncclient.Login, account syncclient.Account) error {
		all, err := s.client.Lists(s.ctx, login, account)
		if err != nil {
			return err
		}
		var chosen []syncclient.List
		for _, name := range named {
			l, err := pick(all, name)
			if err != nil {
				return err
			}
			chosen = append(chosen, l)
		}
		for _, l := range chosen {
			if err := do(login, account, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// pick returns the list with a name or id. Where none is called just so, upper and lower case are the same.
func pick(all []syncclient.List, named string) (syncclient.List, error) {
	those := func(is func(syncclient.List) bool) []syncclient.List {
		return slices.DeleteFunc(slices.Clone(all), func(l syncclient.List) bool { return !is(l) })
	}
	found := those(func(l syncclient.List) bool { return l.ID == named })
	if len(found) == 0 {
		found = those(func(l syncclient.List) bool { return l.Name == named })
	}
	if len(found) == 0 {
		found = those(func(l syncclient.List) bool { return strings.EqualFold(l.Name, named) })
	}
	switch len(found) {
	case 0:
		return syncclient.List{}, usageError(fmt.Sprintf("there is no list, blacklist or campaign with leads called %q; partage-sync lists has them all", named))
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, l := range found {
		ids = append(ids, fmt.Sprintf("%s (%s)", l.ID, kindOf(l)))
	}
	slices.Sort(ids)
	return syncclient.List{}, usageError(fmt.Sprintf("several are called %q; say which by its id: %s", named, strings.Join(ids, ", ")))
}

func kindOf(l syncclient.List) string {
	return map[syncclient.Kind]string{syncclient.KindList: "contact list", syncclient.KindBlacklist: "blacklist", syncclient.KindCampaign: "leads of a campaign"}[l.Kind]
}

// sizeOf says what a list takes, or would take.
func sizeOf(l syncclient.List) string {
	switch {
	case l.Complete && l.BytesHere > 0:
		return fmt.Sprintf("%.1f MB", float64(l.BytesHere)/1e6)
	case l.Bytes > 0:
		return fmt.Sprintf("about %.1f MB", float64(l.Bytes)/1e6)
	}
	return "a size that the server would tell"
}

// placeOf says where the rows of a list are.
func placeOf(l syncclient.List) string {
	switch {
	case !l.Kept:
		return "not kept here"
	case l.Complete:
		return "here"
	}
	return "to come"
}
