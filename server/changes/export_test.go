package changes

// MaxBytes bounds the bodies on a page.
const MaxBytes = maxBytes

// LimitBytes makes a page hold n bytes of bodies.
func (c *Changes) LimitBytes(n int) { c.bytes = n }
