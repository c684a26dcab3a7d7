package browse

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// column is one of a table's.
type column struct {
	title string
	// least is its width; a column that grows takes its part of what is left over, up to most.
	least, most int
	// from is how wide the table must be for the column to be shown.
	from  int
	right bool
}

// cell is a text of a table, and how it looks.
type cell struct {
	text string
	as   lipgloss.Style
}

// table shows some of many rows, one of them chosen.
type table struct {
	at, top int
}

// move chooses another row of n.
func (t *table) move(key string, n, page int) bool {
	switch key {
	case "up", "k":
		t.at--
	case "down", "j":
		t.at++
	case "pgup", "ctrl+b":
		t.at -= page
	case "pgdown", "ctrl+f", "space":
		t.at += page
	case "home", "g":
		t.at = 0
	case "end", "G":
		t.at = n - 1
	default:
		return false
	}
	t.hold(n)
	return true
}

// hold keeps the choice among n rows.
func (t *table) hold(n int) { t.at = max(0, min(t.at, n-1)) }

// view draws the head and the rows that fit into width × height; row returns the cells of one.
func (t *table) view(u *ui, columns []column, width, height, n int, row func(i int) []cell) string {
	widths := layout(columns, width-2)
	var b strings.Builder
	b.WriteString("  ")
	for i, c := range columns {
		if widths[i] > 0 {
			b.WriteString(u.faint.Render(align(c.title, widths[i], c.right)) + "  ")
		}
	}
	shown := max(1, height-1)
	t.hold(n)
	t.top = max(0, min(t.top, n-shown))
	t.top = min(max(t.top, t.at-shown+1), max(t.at, 0))
	for i := t.top; i < min(n, t.top+shown); i++ {
		b.WriteString("\n" + t.line(u, columns, widths, row(i), i == t.at, width))
	}
	return b.String()
}

func (t *table) line(u *ui, columns []column, widths []int, cells []cell, chosen bool, width int) string {
	var b strings.Builder
	for i, c := range columns {
		if widths[i] == 0 {
			continue
		}
		text := align(cells[i].text, widths[i], c.right)
		if !chosen {
			text = cells[i].as.Render(text)
		}
		b.WriteString(text + "  ")
	}
	text := strings.TrimSuffix(b.String(), "  ")
	if chosen {
		return "▸" + u.chosen.Render(" "+pad(text, max(width-3, lipgloss.Width(text)))+" ")
	}
	return "  " + text
}

func align(text string, width int, right bool) string {
	text = pad(text, width)
	if right {
		trimmed := strings.TrimRight(text, " ")
		return text[len(trimmed):] + trimmed
	}
	return text
}

// layout gives each column its width; 0 where there is no room for it.
func layout(columns []column, width int) []int {
	widths := make([]int, len(columns))
	left := width
	for i, c := range columns {
		if c.from <= width {
			widths[i] = c.least
			left -= c.least + 2
		}
	}
	for grew := true; grew && left > 0; {
		grew = false
		for i, c := range columns {
			by := 1
			if i == 0 { // names are what people look for
				by = 3
			}
			if by = min(by, left, c.most-widths[i]); by > 0 && widths[i] > 0 {
				widths[i] += by
				left -= by
				grew = true
			}
		}
	}
	for i := range widths { // the first column gives way in a terminal that is too narrow
		if over := min(-left, widths[i]-4); left < 0 && over > 0 {
			widths[i] -= over
			left += over
		}
	}
	return widths
}
