package syncclient

// state is what a follower is doing. STATES.md has the table of states and triggers in words; a test holds the two
// against each other.
type state string

const (
	// pulling asks for pages of the workspace's changes.
	pulling state = "pulling"
	// pushing sends edits that were made here.
	pushing state = "pushing"
	// filling asks for rows of the lists and blacklists that are behind.
	filling state = "filling"
	// current holds all that the server has told of, and waits for more.
	current state = "current"
	// resting waits after a failure.
	resting state = "resting"
	// ended: the session is over. Final.
	ended state = "ended"
	// failed: something that trying again does not mend. Final.
	failed state = "failed"
)

// trigger is what happens to a follower.
type trigger string

const (
	// moved: something may have changed on the server, or the mirror no longer fits what was asked for.
	moved trigger = "moved"
	// told: what came along with hints was applied.
	told trigger = "told"
	// more: a page of the workspace was applied and more follows.
	more trigger = "more"
	// drained: the last page of the workspace was applied.
	drained trigger = "drained"
	// sent: the server has answered to edits.
	sent trigger = "sent"
	// idle: no edit is to be sent now.
	idle trigger = "idle"
	// edited: a program has edited something.
	edited trigger = "edited"
	// step: a page of rows was applied, or a piece of an image has come.
	step trigger = "step"
	// full: no list is behind, save those held back.
	full trigger = "full"
	// gone: a list is not there for this person any more.
	gone trigger = "gone"
	// expired: the workspace's cursor has expired, and a walk was begun.
	expired trigger = "expired"
	// rowsExpired: a list's cursor has expired, and a walk of its rows was begun.
	rowsExpired trigger = "rows expired"
	// trouble: a failure that may pass.
	trouble trigger = "trouble"
	// quiet: a look that found nothing new.
	quiet trigger = "quiet"
	// rested: the wait is over.
	rested trigger = "rested"
	// signedOut: the server says that the session is over.
	signedOut trigger = "signed out"
	// broken: a failure that will not pass.
	broken trigger = "broken"
)

// states and triggers in the order of the table.
func states() []state { return []state{pulling, pushing, filling, current, resting, ended, failed} }

func triggers() []trigger {
	return []trigger{moved, told, more, drained, sent, idle, edited, step, full, gone, expired, rowsExpired, quiet, trouble, rested, signedOut, broken}
}

// next returns the state after a trigger; false where that trigger cannot happen in that state.
func next(in state, on trigger) (state, bool) {
	to, ok := map[state]map[trigger]state{
		pulling: {
			moved:     pulling, // remembered; pulling does not end before the hint is served
			more:      pulling,
			drained:   pushing,
			expired:   pulling,
			trouble:   resting,
			signedOut: ended,
			broken:    failed,
		},
		pushing: {
			moved:     pulling, // main.db had to be made anew
			sent:      pulling, // what became of them, and more to send
			idle:      filling,
			trouble:   resting,
			signedOut: ended,
			broken:    failed,
		},
		filling: {
			moved:       pulling, // what is small and new goes before what is large
			told:        filling,
			step:        filling,
			full:        current,
			gone:        pulling, // the workspace says why
			rowsExpired: filling,
			trouble:     resting,
			signedOut:   ended,
			broken:      failed,
		},
		current: {
			moved:     pulling,
			told:      filling, // rows that did not come along
			edited:    pushing,
			quiet:     current,
			trouble:   resting,
			signedOut: ended,
			broken:    failed,
		},
		resting: {
			moved:  resting, // remembered; a rest is followed by a pull in any case
			rested: pulling,
			broken: failed,
		},
		ended:  {},
		failed: {},
	}[in][on]
	return to, ok
}
