package mirror

// OnlineOnly is the Code of an edit that would let somebody be mailed who must not be: from a copy it is refused each time,
// unless the column it is about is taken back.
const OnlineOnly = "ONLINE_ONLY"

// Decisions returns what can be decided of it, in the order in which people are asked.
func (a Attention) Decisions() []Resolution {
	switch {
	case a.What == "discarded":
		return []Resolution{Theirs}
	case a.What == "conflict" && (a.Copy != "" || a.ID != a.Item):
		return []Resolution{Mine, Theirs, Both}
	}
	return []Resolution{Mine, Theirs}
}
