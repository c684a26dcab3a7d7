package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

const badStage = `
owner     anna
manager   bruno
list      customers by anna
list      looked-at by anna
blacklist unwanted  by anna
campaign  spring    by anna to customers
template  letter    by anna
access bruno view looked-at
list      secret-list      by anna restricted
blacklist secret-blacklist by anna restricted
campaign  secret-campaign  by anna restricted
template  secret-template  by anna restricted

account there
owner     zoe
list      foreign-list      by zoe
blacklist foreign-blacklist by zoe
campaign  foreign-campaign  by zoe
template  foreign-template  by zoe
`

// badInput is a server over which bad input goes. What it logs is kept: bad input is no news to an operator.
type badInput struct {
	*play
	log *lines
}

func eachBadInput(t *testing.T, f func(*testing.T, *badInput)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		log := &lines{}
		s := servertest.Start(t, c, func(c *app.Config) {
			c.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		})
		b := &badInput{&play{T: t, server: s, world: scenario.New(t, s), saved: make(map[string]any)}, log}
		b.world.Set(badStage)
		b.prepare()
		f(t, b)
		if log.String() != "" {
			t.Errorf("what callers do wrong was logged: %s", log)
		}
	})
}

// prepare makes what the stage cannot say.
func (b *badInput) prepare() {
	b.Helper()
	anna := b.world.As(b.world.Person("anna"))
	row := anna.Must(b, createContact, b.resolve(in(vars{"list": "@customers", "email": "other@example.com"})).(map[string]any))
	b.saved["other-row"] = row.At("createContact.contact.id")
	made := anna.Must(b, createCampaign, in(vars{"name": "moved"}))
	b.saved["moved"] = made.At("createCampaign.campaign.id")
	anna.Must(b, changeCampaign, in(vars{"id": b.saved["moved"], "baseVersion": 1, "subject": "theirs"}))
	own := b.world.As(b.world.Person("bruno")).Must(b, createTemplate, in(vars{"name": "own"}))
	b.saved["own"] = own.At("createTemplate.template.id")
	page := b.world.As(b.world.Person("bruno")).Must(b, `{ items(first: 1) { pageInfo { endCursor } } }`, nil)
	b.saved["list-cursor"] = page.At("items.pageInfo.endCursor")
}

// lines is a log that is written to at once by many.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(data)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The operations that bad input goes into.
const (
	createCampaign  = `mutation($in: CreateCampaignInput!) { createCampaign(input: $in) { campaign { id } errors { code field message } } }`
	changeCampaign  = `mutation($in: ChangeCampaignInput!) { changeCampaign(input: $in) { campaign { id } conflicts { field } errors { code field message } } }`
	createTemplate  = `mutation($in: CreateTemplateInput!) { createTemplate(input: $in) { template { id } errors { code field message } } }`
	createList      = `mutation($in: CreateContactListInput!) { createContactList(input: $in) { contactList { id } errors { code field message } } }`
	createContact   = `mutation($in: CreateContactInput!) { createContact(input: $in) { contact { id } errors { code field message } } }`
	changeContact   = `mutation($in: ChangeContactInput!) { changeContact(input: $in) { contact { id } conflicts { field } errors { code field message } } }`
	createEntry     = `mutation($in: CreateBlacklistEntryInput!) { createBlacklistEntry(input: $in) { entry { id } errors { code field message } } }`
	changeEntry     = `mutation($in: ChangeBlacklistEntryInput!) { changeBlacklistEntry(input: $in) { entry { id } errors { code field message } } }`
	duplicateItem   = `mutation($in: DuplicateItemInput!) { duplicateItem(input: $in) { item { id } errors { code field message } } }`
	setAccess       = `mutation($in: SetAccessInput!) { setAccess(input: $in) { item { id } errors { code field message } } }`
	logIn           = `mutation($in: LogInInput!) { logIn(input: $in) { token errors { code field message } } }`
	signUp          = `mutation($in: SignUpInput!) { signUp(input: $in) { token errors { code field message } } }`
	changePassword  = `mutation($in: ChangePasswordInput!) { changePassword(input: $in) { errors { code field message } } }`
	resetPassword   = `mutation($in: ResetPasswordInput!) { resetPassword(input: $in) { done errors { code field message } } }`
	itemsPage       = `query($first: Int, $last: Int, $after: String, $before: String, $search: String, $orderBy: ItemOrder! = CHANGED) { items(first: $first, last: $last, after: $after, before: $before, search: $search, orderBy: $orderBy) { totalCount } }`
	contactsPage    = `query($id: ID!, $first: Int, $after: String, $search: String) { node(id: $id) { ... on ContactList { contacts(first: $first, after: $after, search: $search) { totalCount edges { cursor } } } } }`
	peoplePage      = `query($search: String) { collaborators(first: 5, search: $search) { totalCount } }`
	changesPage     = `query($after: String, $first: Int! = 200) { changes(after: $after, first: $first) { next } }`
	rowsPage        = `query($bucket: ID!, $after: String, $first: Int! = 200) { bucketChanges(bucket: $bucket, after: $after, first: $first) { next } }`
	nodesOf         = `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`
	notThere        = `NOT_FOUND There is no such %s, or it is not shared with you.`
	wholeNumber     = `must be a whole number from -2147483648 to 2147483647.`
	oneLine         = `This is one line of text, without line breaks or control characters.`
	foreignCursor   = `BAD_USER_INPUT This is not a cursor of this list in this order.`
	foreignPosition = `BAD_USER_INPUT This is not a cursor of yours for this.`
)

type vars = map[string]any

// in is the variable that mutations take.
func in(fields vars) vars { return vars{"in": fields} }

// TestBadInput lists what was tried over HTTP against a whole server, as a manager, and what is said to it.
// What concerns the wire alone (bodies, JSON, documents, sockets) is listed in the tests of graph/edge.
func TestBadInput(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		for what, try := range badInputs() {
			t.Run(what, func(t *testing.T) {
				variables, _ := b.resolve(try.with).(map[string]any)
				if got := outcome(b.world.As(b.world.Person("bruno")).Ask(t, try.query, variables)); got != try.answer {
					t.Errorf("answered %q\ninstead of %q", got, try.answer)
				}
			})
		}
	})
}

// outcome is what came of an operation in one line: the answer's error, or the first mistake that its payload
// tells, or nothing.
func outcome(a servertest.Answer) string {
	if len(a.Errors) > 0 {
		return a.Error()
	}
	data, _ := a.Data.(map[string]any)
	for _, payload := range data {
		if errs, ok := servertest.At(payload, "errors").([]any); ok && len(errs) > 0 {
			return fmt.Sprintf("%v %v: %v", servertest.At(errs[0], "code"), servertest.At(errs[0], "field"), servertest.At(errs[0], "message"))
		}
		if fields, ok := servertest.At(payload, "conflicts").([]any); ok && len(fields) > 0 {
			return fmt.Sprintf("a conflict on %v", servertest.At(fields[0], "field"))
		}
	}
	return ""
}

type badTry struct {
	query  string
	with   vars
	answer string
}

func badInputs() map[string]badTry {
	long := strings.Repeat
	return map[string]badTry{
		// Types.
		"a version in a string":           {changeCampaign, in(vars{"id": "@spring", "baseVersion": "1"}), "BAD_USER_INPUT $in.baseVersion " + wholeNumber},
		"a version beyond 32 bits":        {changeCampaign, in(vars{"id": "@spring", "baseVersion": 1 << 31}), "BAD_USER_INPUT $in.baseVersion " + wholeNumber},
		"a version beyond 64 bits":        {changeCampaign, in(vars{"id": "@spring", "baseVersion": json.Number("9223372036854775808")}), "BAD_USER_INPUT $in.baseVersion " + wholeNumber},
		"a version that is a fraction":    {changeCampaign, in(vars{"id": "@spring", "baseVersion": 1.5}), "BAD_USER_INPUT $in.baseVersion " + wholeNumber},
		"no version":                      {changeCampaign, in(vars{"id": "@spring"}), "BAD_USER_INPUT $in.baseVersion is missing."},
		"a version beyond 32 bits inside": {`mutation { changeTemplate(input: {id: "x", baseVersion: 2147483648}) { errors { code } } }`, nil, "BAD_USER_INPUT An Int is a whole number from -2147483648 to 2147483647."},
		"null for a name":                 {createCampaign, in(vars{"name": nil}), "BAD_USER_INPUT $in.name cannot be null."},
		"a number for a name":             {createCampaign, in(vars{"name": 5}), "BAD_USER_INPUT $in.name must be a string without NUL characters."},
		"an object for a name":            {createCampaign, in(vars{"name": vars{}}), "BAD_USER_INPUT $in.name must be a string without NUL characters."},
		"a list for an input":             {createCampaign, vars{"in": []any{vars{"name": "x"}}}, "BAD_USER_INPUT $in must be an object of type CreateCampaignInput."},
		"no input":                        {createCampaign, vars{}, "BAD_USER_INPUT The variable $in is missing."},
		"an object for an id":             {createCampaign, in(vars{"name": "x", "lists": []any{vars{"id": "x"}}}), "BAD_USER_INPUT $in.lists[0] must be an id in a string."},
		"null in a list of ids":           {createCampaign, in(vars{"name": "x", "lists": []any{nil}}), "BAD_USER_INPUT $in.lists[0] cannot be null."},
		"a field that is not known":       {createCampaign, in(vars{"name": "x", "owner": "me"}), "BAD_USER_INPUT $in.owner is not a field of CreateCampaignInput."},
		"a format that is not known":      {createCampaign, in(vars{"name": "x", "format": "TEXT"}), "BAD_USER_INPUT $in.format must be one of the values of BodyFormat."},
		"a format in small letters":       {createCampaign, in(vars{"name": "x", "format": "mjml"}), "BAD_USER_INPUT $in.format must be one of the values of BodyFormat."},
		"a level that is not known":       {setAccess, in(vars{"item": "@customers", "collaborator": "@bruno", "level": "OWN"}), "BAD_USER_INPUT $in.level must be one of the values of AccessLevel."},
		"an order that is not known":      {itemsPage, vars{"first": 1, "orderBy": "SIZE"}, "BAD_USER_INPUT $orderBy must be one of the values of ItemOrder."},
		"a kind that is not known":        {`{ items(first: 1, kinds: [LEAD]) { totalCount } }`, nil, `BAD_USER_INPUT Value "LEAD" does not exist in "ItemKind!" enum.`},

		// Pages.
		"a page without a size":             {itemsPage, vars{}, `BAD_USER_INPUT "items" needs either "first" or "last", from 1 to 100.`},
		"a page of nothing":                 {itemsPage, vars{"first": 0}, `BAD_USER_INPUT "first" of "items" must be from 1 to 100.`},
		"a page of less than nothing":       {itemsPage, vars{"last": -5}, `BAD_USER_INPUT "last" of "items" must be from 1 to 100.`},
		"a huge page":                       {itemsPage, vars{"first": 1<<31 - 1}, `BAD_USER_INPUT "first" of "items" must be from 1 to 100.`},
		"first and last":                    {itemsPage, vars{"first": 1, "last": 1}, `BAD_USER_INPUT "items" needs either "first" or "last", from 1 to 100.`},
		"first and before":                  {itemsPage, vars{"first": 1, "before": "@list-cursor"}, "BAD_USER_INPUT Ask for the first nodes (after a cursor) or the last ones (before a cursor)."},
		"last and after":                    {itemsPage, vars{"last": 1, "after": "@list-cursor"}, "BAD_USER_INPUT Ask for the first nodes (after a cursor) or the last ones (before a cursor)."},
		"a huge page of contacts":           {contactsPage, vars{"id": "@customers", "first": 101}, `BAD_USER_INPUT "first" of "contacts" must be from 1 to 100.`},
		"huge pages in a huge page":         {`{ campaigns(first: 100) { edges { node { lists { contacts(first: 100) { edges { node { id } } } } } } } }`, nil, "QUERY_TOO_COMPLEX This could read 50600 objects; one request may read 10500. Ask for smaller pages or fewer levels."},
		"a preview for each of a huge page": {`{ items(first: 100) { edges { node { ... on Campaign { a: preview { html } b: preview { html } c: preview { html } } } } } }`, nil, "QUERY_TOO_COMPLEX This could cost 30201; one request may cost 30000. Ask for smaller pages or fewer fields."},
		"a huge page of changes":            {changesPage, vars{"first": 501}, `BAD_USER_INPUT "first" of "changes" must be from 1 to 500.`},
		"no page of changes":                {changesPage, vars{"first": 0}, `BAD_USER_INPUT "first" of "changes" must be from 1 to 500.`},
		"a huge page of rows":               {rowsPage, vars{"bucket": "@customers", "first": 1000}, `BAD_USER_INPUT "first" of "bucketChanges" must be from 1 to 500.`},
		"101 ids":                           {nodesOf, vars{"ids": strings.Fields(long("x ", 101))}, `BAD_USER_INPUT "nodes" takes at most 100 ids.`},
		"two passwords in one request":      {`mutation { a: logIn(input: {email: "a@example.com", password: "x"}) { token } b: logIn(input: {email: "a@example.com", password: "y"}) { token } }`, nil, "QUERY_TOO_COMPLEX This could cost 40000; one request may cost 30000. Ask for smaller pages or fewer fields."},

		// Texts.
		"a name of nothing":              {createCampaign, in(vars{"name": ""}), "INVALID name: A name is missing."},
		"a name of spaces":               {createCampaign, in(vars{"name": " \t "}), "INVALID name: A name is missing."},
		"a long name":                    {createCampaign, in(vars{"name": long("é", 201)}), "INVALID name: At most 200 characters are possible; these are 201."},
		"a name with a line break":       {createCampaign, in(vars{"name": "a\nb"}), "INVALID name: " + oneLine},
		"a name with a control":          {createCampaign, in(vars{"name": "a\x1bb"}), "INVALID name: " + oneLine},
		"a name with a NUL":              {createCampaign, in(vars{"name": "a\x00b"}), "BAD_USER_INPUT $in.name must be a string without NUL characters."},
		"a name with a NUL inside":       {`mutation { createTemplate(input: {name: "a\u0000b"}) { errors { code field message } } }`, nil, "BAD_USER_INPUT Text cannot hold NUL characters."},
		"a new name with a control":      {changeCampaign, in(vars{"id": "@spring", "baseVersion": 1, "name": "a\u0085b"}), "INVALID name: " + oneLine},
		"a copy's name with a control":   {duplicateItem, in(vars{"id": "@customers", "name": "a\x7fb"}), "INVALID name: " + oneLine},
		"a subject with a line break":    {createCampaign, in(vars{"name": "x", "subject": "Hi\r\nBcc: all@example.com"}), "INVALID subject: " + oneLine},
		"a long subject":                 {createCampaign, in(vars{"name": "x", "subject": long("x", 999)}), "INVALID subject: At most 998 characters are possible; these are 999."},
		"a long preheader":               {createTemplate, in(vars{"name": "x", "preheader": long("x", 501)}), "INVALID preheader: At most 500 characters are possible; these are 501."},
		"a long description":             {createList, in(vars{"name": "x", "description": long("x", 2001)}), "INVALID description: At most 2000 characters are possible; these are 2001."},
		"a body of more than 1 MB":       {createTemplate, in(vars{"name": "x", "body": long("x", 1<<20+1)}), "INVALID body: A body has at most 1048576 bytes; this one has 1048577."},
		"a body of more than a request":  {createTemplate, in(vars{"name": "x", "body": long("x", 2<<20)}), "QUERY_TOO_COMPLEX A request may have at most 2097152 bytes."},
		"a sender with a line break":     {createCampaign, in(vars{"name": "x", "senderName": "A\nB"}), "INVALID senderName: " + oneLine},
		"a sender that is no address":    {createCampaign, in(vars{"name": "x", "senderEmail": "a b@example.com"}), `INVALID senderEmail: "a b@example.com" is not an email address: a space cannot stand before the @.`},
		"an answer to two addresses":     {createCampaign, in(vars{"name": "x", "replyTo": "a@example.com, b@example.com"}), `INVALID replyTo: "a@example.com, b@example.com" is not an email address: it needs exactly one @, as in name@example.com.`},
		"more lists than a campaign has": {createCampaign, in(vars{"name": "x", "lists": manyIDs(101)}), "INVALID lists: At most 100 can be named."},
		"a search for very much":         {itemsPage, vars{"first": 1, "search": long("x", 100_000)}, "BAD_USER_INPUT A search has at most 300 characters."},
		"a search with wildcards":        {itemsPage, vars{"first": 1, "search": "%_\\' OR 1=1 --"}, ""},
		"contacts by a long search":      {contactsPage, vars{"id": "@customers", "first": 1, "search": long("x", 100_000)}, "BAD_USER_INPUT A search has at most 300 characters."},
		"people by a long search":        {peoplePage, vars{"search": long("x", 100_000)}, "BAD_USER_INPUT A search has at most 300 characters."},

		// Rows.
		"an address that is none":        {createContact, in(vars{"list": "@customers", "email": "nobody"}), `INVALID email: "nobody" is not an email address: it needs exactly one @, as in name@example.com.`},
		"an address with a line break":   {createContact, in(vars{"list": "@customers", "email": "a@example.com\r\nBcc: b@example.com"}), `INVALID email: "a@example.com\r\nBcc: b@example.com" is not an email address: it needs exactly one @, as in name@example.com.`},
		"a duplicate contact":            {createContact, in(vars{"list": "@customers", "email": "@customers.value"}), "CONFLICT email: The list has this address already."},
		"a change to a duplicate":        {changeContact, in(vars{"id": "@other-row", "baseVersion": 1, "email": "@customers.value"}), "CONFLICT email: The list has this address already."},
		"a long first name":              {createContact, in(vars{"list": "@customers", "email": "a@example.com", "firstName": long("x", 101)}), "INVALID firstName: At most 100 characters are possible; these are 101."},
		"a field without a name":         {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": []any{vars{"name": " ", "value": "x"}}}), "INVALID fields: The name of a further field is missing."},
		"a field named twice":            {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": []any{vars{"name": "x", "value": "1"}, vars{"name": "x", "value": "2"}}}), `BAD_USER_INPUT The field "x" is named twice.`},
		"a field named almost twice":     {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": []any{vars{"name": "x", "value": "1"}, vars{"name": " x", "value": "2"}}}), `INVALID fields: The field "x" is named twice.`},
		"a long field":                   {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": []any{vars{"name": "x", "value": long("x", 2001)}}}), "INVALID fields: At most 2000 characters are possible; these are 2001."},
		"201 fields":                     {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": manyFields(201, "x")}), "INVALID fields: A contact has at most 200 further fields."},
		"fields of much text":            {createContact, in(vars{"list": "@customers", "email": "a@example.com", "fields": manyFields(20, long("x", 2000))}), "INVALID fields: The further fields of a contact have at most 32768 bytes together."},
		"a version that is to come":      {changeContact, in(vars{"id": "@customers.row", "baseVersion": 2, "city": "x"}), "INVALID baseVersion: There is no version 2; the newest is 1."},
		"a version before the first":     {changeContact, in(vars{"id": "@customers.row", "baseVersion": 0, "city": "x"}), "INVALID baseVersion: There is no version 0; the newest is 1."},
		"a negative version":             {changeCampaign, in(vars{"id": "@spring", "baseVersion": -1, "subject": "x"}), "INVALID baseVersion: There is no version -1; the newest is 1."},
		"a stale change":                 {changeCampaign, in(vars{"id": "@moved", "baseVersion": 1, "subject": "mine"}), "a conflict on subject"},
		"an entry of nothing":            {createEntry, in(vars{"blacklist": "@unwanted", "value": " "}), "INVALID value: A domain is missing."},
		"an entry that is no domain":     {createEntry, in(vars{"blacklist": "@unwanted", "value": "http://example.com/x"}), `INVALID value: "http://example.com/x" is not a domain: the domain has characters that domains cannot have.`},
		"a duplicate entry":              {createEntry, in(vars{"blacklist": "@unwanted", "value": "@unwanted.value"}), "CONFLICT value: The blacklist has this entry already."},
		"a long note":                    {changeEntry, in(vars{"id": "@unwanted.row", "baseVersion": 1, "note": long("x", 501)}), "INVALID note: At most 500 characters are possible; these are 501."},
		"an entry's version that is not": {changeEntry, in(vars{"id": "@unwanted.row", "baseVersion": 7, "note": "x"}), "INVALID baseVersion: There is no version 7; the newest is 1."},

		// People.
		"a login without an address":            {logIn, in(vars{"email": "", "password": "x"}), "INVALID email: An email address is missing."},
		"a login with a very long secret":       {logIn, in(vars{"email": "nobody@example.com", "password": long("x", 1<<20)}), "INVALID password: The address or the password is wrong."},
		"a sign-up with a common secret":        {signUp, in(vars{"email": "a@example.com", "password": "1234567890", "firstName": "A", "lastName": "B", "accountName": "C"}), "INVALID password: This password is among the first that are guessed. Choose another."},
		"a sign-up with a long secret":          {signUp, in(vars{"email": "a@example.com", "password": long("xyz!", 65), "firstName": "A", "lastName": "B", "accountName": "C"}), "INVALID password: The password has at most 256 characters."},
		"a sign-up under no name that one sees": {signUp, in(vars{"email": "a@example.com", "password": "a long secret", "firstName": "\u3164", "lastName": "B", "accountName": "C"}), "INVALID firstName: The first name needs a letter."},
		"a sign-up under a turned name":         {signUp, in(vars{"email": "a@example.com", "password": "a long secret", "firstName": "A\u202eB", "lastName": "B", "accountName": "C"}), "INVALID firstName: The first name contains characters that cannot be shown."},
		"a sign-up with a long device":          {signUp, in(vars{"email": "a@example.com", "password": "a long secret", "firstName": "A", "lastName": "B", "accountName": "C", "device": long("x", 101)}), "INVALID device: The name of the device has at most 100 characters."},
		"a new password that is the old":        {changePassword, in(vars{"oldPassword": scenario.Password, "newPassword": scenario.Password}), "INVALID newPassword: The new password is the old one."},
		"a password by a link of nonsense":      {resetPassword, in(vars{"token": "nonsense", "newPassword": "a long secret"}), "INVALID token: This link was used already or has expired. Ask for a new one."},
		"an address that is a header":           {signUp, in(vars{"email": "a@example.com\nCc: b@example.com", "password": "a long secret", "firstName": "A", "lastName": "B", "accountName": "C"}), `INVALID email: "a@example.com\nCc: b@example.com" is not an email address: it needs exactly one @, as in name@example.com.`},
	}
}

func manyIDs(n int) []any {
	ids := make([]any, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("list_00000000-0000-7000-8000-%012d", i)
	}
	return ids
}

func manyFields(n int, value string) []any {
	fields := make([]any, n)
	for i := range fields {
		fields[i] = vars{"name": fmt.Sprint("field ", i), "value": value}
	}
	return fields
}
