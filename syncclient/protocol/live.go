package protocol

import "encoding/json"

// Subprotocol is the WebSocket subprotocol of the live connection.
const Subprotocol = "graphql-transport-ws"

// Types of messages of graphql-transport-ws.
const (
	MessageInit      = "connection_init"
	MessageAck       = "connection_ack"
	MessagePing      = "ping"
	MessagePong      = "pong"
	MessageSubscribe = "subscribe"
	MessageNext      = "next"
	MessageError     = "error"
	MessageComplete  = "complete"
)

// Close codes of graphql-transport-ws that a client tells apart.
const (
	CloseUnauthorized = 4401
	CloseForbidden    = 4403
	CloseInitTimeout  = 4408
	CloseTooMany      = 4429
)

// Message is one message of the live connection.
type Message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// Hint says that something the viewer may see has changed. Missing one is harmless: the truth is pulled.
type Hint struct {
	Workspace bool `json:"workspace"`
	Buckets   []ID `json:"buckets"`
	// From is the cursor that Delta follows.
	From string `json:"from"`
	// Delta is what changed; nil where it is to be pulled.
	Delta *ChangePage `json:"delta"`
}

// Stand is where a copy stands: what a subscription goes on from. The zero value asks for hints alone.
type Stand struct {
	After string `json:"after,omitempty"`
	Held  []Held `json:"held,omitempty"`
}

// Held names a bucket that a copy holds as the server last told, and the cursor of its rows.
type Held struct {
	Bucket ID     `json:"bucket"`
	After  string `json:"after"`
}

// MaxHeld is how many buckets a request may name as held.
const MaxHeld = 100
