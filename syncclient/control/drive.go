package control

import (
	"context"
	"errors"

	"github.com/partage-mail/partage/syncclient"
)

// work is one call of the follower.
type work struct {
	ctx    context.Context
	cancel context.CancelFunc
	asked  []chan error // who waits for this sync; none where it is a run
	why    error        // what those are told where it was ended
	over   chan struct{}
}

// Drive has the follower follow until ctx ends or a client stops it, neither of which is an error, or until the
// follower fails. Clients may pause it meanwhile, and ask for a sync. Drive may be called again with another follower;
// one at a time.
func (s *Server) Drive(ctx context.Context, f Follower) error {
	for ctx.Err() == nil {
		w, stopped := s.begin(ctx)
		if stopped {
			return nil
		}
		if w == nil {
			select {
			case <-s.nudge:
			case <-ctx.Done():
			}
			continue
		}
		if err := s.do(w, f); err != nil {
			return err
		}
	}
	return nil
}

// do has the follower do its work. Where that panics, who waits for it is answered all the same.
func (s *Server) do(w *work, f Follower) (err error) {
	err = errors.New("a fault of the program")
	defer func() { err = s.finish(w, err) }()
	if len(w.asked) > 0 {
		return f.Sync(w.ctx)
	}
	return f.Run(w.ctx)
}

// begin says what is to be done next; nil where it is paused.
func (s *Server) begin(ctx context.Context) (next *work, stopped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped || s.paused {
		return nil, s.stopped
	}
	s.work = &work{asked: s.waiting, why: errStopped(), over: make(chan struct{})}
	s.work.ctx, s.work.cancel = context.WithCancel(ctx)
	s.waiting = nil
	return s.work, false
}

// finish tells who waited what came of it, and returns the error that ends Drive.
func (s *Server) finish(w *work, err error) error {
	s.mu.Lock()
	s.work = nil
	if err != nil && w.ctx.Err() != nil && len(w.asked) > 0 {
		err = w.why
	}
	w.cancel()
	close(w.over)
	told := w.asked
	fatal := err != nil && len(w.asked) == 0 || errors.Is(err, syncclient.ErrSignedOut) || errors.Is(err, syncclient.ErrErased)
	if fatal {
		told, s.waiting = append(told, s.waiting...), nil
	}
	s.mu.Unlock()
	answer(told, err)
	if fatal {
		return err
	}
	return nil // what a sync could not mend, the run that follows finds
}

// sync asks for a sync and returns where its result will come.
func (s *Server) sync() <-chan error {
	s.mu.Lock()
	defer s.mu.Unlock()
	result := make(chan error, 1)
	switch {
	case s.stopped:
		result <- errStopped()
	case s.paused:
		result <- errPaused()
	default:
		s.waiting = append(s.waiting, result)
		if s.work != nil && len(s.work.asked) == 0 {
			s.work.cancel()
		}
	}
	return result
}

// pause returns when the follower has come to rest, or ctx has ended.
func (s *Server) pause(ctx context.Context) {
	s.mu.Lock()
	before := s.paused
	s.paused = true
	w, told := s.interrupt(errPaused())
	s.mu.Unlock()
	answer(told, errPaused())
	if w != nil {
		select {
		case <-w.over:
		case <-ctx.Done():
		}
	}
	if !before {
		s.broadcast(ownLine("paused"))
	}
}

func (s *Server) resume() {
	s.mu.Lock()
	before := s.paused
	s.paused = false
	s.mu.Unlock()
	if before {
		s.wake()
		s.broadcast(ownLine("resumed"))
	}
}

// Stop has Drive return, and answers who waits for a sync. It does not wait for that. It is safe to call twice.
func (s *Server) Stop() {
	s.mu.Lock()
	before := s.stopped
	s.stopped = true
	_, told := s.interrupt(errStopped())
	s.mu.Unlock()
	answer(told, errStopped())
	if !before {
		s.wake()
		s.broadcast(ownLine("stopping"))
	}
}

// interrupt ends what the follower does, and returns that and who waited for a sync that now does not begin.
func (s *Server) interrupt(why error) (*work, []chan error) {
	told := s.waiting
	s.waiting = nil
	if s.work != nil {
		s.work.why = why
		s.work.cancel()
	}
	return s.work, told
}

func (s *Server) isPaused() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.paused
}

func (s *Server) wake() {
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

func answer(waiting []chan error, err error) {
	for _, w := range waiting {
		w <- err // has room for one, and gets one
	}
}
