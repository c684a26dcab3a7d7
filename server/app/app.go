// Package app builds a server from its configuration: for the program, and for tests.
//
// It only connects parts. Whoever serves the handler also runs App.Run, which does the work that no
// request waits for, and closes the App at the end.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/graph"
	"github.com/partage-mail/partage/graph/edge"
	"github.com/partage-mail/partage/graph/generated"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/dashboard"
	"github.com/partage-mail/partage/server/export"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/httpd"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/intake/door"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/pages"
	"github.com/partage-mail/partage/server/presence"
	"github.com/partage-mail/partage/server/presigned"
	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/syncapi"
	"github.com/partage-mail/partage/server/team"
	"github.com/partage-mail/partage/server/upload"
)

// App is a server's parts around one database.
type App struct {
	Store       *store.Store
	Broker      *fanout.Broker
	Feed        *feed.Feed
	Sharing     *sharing.Sharing
	Library     *library.Library
	Addressbook *addressbook.Book
	Followup    *followup.Desk
	Mailing     *mailing.Mailing
	Identity    *identity.Identity
	Team        *team.Team
	Jobs        *jobs.Queue
	Matrix      *matrix.Matrix
	Intake      *intake.Intake
	Push        *push.Push
	Presence    *presence.Presence

	unlock  func() error // gives the data folder free
	bin     *library.Bin
	images  *image.Images
	edge    *edge.Server
	handler http.Handler
	log     *slog.Logger
	local   bool // people reach it on this machine only
}

// OutboxShown reports whether mails that are kept for want of a mail server are shown on /outbox: where
// people reach the server on this machine only. Elsewhere a proxy could make strangers look like neighbours.
func (a *App) OutboxShown() bool { return a.local && !a.Mailing.Sends() }

// New opens the database and builds everything over it.
func New(ctx context.Context, c Config) (*App, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s, err := store.Open(ctx, c.Store)
	if err != nil {
		return nil, err
	}
	unlock := func() error { return nil }
	if c.Store.URL == "" {
		if unlock, err = lockFolder(ctx, c.Store.DataDir); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	a, err := build(ctx, s, c)
	if err != nil {
		return nil, errors.Join(err, s.Close(), unlock())
	}
	a.unlock = unlock
	return a, nil
}

// imageFolder is the pattern of the folders of images of servers that have no folder of their own for data.
const imageFolder = "partage-images-*"

// imagesOf returns the images over a database, in a folder that goes with them.
func imagesOf(c Config, s *store.Store, streams *changes.Changes) (*image.Images, error) {
	c.Images.Now = c.Identity.Now
	if c.Images.Dir != "" {
		return image.New(s, streams, c.Images)
	}
	c.Images.Dir = filepath.Join(c.Store.DataDir, "images")
	if c.Store.URL != "" {
		dir, err := os.MkdirTemp("", imageFolder)
		if err != nil {
			return nil, fmt.Errorf("making the folder of images: %w", err)
		}
		c.Images.Dir, c.Images.Others = dir, filepath.Join(filepath.Dir(dir), imageFolder)
	}
	return image.New(s, streams, c.Images)
}

func build(ctx context.Context, s *store.Store, c Config) (*App, error) {
	cursors, err := sealerOf(ctx, s, cursorKey)
	if err != nil {
		return nil, err
	}
	addresses, err := sealerOf(ctx, s, addressKey)
	if err != nil {
		return nil, err
	}
	c.Mailing.Log, c.Identity.Log, c.Identity.PublicURL = c.Log, c.Log, c.PublicURL
	a := &App{Store: s, Broker: fanout.New(), log: c.Log}
	if u, err := url.Parse(c.PublicURL); err == nil {
		a.local = httpd.IsLoopbackHost(u.Host)
	}
	if a.Mailing, err = mailing.New(s, c.Mailing); err != nil {
		return nil, err
	}
	a.Feed = feed.New(s, a.Broker)
	a.Sharing, a.Library, a.Addressbook = sharing.New(a.Feed), library.New(a.Feed), addressbook.New(a.Feed)
	a.Followup = followup.New(a.Feed)
	a.bin = library.NewBin(a.Feed, s, c.Log)
	a.Identity = identity.New(s, a.Feed, a.Mailing, c.Identity)
	a.Team = team.New(s, a.Feed, a.Identity, a.Mailing, team.Config{PublicURL: c.PublicURL, Now: c.Identity.Now})
	a.Jobs = jobs.New(s, a.Feed, a.Broker, jobs.Config{Now: c.Identity.Now, Log: c.Log})
	a.Matrix = matrix.New(s, a.Feed, a.Jobs)
	a.Intake = intake.New(s, a.Feed, a.Jobs, intake.Config{PublicURL: c.PublicURL, Now: c.Identity.Now})
	a.Push = push.New(a.Store, a.Feed, a.Library, a.Addressbook, a.Followup, a.Identity.Within)
	a.Presence = presence.New(s, a.Broker, c.Presence)
	c.Leads.Log = c.Log
	return a, a.serve(c, cursors, presigned.New(addresses, c.Identity.Now))
}

// serve builds what answers requests.
func (a *App) serve(c Config, cursors *seal.Sealer, addresses *presigned.Addresses) error {
	origins, err := httpd.ParseOrigins(c.Origins)
	if err != nil {
		return err
	}
	page, err := pages.New(pages.Config{Mailing: a.Mailing, Log: c.Log})
	if err != nil {
		return err
	}
	web, err := dashboard.New()
	if err != nil {
		return err
	}
	front := http.NewServeMux()
	front.Handle("/", web)
	front.Handle("/pages/", page.Assets())
	if a.OutboxShown() {
		front.Handle("/outbox", httpd.LoopbackOnly(page.Outbox(), web))
		front.Handle("/outbox/", httpd.LoopbackOnly(page.Outbox(), web))
	}

	metrics, reader := prometheus.NewRegistry(), read.New(a.Store, cursors, c.Identity.Now)
	if a.images, err = imagesOf(c, a.Store, reader.Streams()); err != nil {
		return err
	}
	a.edge = edge.New(generated.NewExecutableSchema(generated.Config{Resolvers: &graph.Resolver{
		Read: reader, Addresses: addresses, Identity: a.Identity, Team: a.Team, Sharing: a.Sharing,
		Jobs: a.Jobs, Matrix: a.Matrix, Library: a.Library, Addressbook: a.Addressbook, Followup: a.Followup, Intake: a.Intake, Broker: a.Broker,
		Presence: a.Presence, OutboxShown: a.OutboxShown(),
	}}), edge.Config{
		Session:      sessionID,
		Authenticate: a.Identity.Authenticate,
		Live:         a.Identity.Live,
		CheckOrigin:  origins.Allow,
		Log:          c.Log,
		Metrics:      metrics,
	})
	bulk := syncapi.Config{
		Store: a.Store, Changes: reader.Streams(), Push: a.Push, Images: a.images, Refresh: a.Identity.Refresh, Refuse: a.edge.Refuse,
		Redeem: func(ctx context.Context, bucket, sealed string) (context.Context, error) {
			g, err := addresses.Open(bucket, sealed)
			if err != nil {
				return nil, err
			}
			return a.Identity.Resume(ctx, g.Session, g.Collaborator)
		},
	}
	a.handler, err = httpd.New(httpd.Config{
		GraphQL:      a.edge,
		Sync:         syncapi.New(bulk),
		Image:        syncapi.Presigned(bulk),
		Upload:       upload.New(a.Addressbook, a.Intake, a.edge.Refuse),
		Export:       export.New(addressbook.NewExports(a.Store, a.Feed), a.edge.Refuse),
		Leads:        door.New(a.Intake, c.Leads),
		Pages:        front,
		Authenticate: a.Identity.Authenticate,
		Refuse:       a.edge.Refuse,
		Ready:        a.ready,
		Origins:      origins, TrustedProxies: c.TrustedProxies, PublicMetrics: c.PublicMetrics,
		Metrics: metrics, Log: c.Log,
	})
	return err
}

// Handler answers every request of the server.
func (a *App) Handler() http.Handler { return a.handler }

// Run serves requests from l, and does the work that no request waits for, until ctx ends or one of them
// fails. It leaves nothing running and closes l.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return httpd.Serve(ctx, l, a.handler, httpd.Options{OnShutdown: a.edge.Drain, Log: a.log})
	})
	for name, run := range map[string]func(context.Context) error{
		"mailing": a.Mailing.Run, "identity": a.Identity.Run, "bin": a.bin.Run, "jobs": a.Jobs.Run,
		"feed":     func(ctx context.Context) error { return a.Feed.Run(ctx, a.log) },
		"push":     func(ctx context.Context) error { return a.Push.Run(ctx, a.log) },
		"presence": func(ctx context.Context) error { return a.Presence.Run(ctx, a.log) },
		"images":   func(ctx context.Context) error { return a.images.Run(ctx, a.log) },
	} {
		g.Go(func() error {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// ready answers nil while the database does.
func (a *App) ready(ctx context.Context) error {
	rows, err := a.Store.Client().QueryContext(ctx, "SELECT 1")
	if err != nil {
		return err
	}
	return rows.Close()
}

// Close closes the database and lets others have its folder.
func (a *App) Close() error { return errors.Join(a.images.Close(), a.Store.Close(), a.unlock()) }

func sessionID(ctx context.Context) (string, bool) {
	s, ok := identity.SessionFrom(ctx)
	return s.ID.String(), ok
}
