package scenario

import (
	"time"

	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/viewer"
)

// workIsDone returns when no job of any account is left, which the server does meanwhile.
func (w *World) workIsDone() {
	w.tb.Helper()
	ctx := viewer.System(w.tb.Context(), "a test waits for jobs")
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		left, err := w.server.Store.Client().Job.Query().Where(job.StateIn(job.StateQueued, job.StateRunning)).Exist(ctx)
		if err != nil {
			w.tb.Fatalf("waiting for jobs: %v", err)
		}
		if !left {
			return
		}
		select {
		case <-ctx.Done():
			w.tb.Fatal("jobs were not done in time")
		case <-tick.C:
		}
	}
}
