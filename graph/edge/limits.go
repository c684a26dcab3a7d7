package edge

import (
	"time"

	"github.com/partage-mail/partage/graph/edge/querylimit"
	"github.com/partage-mail/partage/graph/edge/strictjson"
)

// Limits are what one caller may ask.
type Limits struct {
	// Body is the size of a request's body in bytes.
	Body int64
	// JSON bounds the body's JSON, variables included.
	JSON strictjson.Limits
	// Tokens is how many lexical tokens a document may have.
	Tokens int
	// Document bounds the document's syntax tree.
	Document querylimit.Limits
	// Budget bounds what an operation reads.
	Budget querylimit.Budget
	// Timeout is how long a query or mutation may run.
	Timeout time.Duration
	// Errors is how many errors one answer tells.
	Errors int
	// Documents is how many elements of validated documents are kept to be used again; an element takes
	// about 300 bytes.
	Documents int
	// Socket bounds WebSockets.
	Socket SocketLimits
}

// SocketLimits are what one WebSocket, and one caller with many of them, may ask.
type SocketLimits struct {
	// Message is the size of a message from the client in bytes, after decompression.
	Message int64
	// Init is how long the client may take to say connection_init.
	Init time.Duration
	// Ping is how often the server sends a ping, Silence how long the client may be silent.
	Ping, Silence time.Duration
	// Write is how long the client may take to read 64 kB.
	Write time.Duration
	// Queue is how many messages wait for a client that reads slowly, before its operations wait; Slow is how long one
	// may wait before the client is told to connect again.
	Queue int
	Slow  time.Duration
	// Operations is how many operations may run at once on one connection.
	Operations int
	// PerSession is how many connections one session may hold, PerAddress how many that have not yet signed
	// in may come from one client address.
	PerSession, PerAddress int
	// Live is how often a connection asks whether its session may go on, Blind how long it goes on where
	// that cannot be found out.
	Live, Blind time.Duration
	// Goodbye is how long the client may take to answer the closing of a connection.
	Goodbye time.Duration
}

// DefaultLimits suit a dashboard and a desktop client: bodies of mails are at most 1 MB, and a page of the
// change feed is at most 500 items.
func DefaultLimits() Limits {
	budget := querylimit.DefaultBudget()
	budget.Weights = weights()
	return Limits{
		Body:      2 << 20,
		JSON:      strictjson.Limits{Depth: 16, Values: 20_000},
		Tokens:    10_000,
		Document:  querylimit.DefaultLimits(),
		Budget:    budget,
		Timeout:   30 * time.Second,
		Errors:    20,
		Documents: 50_000,
		Socket: SocketLimits{
			Message:    1 << 20,
			Init:       10 * time.Second,
			Ping:       20 * time.Second,
			Silence:    45 * time.Second,
			Write:      10 * time.Second,
			Queue:      16,
			Slow:       10 * time.Second,
			Operations: 20,
			PerSession: 50,
			PerAddress: 100,
			Live:       900 * time.Millisecond,
			Blind:      15 * time.Second,
			Goodbye:    2 * time.Second,
		},
	}
}

// weights are the fields that cost more than reading a row, as multiples of it: a body may be a megabyte, a page of rows 256 kB, the
// size of a bucket is estimated from a few dozen rows, a preview is rendered, and a preview of access looks at up to a million
// pairs. The preview of a draft, whose text the request brings, and a password's hash are so dear that a request may ask for
// one alone.
func weights() map[string]int64 {
	const body, preview, pairs, draft, password, change = 20, 100, 5_000, 15_001, 20_000, 1_000
	return map[string]int64{
		"Campaign.body": body, "Template.body": body, "ChangePage.rows": body, "Bucket.bytes": body,
		"Campaign.preview": preview, "Template.preview": preview, "Query.previewDraft": draft,
		"Query.campaignAccessPreview": pairs, "Query.campaignGrantPreview": pairs,
		"Query.waitingLeads": preview, "Query.rotation": preview,
		"Mutation.changeMe": change, "Mutation.openAccount": change,
		"Mutation.signUp": password, "Mutation.logIn": password,
		"Mutation.changePassword": password, "Mutation.resetPassword": password,
		"Mutation.acceptInvitation": password,
	}
}
