package read

import "context"

// inlineBytes is how large what changed may be, as JSON, to come with a hint.
const inlineBytes = 16 << 10

// What the parts of a page take as JSON besides their texts, at most: names of fields, ids, moments, numbers, cursors.
const (
	pageBytes      = 1000
	itemBytes      = 900
	referenceBytes = 80
	personBytes    = 450
	bucketBytes    = 250
	removalBytes   = 70
	rowsBytes      = 400
)

// weight returns how many bytes of JSON the page has at most, without its rows, as a client that keeps all of it asks
// for it. What it looks at has been loaded.
func (p *ChangePage) weight(ctx context.Context) int {
	n := pageBytes + len(p.Removals)*removalBytes + len(p.Buckets)*(bucketBytes+rowsBytes)
	if p.Account != nil {
		n += personBytes + jsonSize(p.Account.Name)
	}
	for _, c := range p.Collaborators {
		n += personBytes + jsonSize(c.Email, c.FirstName, c.LastName)
	}
	for _, i := range p.Items {
		if n > inlineBytes {
			break
		}
		n += itemBytes + jsonSize(i.shared().Name()) + weigh(ctx, i)
	}
	return n
}

// weigh returns the bytes of an item's own texts. One that cannot be read weighs too much.
func weigh(ctx context.Context, i Item) int {
	const tooMuch = inlineBytes + 1
	switch i := i.(type) {
	case *Campaign:
		row, err := i.content(ctx)
		if err != nil {
			return tooMuch
		}
		body, err := i.Body(ctx)
		if err != nil {
			return tooMuch
		}
		lists, err := i.Lists(ctx)
		if err != nil {
			return tooMuch
		}
		blacklists, err := i.Blacklists(ctx)
		if err != nil {
			return tooMuch
		}
		return jsonSize(body, row.Subject, row.Preheader, row.SenderName, row.SenderEmail, row.ReplyTo) +
			(len(lists)+len(blacklists))*referenceBytes
	case *Template:
		row, err := i.content(ctx)
		if err != nil {
			return tooMuch
		}
		body, err := i.Body(ctx)
		if err != nil {
			return tooMuch
		}
		return jsonSize(body, row.Subject, row.Preheader)
	case *ContactList:
		text, err := i.Description(ctx)
		if err != nil {
			return tooMuch
		}
		return jsonSize(text)
	case *Blacklist:
		text, err := i.Description(ctx)
		if err != nil {
			return tooMuch
		}
		return jsonSize(text)
	}
	return tooMuch
}

// jsonSize returns how many bytes texts have as JSON strings, without the quotes around them.
func jsonSize(texts ...string) int {
	n := 0
	for _, s := range texts {
		n += len(s)
		for i := range len(s) {
			switch c := s[i]; {
			case c == '"', c == '\\':
				n++
			case c < ' ':
				n += 5
			}
		}
	}
	return n
}
