package intake

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// Decision is what decided who follows a lead up, or that it waits.
type Decision string

// The decisions.
const (
	// ByRotation: it was their turn.
	ByRotation Decision = "rotation"
	// DealtOut: it was their turn when waiting leads were dealt out.
	DealtOut Decision = "dealt_out"
	// ByHand: a person gave it to them, or had it wait.
	ByHand Decision = "by_hand"
	// HandedOver: its assignee went, and it was handed over.
	HandedOver Decision = "handed_over"
	// NobodyAvailable: it waits, for everyone with round robin on is away or deactivated.
	NobodyAvailable Decision = "nobody_available"
	// NoRotation: it waits, for nobody has round robin on.
	NoRotation Decision = "no_rotation"
	// WhilePaused: it waits, for the rotation is paused.
	WhilePaused Decision = "paused"
)

// PassedOver is why somebody was passed over although it was their turn.
type PassedOver string

// The reasons.
const (
	// WhoIsAway said so, or an owner did.
	WhoIsAway PassedOver = "away"
	// WhoIsDeactivated may not come in.
	WhoIsDeactivated PassedOver = "deactivated"
)

// mostSkipped is how many people passed over a record names.
const mostSkipped = 20

// Record is how a lead came to whoever follows it up, or why it waits. It stands on the lead's row as JSON.
type Record struct {
	Decision Decision `json:"decision"`
	// To is whom it was given to; zero where it waits.
	To uuid.UUID `json:"to,omitzero"`
	// By is the collaborator who decided; zero where nobody did.
	By uuid.UUID `json:"by,omitzero"`
	// Skipped are those whose turn it would have been, in their order, the first twenty.
	Skipped []Skipped `json:"skipped,omitempty"`
}

// Skipped is somebody who was passed over, and why.
type Skipped struct {
	Person uuid.UUID  `json:"person"`
	Why    PassedOver `json:"why"`
}

// String is the record as it is stored.
func (r Record) String() string {
	r.Skipped = r.Skipped[:min(len(r.Skipped), mostSkipped)]
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // ids and words
	}
	return string(text)
}

// ParseRecord reads what String wrote. A lead from before there were records has "{}", which is no decision.
func ParseRecord(text string) (Record, error) {
	var r Record
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, fmt.Errorf("reading a lead's decision: %w", err)
	}
	return r, nil
}
