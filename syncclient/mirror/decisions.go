package mirror

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
