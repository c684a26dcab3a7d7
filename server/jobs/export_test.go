package jobs

import "context"

// Claim takes a job as a worker does.
func Claim(ctx context.Context, q *Queue) (*Job, error) { return q.claim(ctx) }

// Step1 does one step of a job that was claimed.
func Step1(ctx context.Context, q *Queue, j Job) error {
	_, err := q.step(ctx, j)
	return err
}
