package model_test

import (
	"testing"

	"github.com/partage-mail/partage/syncclient/clienttest/model"
)

// plant is a fault, and within how many histories it is found.
type plant struct {
	name   string
	fault  model.Fault
	budget int
}

// planted are the faults.
func planted() []plant {
	return []plant{
		{"a page takes away whatever the person cannot see, seen before or not", model.PurgeInvisible, 10},
		{"a page that was cut has the cursor of the head", model.HeadCursor, 10},
		{"a walk expires by where it is, not by where it began", model.WalkExpires, 30},
		{"a cursor from before what was forgotten goes on", model.NoFloor, 3000},
		{"what a person may no longer see is not told", model.NoPurge, 10},
		{"a removal is left out where the item changed as well", model.PutDeleteCoalesced, 10},
		{"who sees an item is told at the position of its content", model.CoalescedACL, 300},
		{"changes of access count on deleted items", model.ACLOnTombstones, 1000},
		{"cursors have no lineage", model.NoLineage, 100},
		{"a cursor has the lineage of its position, not of the newest head it was given with", model.TagOnlyPosition, 10},
		{"the state of a list's rows has no lineage", model.TagPerStream, 300},
		{"cursors of rows have no lineage", model.RowsUntagged, 100},
		{"a cursor from before the forgotten removals of rows goes on", model.NoRowFloor, 1000},
		{"removals of rows are not told", model.NoRowRemovals, 100},
		{"removals of rows are told from while the list was out of sight", model.NoLapse, 300},
		{"what points at a list that turns is not told again", model.NoPointing, 30},
		{"a cursor outlives a change of role", model.RightsIgnored, 100},
		{"a cursor serves whoever has it", model.ForeignCursor, 10},
		{"rows are served without a look at who asks", model.RowsUnchecked, 10},
		{"the cursor is written before what it stands for", model.CursorBeforeData, 10},
		{"a walk does not end with a sweep", model.NoSweep, 10},
		{"a walk of rows does not end with a sweep", model.NoRowSweep, 10},
		{"a walk sweeps after its first page", model.SweptEarly, 10},
		{"a process that starts forgets what a walk has named", model.MarksForgotten, 10},
		{"a page that is not for the cursor is written", model.LatePage, 10},
		{"a page of rows that is not for the cursor is written", model.LateRows, 100},
		{"a page of rows is written whatever became of its list", model.Zombies, 1000},
		{"a list counts as where it was while the next pages of it come", model.ReachedStays, 3000},
		{"a killed process leaves files that were to be deleted", model.DoomedForgotten, 1000},
		{"a killed process leaves the note of what a list has reached behind its file", model.FilesUnasked, 3000},
		{"a sweep forgets what was made here and never came back", model.LeftoversKept, 100},
		{"the end of the membership erases nothing", model.EndedKept, 30},
		{"edits of what goes are kept", model.PurgeKeepsOutbox, 30},
		{"sent edits of what goes are kept", model.RingKept, 30},
		{"refused edits of what goes are kept", model.NotesKept, 10},
		{"numbers whose content went are waited for", model.HolesKept, 100},
		{"mutations are not known again by their keys", model.NoKeys, 10},
		{"a number is known again whatever its key", model.NoKeyCompare, 100},
		{"a number may be passed over", model.GapsAccepted, 30},
		{"effect and number are two transactions", model.EffectWithoutNumber, 10},
		{"a refusal does not advance the number", model.RefusalsBlock, 10},
		{"a push may change what its author only sees", model.RightsUnchecked, 10},
		{"a refusal tells what is there", model.ForbiddenTells, 10},
		{"a base that the restored server never had is an error", model.NoClamp, 10},
		{"what others changed since is written over", model.LastWriterWins, 30},
		{"one's own edit before counts as somebody else's", model.MineIgnored, 30},
		{"an item is deleted though others changed it since", model.DeletesBlindly, 100},
		{"a contact is added beside another of its address", model.AddressesDouble, 10},
		{"an edit makes a suppressed contact mailable", model.SuppressionLifted, 100},
		{"a delete takes a suppressed contact away", model.SuppressedDeleted, 100},
		{"what a restored server lost is not sent again", model.NoRepush, 10},
		{"a pull does not say what the server last had", model.NotEchoed, 300},
		{"a mirror that is a copy goes on with its numbers", model.CopyUnnoticed, 100},
		{"a push counts as done when it is sent", model.SettledOnSend, 10},
		{"an answer settles later edits of the row as well", model.PredecessorSettlesAll, 30},
		{"a refused edit is dropped", model.RefusalsSilent, 10},
		{"what a merge did not take is dropped", model.ConflictsSilent, 10},
		{"a walk begins with an empty outbox", model.ResetWipes, 10},
		{"an edit stops showing when it is answered, not when it has come back", model.OverlayEarly, 10},
		{"an entry is numbered before it is closed", model.SealedLate, 1000},
		{"an entry has its key before its last edit", model.KeyAtEdit, 100},
		{"rows are sent before the list that they are in", model.RowsBeforeList, 30},
		{"two edits of a row are in one push", model.RowsTwice, 100},
		{"the version in an answer counts as one's own though the edit changed nothing", model.VersionUnmade, 3000},
		{"an edit over a pending one is based on what that one hides", model.BaseRaised, 6000},
	}
}

// TestKillTable plants each fault and fails if its budget of histories does not find it. MODEL.md names those that
// another rule makes harmless.
func TestKillTable(t *testing.T) {
	for _, p := range planted() {
		t.Run(p.name, func(t *testing.T) {
			if raced && p.budget > 100 {
				t.Skip("rare faults are looked for without the race detector")
			}
			t.Parallel()
			for i := range p.budget {
				if h := model.Play(1+uint64(i), p.fault); h.Broken != "" {
					t.Logf("found by history %d: %s", i+1, h.Broken)
					return
				}
			}
			t.Errorf("not found in %d histories", p.budget)
		})
	}
}
