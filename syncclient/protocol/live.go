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
}
