package edge

import (
	"container/list"
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// longestKept is the longest text of a document that is kept. Programs send the same short texts with
// different variables; what is longer has its values written into it and does not come again.
const longestKept = 16 << 10

// documents keeps validated documents by their text, those used last, up to a total weight. It is safe for
// concurrent use; the documents are only read.
type documents struct {
	most     int
	heaviest int

	mu     sync.Mutex
	weight int
	byText map[string]*list.Element
	recent *list.List // of *kept, used last in front
}

type kept struct {
	text   string
	doc    *ast.QueryDocument
	weight int
}

func newDocuments(most, heaviest int) *documents {
	return &documents{most: most, heaviest: heaviest, byText: map[string]*list.Element{}, recent: list.New()}
}

// get returns the document of the text, or nil.
func (d *documents) get(text string) *ast.QueryDocument {
	if len(text) > longestKept {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.byText[text]
	if e == nil {
		return nil
	}
	d.recent.MoveToFront(e)
	return e.Value.(*kept).doc
}

// put keeps a document of the given weight, unless it is too heavy to be worth it.
func (d *documents) put(text string, doc *ast.QueryDocument, weight int) {
	if len(text) > longestKept || weight > d.heaviest {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byText[text] != nil {
		return
	}
	d.byText[text] = d.recent.PushFront(&kept{text, doc, weight})
	d.weight += weight
	for d.weight > d.most {
		oldest := d.recent.Remove(d.recent.Back()).(*kept)
		delete(d.byText, oldest.text)
		d.weight -= oldest.weight
	}
}

// admitted is the executor's query cache: it returns the document that passed every check of this package
// for this very request, so that the executor never parses or validates by itself.
type admitted struct{}

type documentKey struct{}

func withDocument(ctx context.Context, doc *ast.QueryDocument) context.Context {
	return context.WithValue(ctx, documentKey{}, doc)
}

// Get returns the document of the context.
func (admitted) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	doc, ok := ctx.Value(documentKey{}).(*ast.QueryDocument)
	return doc, ok
}

// Add does nothing: a document that did not come by way of this package is not kept.
func (admitted) Add(context.Context, string, *ast.QueryDocument) {}
