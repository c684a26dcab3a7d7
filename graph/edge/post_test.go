package edge_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partage-mail/partage/graph/edge"
	"github.com/partage-mail/partage/server/fault"
)

const viewerQuery = `{"query":"{ viewer { user { id } } }"}`

func repeat(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestPostRefuses lists what was tried over HTTP and what is said to it.
func TestPostRefuses(t *testing.T) {
	f := setup(t)
	for name, test := range map[string]struct {
		body    string
		headers []string
		status  int
		answer  string
	}{
		"a form":                     {"query=x", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "BAD_USER_INPUT Send the request as application/json."},
		"plain text":                 {viewerQuery, []string{"Content-Type", "text/plain"}, 415, "BAD_USER_INPUT Send the request as application/json."},
		"no content type":            {viewerQuery, []string{"Content-Type", ""}, 415, "BAD_USER_INPUT Send the request as application/json."},
		"application/graphql":        {"{ viewer { user { id } } }", []string{"Content-Type", "application/graphql"}, 415, "BAD_USER_INPUT Send the request as application/json."},
		"multipart":                  {"--x\r\n\r\n--x--", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "BAD_USER_INPUT Send the request as application/json."},
		"another charset":            {viewerQuery, []string{"Content-Type", "application/json; charset=utf-16"}, 415, "BAD_USER_INPUT Send the request as application/json in UTF-8."},
		"an unknown parameter":       {viewerQuery, []string{"Content-Type", "application/json; version=1"}, 415, "BAD_USER_INPUT Send the request as application/json in UTF-8."},
		"a compressed body":          {viewerQuery, []string{"Content-Encoding", "gzip"}, 415, "BAD_USER_INPUT Send the request without a content encoding."},
		"nothing":                    {"", nil, 400, "BAD_USER_INPUT The JSON cannot be read: The JSON ends where a value is expected (at byte 0)."},
		"no JSON":                    {"query", nil, 400, "BAD_USER_INPUT The JSON cannot be read: A JSON value is expected, not 'q' (at byte 0)."},
		"a batch":                    {"[" + viewerQuery + "]", nil, 400, "BAD_USER_INPUT Send one operation in a JSON object; batches are not supported."},
		"a string":                   {`"{ viewer }"`, nil, 400, `BAD_USER_INPUT Send a JSON object with the key "query".`},
		"no query":                   {`{"variables":{}}`, nil, 400, `BAD_USER_INPUT "query" is missing.`},
		"an empty query":             {`{"query":""}`, nil, 400, `BAD_USER_INPUT "query" is missing.`},
		"a persisted query":          {`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, nil, 400, `BAD_USER_INPUT "query" is missing.`},
		"a query that is a number":   {`{"query":5}`, nil, 400, `BAD_USER_INPUT "query" must be a string.`},
		"variables in a string":      {`{"query":"{ a }","variables":"{}"}`, nil, 400, `BAD_USER_INPUT "variables" must be an object or null.`},
		"variables in an array":      {`{"query":"{ a }","variables":[]}`, nil, 400, `BAD_USER_INPUT "variables" must be an object or null.`},
		"an operation name in parts": {`{"query":"{ a }","operationName":["x"]}`, nil, 400, `BAD_USER_INPUT "operationName" must be a string or null.`},
		"extensions in a string":     {`{"query":"{ a }","extensions":"x"}`, nil, 400, `BAD_USER_INPUT "extensions" must be an object or null.`},
		"an unknown key":             {`{"query":"{ a }","variable":{}}`, nil, 400, `BAD_USER_INPUT The key "variable" is not known; there are query, operationName, variables and extensions.`},
		"a key in capitals":          {`{"Query":"{ a }"}`, nil, 400, `BAD_USER_INPUT The key "Query" is not known; there are query, operationName, variables and extensions.`},
		"a key twice":                {`{"query":"{ a }","query":"{ b }"}`, nil, 400, `BAD_USER_INPUT The JSON cannot be read: The name "query" is given twice in one JSON object (at byte 17).`},
		"a variable twice":           {`{"query":"{ a }","variables":{"x":{"y":1,"y":2}}}`, nil, 400, `BAD_USER_INPUT The JSON cannot be read: The name "y" is given twice in one JSON object (at byte 41).`},
		"two requests in one":        {viewerQuery + viewerQuery, nil, 400, "BAD_USER_INPUT The JSON cannot be read: There is something after the end of the JSON value (at byte 38)."},
		"text that is not UTF-8":     {"{\"query\":\"\xff\"}", nil, 400, "BAD_USER_INPUT The JSON cannot be read: The text is not valid UTF-8 (at byte 10)."},
		"half a surrogate pair":      {`{"query":"{ a }","variables":{"x":"\ud83d"}}`, nil, 400, "BAD_USER_INPUT The JSON cannot be read: An escape in a JSON string is not valid (at byte 35)."},
		"3 MB":                       {query("{ viewer }" + strings.Repeat(" ", 3<<20)), nil, 413, "QUERY_TOO_COMPLEX A request may have at most 2097152 bytes."},
		"1 MB of [ as JSON":          {strings.Repeat("[", 1<<20), nil, 400, "QUERY_TOO_COMPLEX The JSON nests deeper than 16 (at byte 16)."},
		"1 MB of [ as a variable":    {`{"query":"{ a }","variables":{"x":` + strings.Repeat("[", 1<<20), nil, 400, "QUERY_TOO_COMPLEX The JSON nests deeper than 16 (at byte 48)."},
		"a flood of variables":       {`{"query":"{ a }","variables":{"x":[` + strings.Repeat("0,", 20_000) + "0]}}", nil, 400, "QUERY_TOO_COMPLEX There are more than 20000 JSON values (at byte 40027)."},
		"1 MB of [ in a query":       {query("{ a(x: " + strings.Repeat("[", 1<<20)), nil, 200, "BAD_USER_INPUT exceeded maximum nesting depth of 1000"},
		"1 MB of { in a query":       {query(strings.Repeat("{a", 1<<19)), nil, 200, "BAD_USER_INPUT exceeded maximum nesting depth of 1000"},
		"a flood of tokens":          {query("{" + strings.Repeat(" a", 500_000) + "}"), nil, 200, "QUERY_TOO_COMPLEX A document may have at most 10000 tokens."},
		"a flood of comments":        {query("{ viewer { user { id } } }" + strings.Repeat("#\n", 500_000)), nil, 200, "QUERY_TOO_COMPLEX A document may have at most 10000 tokens."},
		"a query without an end":     {query("{ viewer { "), nil, 200, "BAD_USER_INPUT Expected Name, found <EOF>"},
		"a long token":               {query("{ viewer " + strings.Repeat("x", 10) + `"` + strings.Repeat("y", 1<<20) + `" }`), nil, 200, "BAD_USER_INPUT Expected Name, found String"},
		"only a fragment":            {query("fragment F on Query { viewer { user { id } } }"), nil, 200, "BAD_USER_INPUT The document holds no operation."},
		"only a comment":             {query("# nothing"), nil, 200, "BAD_USER_INPUT The document holds no operation."},
		"a schema":                   {query("type Query { a: Int }"), nil, 200, `BAD_USER_INPUT Unexpected Name "type"`},
		"no operation of that name":  {`{"query":"query A { viewer { user { id } } }","operationName":"B"}`, nil, 200, `BAD_USER_INPUT The document holds no operation named "B".`},
		"no name for one of two":     {query("query A { viewer { user { id } } } query B { viewer { user { id } } }"), nil, 200, `BAD_USER_INPUT The document holds 2 operations: say which one with "operationName".`},
		"deep nesting":               {query(strings.Repeat("{ a ", 21) + strings.Repeat("}", 21)), nil, 200, "QUERY_TOO_COMPLEX Fields may nest at most 20 deep."},
		"an alias bomb":              {query("{" + repeat(" a%d: viewer { user { id } }", 101) + "}"), nil, 200, "QUERY_TOO_COMPLEX A document may have at most 100 aliases."},
		"a wide query":               {query("{" + repeat(" a%d", 2001) + "}"), nil, 200, "QUERY_TOO_COMPLEX An operation may select at most 2000 fields, counting a fragment wherever it is spread."},
		"repeated fields":            {query("{" + strings.Repeat(" viewer { user { id } }", 51) + "}"), nil, 200, `QUERY_TOO_COMPLEX "viewer" may stand at most 50 times at one place.`},
		"a fragment cycle":           {query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"), nil, 200, `BAD_USER_INPUT The fragment "A" spreads itself.`},
		"fragments that double":      {query("{ ...F0 }" + repeat(" fragment F%[1]d on Query { x%[1]d: node(id: 1) { ...N ...N } }", 1) + " fragment N on Node {" + repeat(" a%d: id", 99) + strings.Repeat(" ...M", 40) + " } fragment M on Node {" + strings.Repeat(" id", 50) + "}"), nil, 200, "QUERY_TOO_COMPLEX An operation may select at most 2000 fields, counting a fragment wherever it is spread."},
		"a directive flood":          {query("{ viewer" + strings.Repeat(" @skip(if: false)", 1000) + " { user { id } } }"), nil, 200, "QUERY_TOO_COMPLEX One place may have at most 4 directives."},
		"deferred fragments":         {query("{ ... @defer { viewer { user { id } } } }"), nil, 200, "BAD_USER_INPUT The directive @defer is not supported."},
		"an unknown field":           {query("{ viewers { user { id } } }"), nil, 200, `BAD_USER_INPUT Cannot query field "viewers" on type "Query".`},
		"an unknown argument":        {query("{ node(ids: 1) { id } }"), nil, 200, `BAD_USER_INPUT Unknown argument "ids" on field "Query.node".`},
		"an unknown type":            {query("{ node(id: 1) { ... on Campain { id } } }"), nil, 200, `BAD_USER_INPUT Unknown type "Campain".`},
		"an unknown enum value":      {query("{ campaigns(first: 1, orderBy: CHANGE) { totalCount } }"), nil, 200, `BAD_USER_INPUT Value "CHANGE" does not exist in "ItemOrder!" enum.`},
		"an enum value in quotes":    {query(`{ campaigns(first: 1, orderBy: "CHANGED") { totalCount } }`), nil, 200, `BAD_USER_INPUT Enum "ItemOrder!" cannot represent non-enum value: "CHANGED".`},
		"no selection of fields":     {query("{ viewer }"), nil, 200, `BAD_USER_INPUT Field "viewer" of type "Viewer!" must have a selection of subfields.`},
		"a string for a number":      {query(`{ campaigns(first: "1") { totalCount } }`), nil, 200, `BAD_USER_INPUT Int cannot represent non-integer value: "1"`},
		"a missing argument":         {query("{ node { id } }"), nil, 200, `BAD_USER_INPUT Field "node" argument "id" of type "ID!" is required, but it was not provided.`},
		"a deep introspection":       {query("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"), nil, 200, "BAD_USER_INPUT Maximum introspection depth exceeded"},
		"a subscription":             {query("subscription { changed { workspace } }"), nil, 200, "BAD_USER_INPUT Subscriptions run over a WebSocket, with the subprotocol graphql-transport-ws."},
		"no page size":               {query("{ campaigns { totalCount } }"), nil, 200, `BAD_USER_INPUT "campaigns" needs either "first" or "last", from 1 to 100.`},
		"first: 0":                   {query("{ campaigns(first: 0) { totalCount } }"), nil, 200, `BAD_USER_INPUT "first" of "campaigns" must be from 1 to 100.`},
		"first: -1":                  {query("{ campaigns(first: -1) { totalCount } }"), nil, 200, `BAD_USER_INPUT "first" of "campaigns" must be from 1 to 100.`},
		"first: 101":                 {query("{ campaigns(first: 101) { totalCount } }"), nil, 200, `BAD_USER_INPUT "first" of "campaigns" must be from 1 to 100.`},
		"first and last":             {query("{ campaigns(first: 1, last: 1) { totalCount } }"), nil, 200, `BAD_USER_INPUT "campaigns" needs either "first" or "last", from 1 to 100.`},
		"huge pages in huge pages": {query("{" + repeat(" a%d: contactLists(first: 100) { edges { node { contacts(first: 100) { edges { node { id } } } } } }", 2) + "}"), nil, 200,
			"QUERY_TOO_COMPLEX This could read 20200 objects; one request may read 10500. Ask for smaller pages or fewer levels."},
		"a token that is not one": {viewerQuery, []string{"Authorization", "Basic YTpi"}, 400, `BAD_USER_INPUT The authorization must read "Bearer", one space and the session's token.`},
		"an ended session":        {viewerQuery, []string{"Authorization", "Bearer gone"}, 200, "UNAUTHENTICATED The session has ended."},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.post(test.body, test.headers...)
			if r.status != test.status || r.first() != test.answer {
				t.Errorf("got %d %q\nnot %d %q", r.status, r.first(), test.status, test.answer)
			}
			if r.Data != nil || len(r.body) > 20_000 {
				t.Errorf("the answer is %.300s", r.body)
			}
		})
	}
	if f.log.String() != "" {
		t.Errorf("what callers do wrong was logged: %s", f.log)
	}
}

func TestMethods(t *testing.T) {
	f := setup(t)
	for _, method := range []string{"GET", "PUT", "DELETE", "PATCH"} {
		r := f.request(method, "", "Authorization", "Bearer anna")
		if r.status != 405 || r.header.Get("Allow") != "POST" || r.first() != "BAD_USER_INPUT GraphQL is spoken by POST here, and by WebSocket." {
			t.Errorf("%s: %d %q", method, r.status, r.first())
		}
	}
	if r := f.request("GET", "", "Upgrade", "h2c", "Connection", "Upgrade"); r.status != 400 || r.Errors[0].Extensions["code"] != "BAD_USER_INPUT" {
		t.Errorf("another upgrade: %d %q", r.status, r.first())
	}
}

// TestVariables lists variables and what is said to them.
func TestVariables(t *testing.T) {
	f := setup(t)
	f.answers.fields["campaigns"] = func(context.Context, map[string]any) (any, error) { return "ok", nil }
	f.answers.fields["nodes"] = f.answers.fields["campaigns"]
	f.answers.fields["createContact"] = f.answers.fields["campaigns"]
	const (
		page   = "query($n: Int, $o: ItemOrder! = CHANGED, $s: String) { campaigns(first: $n, orderBy: $o, search: $s) { totalCount } }"
		ids    = "query($i: [ID!]!) { nodes(ids: $i) { id } }"
		create = "mutation($c: CreateContactInput!, $b: Boolean = true) { createContact(input: $c) { contact @include(if: $b) { id } } }"
	)
	for name, test := range map[string]struct {
		document, variables, answer, field string
	}{
		"a page":                     {page, `{"n":7}`, "", ""},
		"more variables than needed": {page, `{"n":7,"x":[1]}`, "", ""},
		"null for what may be null":  {page, `{"n":7,"s":null}`, "", ""},
		"an id and a number":         {ids, `{"i":["a",5]}`, "", ""},
		"one value for a list":       {ids, `{"i":"a"}`, "", ""},
		"an input":                   {create, `{"c":{"list":"l","email":"a@b","fields":[{"name":"x","value":"y"}]},"b":false}`, "", ""},
		"a string for a number":      {page, `{"n":"7"}`, "BAD_USER_INPUT $n must be a whole number from -2147483648 to 2147483647.", "n"},
		"a fraction":                 {page, `{"n":7.5}`, "BAD_USER_INPUT $n must be a whole number from -2147483648 to 2147483647.", "n"},
		"beyond 32 bits":             {page, `{"n":2147483648}`, "BAD_USER_INPUT $n must be a whole number from -2147483648 to 2147483647.", "n"},
		"beyond 64 bits":             {page, `{"n":99999999999999999999}`, "BAD_USER_INPUT $n must be a whole number from -2147483648 to 2147483647.", "n"},
		"too large a page":           {page, `{"n":1000}`, `BAD_USER_INPUT "first" of "campaigns" must be from 1 to 100.`, ""},
		"null for a page":            {page, `{"n":null}`, `BAD_USER_INPUT "campaigns" needs either "first" or "last", from 1 to 100.`, ""},
		"an enum in small letters":   {page, `{"n":1,"o":"changed"}`, "BAD_USER_INPUT $o must be one of the values of ItemOrder.", "o"},
		"an enum as a number":        {page, `{"n":1,"o":0}`, "BAD_USER_INPUT $o must be one of the values of ItemOrder.", "o"},
		"null for an enum":           {page, `{"n":1,"o":null}`, "BAD_USER_INPUT $o cannot be null.", "o"},
		"a number for a string":      {page, `{"n":1,"s":5}`, "BAD_USER_INPUT $s must be a string without NUL characters.", "s"},
		"a NUL":                      {page, `{"n":1,"s":"a\u0000b"}`, "BAD_USER_INPUT $s must be a string without NUL characters.", "s"},
		"no ids":                     {ids, `{}`, "BAD_USER_INPUT The variable $i is missing.", "i"},
		"null among ids":             {ids, `{"i":["a",null]}`, "BAD_USER_INPUT $i[1] cannot be null.", "i[1]"},
		"a fraction for an id":       {ids, `{"i":[1.5]}`, "BAD_USER_INPUT $i[0] must be an id in a string.", "i[0]"},
		"true for an id":             {ids, `{"i":[true]}`, "BAD_USER_INPUT $i[0] must be an id in a string.", "i[0]"},
		"101 ids":                    {ids, `{"i":[` + strings.Repeat(`"x",`, 100) + `"x"]}`, `BAD_USER_INPUT "nodes" takes at most 100 ids.`, ""},
		"a string for an input":      {create, `{"c":"x"}`, "BAD_USER_INPUT $c must be an object of type CreateContactInput.", "c"},
		"a missing field":            {create, `{"c":{"list":"l"}}`, "BAD_USER_INPUT $c.email is missing.", "c.email"},
		"an unknown field":           {create, `{"c":{"list":"l","email":"a@b","mail":"x"}}`, "BAD_USER_INPUT $c.mail is not a field of CreateContactInput.", "c.mail"},
		"a mistake deep down":        {create, `{"c":{"list":"l","email":"a@b","fields":[{"name":"x","value":"y"},{"name":"x","value":false}]}}`, "BAD_USER_INPUT $c.fields[1].value must be a string without NUL characters.", "c.fields[1].value"},
		"a string for a truth":       {create, `{"c":{"list":"l","email":"a@b"},"b":"true"}`, "BAD_USER_INPUT $b must be true or false.", "b"},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.post(fmt.Sprintf(`{"query":%q,"variables":%s}`, test.document, test.variables))
			if r.first() != test.answer || r.status != 200 {
				t.Errorf("got %d %q, not %q", r.status, r.first(), test.answer)
			}
			if field := ""; len(r.Errors) > 0 {
				field, _ = r.Errors[0].Extensions["field"].(string)
				if field != test.field {
					t.Errorf("field %q is blamed, not %q", field, test.field)
				}
			}
		})
	}
}

func TestAnonymous(t *testing.T) {
	f := setup(t)
	f.answers.fields["logIn"] = func(context.Context, map[string]any) (any, error) { return "welcome", nil }
	const logIn = `logIn(input: {email: "a@b", password: "secret"}) { token }`
	const secret = "UNAUTHENTICATED Sign in first."
	const noFit = "BAD_USER_INPUT The document does not fit the schema. Sign in to be told why."
	for name, test := range map[string]struct{ document, answer string }{
		"may sign in":                           {"mutation { " + logIn + " }", ""},
		"may not look":                          {"{ viewer { user { id } } }", secret},
		"learns nothing of fields":              {"{ viewer { id } }", secret},
		"learns nothing of types":               {"{ node(id: 1) { ... on Secret { id } } }", secret},
		"learns nothing by introspection":       {"{ __schema { types { name } } }", secret},
		"learns nothing by __type":              {`{ __type(name: "User") { name } }`, secret},
		"learns nothing by __typename":          {"{ __typename }", secret},
		"may not subscribe":                     {"subscription { changed { workspace } }", secret},
		"may not change things":                 {"mutation { openAccount(input: {account: 1}) { token } }", secret},
		"may not ask two things":                {"mutation { " + logIn + " b: " + logIn + " }", secret},
		"may not hide behind an alias":          {"mutation { logIn: openAccount(input: {account: 1}) { token } }", secret},
		"may not hide in a fragment":            {"mutation { ...F } fragment F on Mutation { " + logIn + " }", secret},
		"may not hide in another operation":     {"mutation A { " + logIn + " } query B { viewer { user { id } } }", secret},
		"may not log in by a query":             {"query { " + logIn + " }", secret},
		"is not told of a mistake in a field":   {"mutation { logIn(input: {email: 1}) { tokens } }", noFit},
		"is not told of a mistake in fragments": {"mutation { " + logIn + " } fragment F on Nothing { x }", noFit},
		"is told of broken syntax":              {"mutation { ", "BAD_USER_INPUT Expected Name, found <EOF>"},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"query":` + fmt.Sprintf("%q", test.document) + `,"operationName":null}`
			if strings.Contains(name, "another operation") {
				body = strings.Replace(body, "null", `"A"`, 1)
			}
			for _, again := range []bool{false, true} {
				if r := f.post(body, "Authorization", ""); r.first() != test.answer {
					t.Errorf("got %q (again: %v)", r.first(), again)
				}
				// The second time, the document is one that someone signed in has sent before.
				f.post(body)
			}
		})
	}
	r := f.post(viewerQuery, "Authorization", "Bearer gone")
	if r.Errors[0].Extensions["reason"] != "SESSION_ENDED" {
		t.Errorf("an ended session is told %v", r.Errors[0].Extensions)
	}
	if r := f.post(query("mutation { "+logIn+" }"), "Authorization", "Bearer gone"); r.first() != "" {
		t.Errorf("an ended session cannot sign in again: %q", r.first())
	}
}

func TestSignedIn(t *testing.T) {
	f := setup(t)
	for _, again := range []bool{false, true} {
		r := f.post(viewerQuery)
		if r.status != 200 || r.body != `{"data":{"viewer":{"user":{"id":"s-anna"}}}}` {
			t.Errorf("got %d %s (again: %v)", r.status, r.body, again)
		}
		if r.header.Get("Content-Type") != "application/json; charset=utf-8" || r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("header is %v", r.header)
		}
	}
	if r := f.post(query("{ __schema { types { name } } }")); !strings.Contains(r.body, "introspection disabled: false") {
		t.Errorf("introspection: %s", r.body)
	}
	r := f.post(`{"query":"query A { viewer { user { id } } } query B { b: viewer { user { id } } }","operationName":"B","variables":null,"extensions":{}}`)
	if r.body != `{"data":{"b":{"user":{"id":"s-anna"}}}}` {
		t.Errorf("one of two operations: %s", r.body)
	}
}

func TestErrors(t *testing.T) {
	f := setup(t)
	var result error
	f.answers.fields["viewer"] = func(context.Context, map[string]any) (any, error) { return nil, result }
	f.answers.fields["node"] = func(context.Context, map[string]any) (any, error) { panic("the sky fell") }

	t.Run("a fault is told", func(t *testing.T) {
		limited := fault.New(fault.Exhausted, "Too many tries.")
		limited.RetryAfter, limited.Reason, limited.Field = 1500*time.Millisecond, "LOGIN", "email"
		result = fmt.Errorf("logging in: %w", limited)
		r := f.post(viewerQuery)
		want := `{"errors":[{"message":"Too many tries.","path":["viewer"],"extensions":{"code":"RATE_LIMITED","field":"email","reason":"LOGIN","retryAfterSeconds":2}}],"data":{"viewer":null}}`
		if r.status != 200 || r.body != want {
			t.Errorf("got %d %s", r.status, r.body)
		}
	})
	t.Run("anything else is not", func(t *testing.T) {
		result = errors.New("pq: password authentication failed for user admin")
		r := f.post(viewerQuery)
		want := `{"errors":[{"message":"Something went wrong on our side. If it happens again, report it with the id \"request-7\".","path":["viewer"],"extensions":{"code":"INTERNAL","requestId":"request-7"}}],"data":{"viewer":null}}`
		if r.status != 200 || r.body != want {
			t.Errorf("got %d %s", r.status, r.body)
		}
		log := f.log.String()
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, "request=request-7 path=viewer error=\"pq: password") {
			t.Errorf("the log is %s", log)
		}
	})
	t.Run("a panic is not", func(t *testing.T) {
		r := f.post(query("{ node(id: 1) { id } }"))
		if !strings.HasPrefix(r.first(), "INTERNAL Something went wrong") || r.status != 200 {
			t.Errorf("got %d %s", r.status, r.body)
		}
		if log := f.log.String(); !strings.Contains(log, "panic: the sky fell") || !strings.Contains(log, "post_test.go") {
			t.Errorf("the log is %s", log)
		}
	})
	t.Run("many are cut short", func(t *testing.T) {
		f.answers.fields["viewer"] = func(ctx context.Context, _ map[string]any) (any, error) {
			for i := range 5000 {
				graphql.AddError(ctx, fault.New(fault.NotFound, "There is no %d.", i))
			}
			return nil, nil
		}
		r := f.post(viewerQuery)
		if len(r.Errors) != 21 || r.Errors[20].Message != "There are more errors, which were left out." || r.Errors[20].Extensions["code"] != "NOT_FOUND" {
			t.Errorf("got %d errors, the last %+v", len(r.Errors), r.Errors[len(r.Errors)-1])
		}
		r = f.post(query("{" + repeat(" wrong%d", 500) + "}"))
		if len(r.Errors) != 21 || r.Errors[20].Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("got %d errors", len(r.Errors))
		}
	})
}

func TestTimeout(t *testing.T) {
	f := setup(t, func(c *edge.Config) { c.Limits.Timeout = 10 * time.Millisecond })
	f.answers.fields["viewer"] = func(ctx context.Context, _ map[string]any) (any, error) {
		<-ctx.Done()
		return nil, errors.New("interrupted")
	}
	r := f.post(viewerQuery)
	if r.first() != "UNAVAILABLE The request took too long and was stopped. Ask for less, or try again." || r.Errors[0].Extensions["reason"] != "TIMEOUT" {
		t.Errorf("got %s", r.body)
	}
}

func TestStatusOfTheNewerType(t *testing.T) {
	f := setup(t)
	for name, test := range map[string]struct {
		body, token string
		status      int
	}{
		"an answer":        {viewerQuery, "anna", 200},
		"a wrong document": {query("{ x }"), "anna", 400},
		"nobody":           {viewerQuery, "gone", 401},
	} {
		r := f.post(test.body, "Accept", "application/graphql-response+json, application/json;q=0.9", "Authorization", "Bearer "+test.token)
		if r.status != test.status || r.header.Get("Content-Type") != "application/graphql-response+json; charset=utf-8" {
			t.Errorf("%s: %d %s", name, r.status, r.header.Get("Content-Type"))
		}
	}
}

func TestCompression(t *testing.T) {
	f := setup(t)
	f.answers.fields["viewer"] = func(context.Context, map[string]any) (any, error) { return strings.Repeat("partage ", 1000), nil }
	for accept, want := range map[string]string{
		"gzip": "gzip", "gzip, deflate, br, zstd": "zstd", "zstd;q=0, gzip;q=0.5": "gzip", "identity": "", "br": "", "gzip;q=0.0": "", "GZIP": "gzip", "*": "",
	} {
		r := f.post(viewerQuery, "Accept-Encoding", accept)
		if got := r.header.Get("Content-Encoding"); got != want || want != "" && len(r.body) > 200 {
			t.Errorf("%s: %q with %d bytes", accept, got, len(r.body))
		}
	}
}
