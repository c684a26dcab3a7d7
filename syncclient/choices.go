package syncclient

import "context"

// carryOut does what people have chosen to keep here, and not to.
func (f *Follower) carryOut(ctx context.Context) error {
	done, err := f.mirror.CarryOut(ctx)
	var told changes
	for _, c := range done {
		if c.Waits {
			continue
		}
		told.item(c.Global())
		told.of(rowKind(c.Kind), c.ID).Many = true
		f.fill.cancel()
		f.fill.forget(c.Global())
	}
	if len(told.all) > 0 {
		f.link.anew()
		f.tellChanges(told, false)
	}
	return err
}
