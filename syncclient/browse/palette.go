package browse

import "charm.land/lipgloss/v2"

// palette is how things look: the terminal's own sixteen colours, so that they fit whatever it is set to. Nothing is
// said by colour alone. Where NO_COLOR is set, or the terminal has none, the colours are left out on the way there.
type palette struct {
	brand, title, faint, strong, chosen, tab   lipgloss.Style
	good, busy, bad, wait, mine, theirs, error lipgloss.Style
}

func colours() palette {
	plain := lipgloss.NewStyle()
	return palette{
		brand:  plain.Bold(true).Foreground(lipgloss.Cyan),
		title:  plain.Bold(true),
		faint:  plain.Faint(true),
		strong: plain.Bold(true),
		chosen: plain.Reverse(true),
		tab:    plain.Bold(true).Underline(true).Foreground(lipgloss.Cyan),
		good:   plain.Foreground(lipgloss.Green),
		busy:   plain.Foreground(lipgloss.Cyan),
		wait:   plain.Foreground(lipgloss.Yellow),
		bad:    plain.Bold(true).Foreground(lipgloss.Red),
		mine:   plain.Foreground(lipgloss.Yellow),
		theirs: plain.Foreground(lipgloss.Cyan),
		error:  plain.Bold(true).Foreground(lipgloss.Red),
	}
}
