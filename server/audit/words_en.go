package audit

import (
	"cmp"
	"strings"
)

func english(t Told) string {
	actor, person := cmp.Or(t.Actor, "Someone"), cmp.Or(t.Person, "someone")
	if t.Server {
		actor = "The server"
	}
	guest, item, d := cmp.Or(t.guest(), "someone"), englishName(t.Item, "an item"), t.Detail
	switch t.Verb {
	case AccountChanged:
		return actor + " " + englishSetting(d) + "."
	case Invited:
		return actor + " invited " + guest + " as " + englishRole(d["role"]) + "."
	case InvitationChanged:
		return actor + " changed the invitation of " + guest + " (" + englishField(d["field"]) + ": " +
			englishValue(d["after"]) + " instead of " + englishValue(d["before"]) + ")."
	case InvitationResent:
		return actor + " sent the invitation of " + guest + " again."
	case InvitationWithdrawn:
		return actor + " withdrew the invitation of " + guest + "."
	case Joined:
		return cmp.Or(t.Person, "Someone") + " joined the account as " + englishRole(d["role"]) + "."
	case RoleChanged:
		return actor + " made " + person + " " + englishRole(d["after"]) + " instead of " + englishRole(d["before"]) + "."
	case RightsChanged:
		return actor + " " + englishRight(d["right"], d["after"], person) + "."
	case Deactivated:
		return actor + " deactivated " + person + "."
	case Reactivated:
		return actor + " reactivated " + person + "."
	case Removed:
		return actor + " removed " + person + " from the account."
	case Left:
		return cmp.Or(t.Person, "Someone") + " left the account."
	case LoggedIn:
		if d["device"] == "" {
			return actor + " opened the account."
		}
		return actor + " opened the account on " + englishName(d["device"], "") + "."
	case Renamed:
		return cmp.Or(d["before"], "Someone") + " is now called " + cmp.Or(d["after"], "otherwise") + "."
	case SessionEnded:
		return actor + " signed " + person + " out on " + englishName(d["device"], "a device") + "."
	case AudienceChanged:
		if d["after"] == "restricted" {
			return actor + " restricted " + item + "."
		}
		return actor + " opened " + item + " to everyone."
	case Granted:
		return actor + " let " + person + " " + englishLevel(d["after"]) + " " + item + englishPromise(d["by"]) + "."
	case Revoked:
		return actor + " removed " + person + " from " + item + "."
	case AccessCleared:
		return actor + " took back the level of their own that " + person + " had on " + item + "."
	case ItemDeleted:
		return actor + " deleted " + item + "."
	case ItemRestored:
		return actor + " restored " + item + "."
	case Exported:
		return actor + " exported " + item + ", " + t.counted("row", "rows") + "."
	case LeadsHandedOver:
		to := "the rotation"
		if d["to"] == "successor" {
			to = cmp.Or(d["successor"], "someone")
		}
		return actor + " handed " + t.counted("open lead", "open leads") + " of " + person + " over to " + to + "."
	}
	return englishCampaign(t, actor, item)
}

func englishName(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return "“" + name + "”"
}

func englishSetting(d map[string]string) string {
	before, after := d["before"], d["after"]
	switch d["field"] {
	case "name":
		return "renamed the account from " + englishName(before, "nothing") + " to " + englishName(after, "nothing")
	case "timeZone":
		return "set the account’s time zone to " + after + " instead of " + before
	case "locale":
		return "set the language of the account’s mails to " + englishValue(after)
	case "defaultAudience":
		if after == "restricted" {
			return "restricted new items"
		}
		return "opened new items to everyone"
	case "memberLeads":
		if after == "own" {
			return "let members see only the leads that they follow up"
		}
		return "let members see all leads of the campaigns that they see"
	case "desktopLockDays":
		if after == "0" {
			return "let desktops stay open however long they are out of contact"
		}
		return "had desktops lock after " + englishDays(after) + " out of contact"
	case "desktopEraseDays":
		if after == "0" {
			return "let desktops keep their copies however long they are out of contact"
		}
		return "had desktops erase their copies after " + englishDays(after) + " out of contact"
	}
	return "changed the account’s settings"
}

func englishDays(n string) string {
	if n == "1" {
		return "1 day"
	}
	return n + " days"
}

func englishRole(role string) string {
	switch role {
	case "owner":
		return "an owner"
	case "manager":
		return "a manager"
	}
	return "a member"
}

func englishField(field string) string {
	switch field {
	case "firstName":
		return "first name"
	case "lastName":
		return "last name"
	case "send":
		return "right to send campaigns"
	case "export":
		return "right to export lists"
	case "access":
		return "items to be given"
	}
	return cmp.Or(field, "something")
}

// englishValue says a value that is stored; a name or an amount as it is.
func englishValue(value string) string {
	switch value {
	case "en":
		return "English"
	case "fr":
		return "French"
	}
	return cmp.Or(value, "nothing")
}

func englishRight(right, after, person string) string {
	if right == "credits" {
		return englishCredits(after, person)
	}
	what := "export lists"
	if right == "send" {
		what = "send campaigns"
	}
	if after == "yes" {
		return "gave " + person + " the right to " + what
	}
	return "took the right to " + what + " from " + person
}

func englishCredits(after, person string) string {
	switch amount, period, _ := strings.Cut(after, " "); {
	case after == "unlimited":
		return "let " + person + " send without limit"
	case period == "month", period == "year":
		return "set the sending credits of " + person + " to " + amount + " a " + period
	}
	return "took the sending credits from " + person
}

func englishLevel(level string) string {
	if level == "edit" {
		return "view and change"
	}
	return "view"
}

func englishPromise(by string) string {
	if by == "invitation" {
		return ", as their invitation had promised"
	}
	return ""
}
