package audit

// Verb is what was done. Its text is stored and stays.
//
// Beside each verb stand the details that its lines have. Everywhere "item" is the item's name and "kind"
// its kind, "name" and "email" are the person's, "before" and "after" the values, each as it was then. Enum
// values are written as they are stored, truths as yes and no, amounts in digits. A detail without a value
// may be left out.
type Verb string

// What an account's history tells.
const (
	// AccountChanged: field (name, timeZone, defaultAudience, locale, memberLeads, desktopLockDays or
	// desktopEraseDays), before, after.
	AccountChanged Verb = "account_changed"

	// Invited: email, name, role. InvitationChanged: email, name, and field (firstName, lastName, role, send,
	// export, or access with the number of items), before, after. The two others: email, name.
	Invited             Verb = "invited"
	InvitationChanged   Verb = "invitation_changed"
	InvitationResent    Verb = "invitation_resent"
	InvitationWithdrawn Verb = "invitation_withdrawn"

	// Joined: Actor and Person are who joined; name, email, role. Also of the one who founds the account.
	Joined Verb = "joined"
	// RoleChanged: of Person; name, before, after.
	RoleChanged Verb = "role_changed"
	// RightsChanged: of Person; name, right (send or export), before, after.
	RightsChanged Verb = "rights_changed"
	// Deactivated, Reactivated, Removed, Left: Person; name. Who left is the Actor, too.
	Deactivated Verb = "deactivated"
	Reactivated Verb = "reactivated"
	Removed     Verb = "removed"
	Left        Verb = "left"
	// LoggedIn: Actor; device, what the client calls itself.
	LoggedIn Verb = "logged_in"
	// SessionEnded: of Person, by an owner; device.
	SessionEnded Verb = "session_ended"
	// Renamed: Actor and Person are who is now called otherwise; before, after.
	Renamed Verb = "renamed"

	// AudienceChanged: of Item; item, before, after.
	AudienceChanged Verb = "audience_changed"
	// Granted, Revoked: of Person on Item; item, before (a level or absent), after, and by (invitation) where
	// an invitation had promised it. AccessCleared: item, before.
	Granted       Verb = "granted"
	Revoked       Verb = "revoked"
	AccessCleared Verb = "access_cleared"

	// ItemDeleted, ItemRestored: Item; item, kind.
	ItemDeleted  Verb = "item_deleted"
	ItemRestored Verb = "item_restored"
	// Exported: of Item; item, kind, count (rows).
	Exported Verb = "exported"
	// LeadsHandedOver: Person had them; name, count, to (rotation or successor), successor (a name).
	LeadsHandedOver Verb = "leads_handed_over"
)

// Verbs returns every verb, in the order of their declaration.
func Verbs() []Verb {
	return append([]Verb{
		AccountChanged, Invited, InvitationChanged, InvitationResent, InvitationWithdrawn,
		Joined, RoleChanged, RightsChanged, Deactivated, Reactivated, Removed, Left, LoggedIn, Renamed,
		AudienceChanged, Granted, Revoked, AccessCleared, ItemDeleted, ItemRestored, Exported, LeadsHandedOver,
	}, campaignVerbs()...)
}
