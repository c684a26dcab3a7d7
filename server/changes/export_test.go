package changes

// MaxBytes bounds the bodies on a page.
const MaxBytes = maxBytes

// LimitBytes makes a page hold n bytes of bodies.
func (c *Changes) LimitBytes(n int) { c.bytes = n }

// Pages returns how many pages of rows are remembered.
func (c *Changes) Pages() int { return len(c.pages.known) }
