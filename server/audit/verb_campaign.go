package audit

// What is told of access to campaigns in bulk, of rotations and of leads. "job" is the number of a job.
const (
	// AccessAsked: of Person where it is one; job, people and campaigns (amounts; campaigns is "all" for every campaign but except).
	AccessAsked Verb = "access_asked"
	// AccessChanged: of Person, of much at once: by a job, or by an invitation that was accepted, which may be of other
	// items, too; job or by, added, removed, joined, left (amounts).
	AccessChanged Verb = "access_changed"
	// RotationJoined, RotationLeft: of Person in the rotation of Item; item, job.
	RotationJoined Verb = "rotation_joined"
	RotationLeft   Verb = "rotation_left"
	// JobCancelled, JobRetried, JobUndone: job, kind, done, left.
	JobCancelled Verb = "job_cancelled"
	JobRetried   Verb = "job_retried"
	JobUndone    Verb = "job_undone"

	// RotationPaused, RotationResumed, RotationReordered: of Item; item.
	RotationPaused    Verb = "rotation_paused"
	RotationResumed   Verb = "rotation_resumed"
	RotationReordered Verb = "rotation_reordered"
	// WentAway: Person; name, until (RFC 3339). CameBack: Person; name.
	WentAway Verb = "went_away"
	CameBack Verb = "came_back"
	// LeadKeyRotated: of Item; item. LeadOriginsSet: of Item; item, after (origins, separated by spaces).
	LeadKeyRotated Verb = "lead_key_rotated"
	LeadOriginsSet Verb = "lead_origins_set"
	// LeadsDealtOut, LeadsImported, LeadsDeleted: of Item; item, count.
	LeadsDealtOut Verb = "leads_dealt_out"
	LeadsImported Verb = "leads_imported"
	LeadsDeleted  Verb = "leads_deleted"
	// LeadsReassigned: of Item, to Person, or to wait where there is none; item, count.
	LeadsReassigned Verb = "leads_reassigned"
)

func campaignVerbs() []Verb {
	return []Verb{
		AccessAsked, AccessChanged, RotationJoined, RotationLeft, JobCancelled, JobRetried, JobUndone,
		RotationPaused, RotationResumed, RotationReordered, WentAway, CameBack, LeadKeyRotated, LeadOriginsSet,
		LeadsDealtOut, LeadsImported, LeadsDeleted, LeadsReassigned,
	}
}
