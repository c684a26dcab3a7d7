package main

import (
	"encoding/json"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/syncclient"
)

// TestListsProgram chooses which lists are kept, by the commands.
func TestListsProgram(t *testing.T) {
	s, ctx := start(t)
	ids := map[string]string{}
	for _, name := range []string{"Customers", "Twins", "Twins"} {
		list, err := s.Library.Create(ctx, item.KindContactList, library.Patch{Name: &name})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = list.String()
		if _, err := s.Addressbook.Import(ctx, list, strings.NewReader("email,city\nanna@example.com,Lyon\nbruno@example.com,Nice\nchloe@example.com,\n"), nil); err != nil {
			t.Fatal(err)
		}
	}
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	way := httptest.NewServer(httputil.NewSingleHostReverseProxy(to))
	defer way.Close()
	c := console{t, filepath.Join(t.TempDir(), "data")}
	c.run(exitDone, password+"\n", "login", "--server", way.URL, "--email", "anna@example.com", "--password-stdin")
	lists := func() map[string]syncclient.List {
		t.Helper()
		out, _ := c.run(exitDone, "", "lists", "--json")
		var all []syncclient.List
		if err := json.Unmarshal([]byte(out), &all); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		named := map[string]syncclient.List{}
		for _, l := range all {
			named[l.Name] = l
		}
		return named
	}

	t.Run("before the first sync", func(t *testing.T) {
		out, _ := c.run(exitDone, "", "lists")
		c.mustSay(out, "Customers", "contact list", "3 rows", "about 0.1 MB", "to come")
		out, _ = c.run(exitDone, "", "keep", "Customers")
		c.mustSay(out, "kept already")
		out, _ = c.run(exitDone, "", "drop", "Customers")
		c.mustSay(out, `"Customers" is not kept on this computer any more`)
		if l := lists()["Customers"]; l.Kept || l.Rows != 3 || l.Bytes == 0 {
			t.Errorf("it is %+v", l)
		}
		c.run(exitDone, "", "sync")
		if l := lists()["Customers"]; l.Kept || l.Complete || l.BytesHere != 0 {
			t.Errorf("it is %+v", l)
		}
		out, _ = c.run(exitDone, "", "status")
		c.mustSay(out, "current", "Customers", "(not kept here)")
		out, _ = c.run(exitDone, "", "verify")
		c.mustSay(out, "how rows stand", "the same")
	})
	t.Run("says what is wrong", func(t *testing.T) {
		_, notes := c.run(exitUsage, "", "drop", "Nobodys")
		c.mustSay(notes, `no list, blacklist or campaign with leads called "Nobodys"`)
		_, notes = c.run(exitUsage, "", "drop", "Twins")
		c.mustSay(notes, "everal are called", ids["Twins"])
		out, _ := c.run(exitDone, "", "drop", "Customers")
		c.mustSay(out, "was not kept on this computer")
		for _, wrong := range [][]string{{"--first", "101"}, {"--first=-1"}, {"--after", "nowhere"}, {"--search", strings.Repeat("x", 301)}} {
			_, notes = c.run(exitUsage, "", append([]string{"rows", "Customers"}, wrong...)...)
			if strings.Contains(notes, "sk for") {
				t.Errorf("%v: %s", wrong, notes)
			}
		}
		c.run(exitDone, "", "rows", "customers", "--first", "0")
	})
	t.Run("keeps a small list however short the disk is", func(t *testing.T) {
		c.run(exitDone, "", "keep", "Customers", "--reserve", "1000000000")
		out, _ := c.run(exitDone, "", "keep", "Customers")
		c.mustSay(out, "is kept already")
		c.run(exitDone, "", "drop", "Customers")
	})
	t.Run("shows rows of what is not kept", func(t *testing.T) {
		out, notes := c.run(exitDone, "", "rows", "Customers", "--first", "2")
		c.mustSay(out, "email", "anna@example.com", "Lyon", "bruno@example.com")
		c.mustSay(notes, "2 of 3 rows", "--after ")
		_, cursor, _ := strings.Cut(strings.TrimSpace(notes), "--after ")
		out, notes = c.run(exitDone, "", "rows", "Customers", "--after", cursor)
		c.mustSay(out, "chloe@example.com")
		if strings.Contains(out, "anna") || strings.Contains(notes, "--after") {
			t.Errorf("the second page is %s%s", out, notes)
		}
		out, _ = c.run(exitDone, "", "rows", ids["Customers"], "--search", "bruno", "--json")
		var page syncclient.ListRows
		if err := json.Unmarshal([]byte(out), &page); err != nil || page.Total != 1 || page.Rows[0]["city"] != "Nice" || page.Next != "" {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("over the socket of the one that runs", func(t *testing.T) {
		r := c.follow()
		r.until("upToDate")
		out, _ := c.run(exitDone, "", "control", "lists")
		c.mustSay(out, `"name":"Customers"`, `"kept":false`)
		c.run(exitDone, "", "control", "keep", "customers")
		for e := r.until("changed"); e["item"] != ids["Customers"]; e = r.until("changed") {
		}
		r.until("upToDate")
		if l := lists()["Customers"]; !l.Kept || !l.Complete || l.BytesHere < 20_000 { // most of it is in its journal
			t.Errorf("it is %+v", l)
		}
		out, _ = c.run(exitDone, "", "drop", ids["Customers"])
		c.mustSay(out, "not to be kept on this computer", "the partage-sync that is running deletes its rows")
		for e := r.until("changed"); e["item"] != ids["Customers"]; e = r.until("changed") {
		}
		out, _ = c.run(exitDone, "", "control", "rows", ids["Customers"])
		c.mustSay(out, `"total":3`, `"email":"chloe@example.com"`)
		_, notes := c.run(exitUsage, "", "control", "drop", "Twins")
		c.mustSay(notes, "everal are called", ids["Twins"])
		c.run(exitUsage, "", "control", "rows", "Nobodys")
		_, notes = c.run(exitUsage, "", "control", "drop", strings.Replace(ids["Customers"], "0", "1", 1))
		c.mustSay(notes, "There is no such list, blacklist or campaign with leads")
		r.drain()
		c.run(exitDone, "", "control", "stop")
		if code := <-r.code; code != exitDone {
			t.Errorf("it ended with %d", code)
		}
	})
	t.Run("without contact", func(t *testing.T) {
		way.CloseClientConnections()
		way.Close()
		if l := lists()["Customers"]; l.Kept || l.Rows != 3 || l.Bytes != 0 {
			t.Errorf("it is %+v", l)
		}
		out, _ := c.run(exitDone, "", "keep", "Customers")
		c.mustSay(out, "a size that the server would tell")
		c.run(exitServer, "", "rows", "Customers")
	})
}
