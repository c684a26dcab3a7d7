package schema

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent"
	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/ent/viewer"
)

// seenBy is the policy of every entity: reads are narrowed by the viewer in the context, writes happen
// only inside a transaction that a command owns. Without a viewer there are no rows.
type seenBy string

var (
	errNoViewer = errors.New("ent: a query without a viewer")
	errNoWriter = errors.New("ent: a change outside of a writing transaction")
)

// EvalQuery narrows q to what the viewer may see.
func (entity seenBy) EvalQuery(ctx context.Context, q ent.Query) error {
	v := viewer.FromContext(ctx)
	if v == nil {
		return errNoViewer
	}
	narrow, ok := v.Narrow(string(entity))
	if !ok {
		return fmt.Errorf("ent: this viewer reads no %s", string(entity))
	}
	if narrow == nil {
		return nil
	}
	n, ok := q.(interface{ WhereP(...func(*sql.Selector)) })
	if !ok {
		return fmt.Errorf("ent: %T cannot be narrowed", q)
	}
	n.WhereP(narrow)
	return nil
}

// EvalMutation refuses changes outside of a transaction that a command owns.
func (entity seenBy) EvalMutation(ctx context.Context, _ ent.Mutation) error {
	if !viewer.IsWriting(ctx) {
		return fmt.Errorf("%w: %s", errNoWriter, string(entity))
	}
	return nil
}
