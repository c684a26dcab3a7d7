package store

import (
	"context"
	stdsql "database/sql"
	"errors"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// router is the one driver under a client: it sends what only reads to the readers and everything else,
// transactions among it, to the writer. It refuses to leave the transaction that the context is in.
type router struct {
	*sql.Driver // the writer
	reader      *sql.Driver
	store       *Store
}

var errOutside = errors.New("store: a query beside the transaction of its context; use the transaction's client")

func newRouter(s *Store, writer, reader *stdsql.DB) *router {
	return &router{
		Driver: sql.OpenDB(s.dialect, writer),
		reader: sql.OpenDB(s.dialect, reader),
		store:  s,
	}
}

// at returns where a query goes.
func (r *router) at(ctx context.Context, reads bool) (*sql.Driver, error) {
	if r.store.in(ctx) {
		return nil, errOutside
	}
	if reads {
		return r.reader, nil
	}
	return r.Driver, nil
}

// Query runs a query of ent's.
func (r *router) Query(ctx context.Context, query string, args, v any) error {
	d, err := r.at(ctx, reads(query))
	if err != nil {
		return err
	}
	return explain(d.Query(ctx, query, args, v))
}

// QueryContext runs a query of raw SQL.
func (r *router) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	d, err := r.at(ctx, reads(query))
	if err != nil {
		return nil, err
	}
	rows, err := d.QueryContext(ctx, query, args...)
	return rows, explain(err)
}

// Exec runs a statement of ent's.
func (r *router) Exec(ctx context.Context, query string, args, v any) error {
	d, err := r.at(ctx, false)
	if err != nil {
		return err
	}
	return explain(d.Exec(ctx, query, args, v))
}

// ExecContext runs a statement of raw SQL.
func (r *router) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	d, err := r.at(ctx, false)
	if err != nil {
		return nil, err
	}
	result, err := d.ExecContext(ctx, query, args...)
	return result, explain(err)
}

// Tx begins a transaction on the writer.
func (r *router) Tx(ctx context.Context) (dialect.Tx, error) { return r.BeginTx(ctx, nil) }

// BeginTx begins a transaction on the writer.
func (r *router) BeginTx(ctx context.Context, opts *stdsql.TxOptions) (dialect.Tx, error) {
	d, err := r.at(ctx, false)
	if err != nil {
		return nil, err
	}
	tx, err := d.BeginTx(ctx, opts)
	return tx, explain(err)
}
