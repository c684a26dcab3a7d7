// Command partage is the server: the shared workspace behind an email-marketing team.
//
//	go run ./server --demo          an account of real input to look at
//	go run ./server                 an empty server whose first visitor can sign up
//	go run ./server audit verify    whether the histories of accounts are as they were written
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/demo"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/store"
)

// program is what the program can do.
type program struct {
	Serve options `cmd:"" default:"withargs" help:"Run the server. So does the program without a command."`
	Audit struct {
		Verify verification `cmd:"" help:"Check that no line of the accounts' histories was changed, removed or added. Exits with 0 if all are as they were written, 1 if one is not, 2 if that could not be found out."`
	} `cmd:"" help:"The histories of accounts."`
}

// options are the server's flags; each can also be given in the environment.
type options struct {
	Listen         string   `default:"127.0.0.1:8080" env:"PARTAGE_LISTEN" help:"Address to serve on."`
	Data           string   `default:"./partage-data" env:"PARTAGE_DATA" type:"path" help:"Folder of the database file."`
	Database       string   `env:"PARTAGE_DATABASE" placeholder:"postgres://…" help:"PostgreSQL database, instead of a file."`
	PublicURL      string   `name:"public-url" env:"PARTAGE_PUBLIC_URL" placeholder:"https://…" help:"Where people reach the server; links in mails begin with it."`
	Signup         string   `default:"open" enum:"open,closed" env:"PARTAGE_SIGNUP" help:"Whether strangers may sign up: open or closed."`
	SMTP           string   `env:"PARTAGE_SMTP" placeholder:"smtp://…" help:"Mail server; without one, mail is kept and shown on /outbox."`
	From           string   `env:"PARTAGE_FROM" placeholder:"\"Partage <…>\"" help:"Sender of mails; needed with --smtp."`
	Origin         []string `env:"PARTAGE_ORIGIN" placeholder:"https://…" help:"Other origins whose pages may call the API."`
	TrustedProxies []string `env:"PARTAGE_TRUSTED_PROXIES" placeholder:"10.0.0.0/8" help:"Proxies whose X-Forwarded-For is believed."`
	PublicMetrics  bool     `env:"PARTAGE_PUBLIC_METRICS" help:"Show /metrics to other machines too."`
	Demo           bool     `help:"Fill a fresh database with an account to look at."`
	Verbose        bool     `short:"v" env:"PARTAGE_VERBOSE" help:"Log each request."`
}

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// command does what the arguments say and returns the program's exit code.
func command(args []string, stdout, stderr io.Writer) int {
	var p program
	parser := p.parser(stdout, stderr)
	if len(args) > 0 && args[0] == "help" {
		args = append(slices.Clone(args[1:]), "--help")
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "partage: %v; --help lists what there is\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	code := 0
	if parsed.Command() == "audit verify" {
		code, err = p.Audit.Verify.run(ctx, stdout)
	} else if err = run(ctx, p.Serve, stdout); err != nil {
		code = 1
	}
	if err != nil {
		fmt.Fprintln(stderr, "partage:", err)
	}
	return code
}

func (p *program) parser(stdout, stderr io.Writer) *kong.Kong {
	return kong.Must(p, kong.Name("partage"), kong.Description("The shared workspace behind an email-marketing team."),
		kong.Writers(stdout, stderr), kong.Help(help))
}

// help prints the help for a command, or for the program and the command that it is without one.
func help(o kong.HelpOptions, c *kong.Context) error {
	if err := kong.DefaultHelpPrinter(o, c); err != nil || c.Selected() != nil {
		return err
	}
	serve, err := kong.Trace(c.Kong, []string{"serve"})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout)
	return kong.DefaultHelpPrinter(o, serve)
}

func run(ctx context.Context, o options, stdout io.Writer) error {
	level := slog.LevelInfo
	if o.Verbose {
		level = slog.LevelDebug
	}
	proxies, err := o.check()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	l, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("%w; --listen gives another address", err)
	}
	public, err := publicURL(o.PublicURL, l.Addr().String())
	if err != nil {
		return errors.Join(err, l.Close())
	}
	a, err := app.New(ctx, app.Config{
		Store:     store.Config{DataDir: o.Data, URL: o.Database},
		PublicURL: public,
		Identity:  identity.Config{SignUpClosed: o.Signup == "closed"},
		Mailing:   mailing.Config{Server: o.SMTP, From: o.From},
		Origins:   o.Origin, TrustedProxies: proxies, PublicMetrics: o.PublicMetrics,
		Log: log,
	})
	if err != nil {
		l.Close()
		return err
	}
	defer a.Close()
	if o.Demo {
		if err := demo.Fill(ctx, a, public, stdout); err != nil {
			l.Close()
			return err
		}
	}
	log.Info("serving", "address", public, "graphql", public+"/graphql")
	switch {
	case a.OutboxShown():
		log.Info("no mail server is configured: mails are kept and shown", "outbox", public+"/outbox")
	case !a.Mailing.Sends():
		log.Warn("no mail server is configured: mails are kept and nobody gets them; give --smtp and --from")
	}
	err = a.Run(ctx, l)
	log.Info("stopped")
	return err
}

// check refuses what the flags cannot mean, and returns the ranges of the proxies.
func (o options) check() (proxies []netip.Prefix, err error) {
	if o.SMTP != "" && o.From == "" {
		return nil, errors.New(`--smtp needs --from, the sender of mails, such as "Partage <partage@example.com>"`)
	}
	if err := checkDatabase(o.Database); err != nil {
		return nil, err
	}
	for _, text := range o.TrustedProxies {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %q is not a range of addresses like 10.0.0.0/8; one address is 10.0.0.1/32", text)
		}
		proxies = append(proxies, p)
	}
	return proxies, nil
}

// checkDatabase refuses the address of what is no PostgreSQL database. It may hold a password, so it is not repeated.
func checkDatabase(address string) error {
	scheme, _, isURL := strings.Cut(address, "://")
	if address == "" || isURL && (scheme == "postgres" || scheme == "postgresql") || !isURL && strings.Contains(address, "=") {
		return nil
	}
	return errors.New("--database is the address of a PostgreSQL database and begins with postgres://")
}

// publicURL returns where people reach the server, without a slash at its end: as given, or where it listens.
func publicURL(given, listens string) (string, error) {
	if given == "" {
		return "http://" + reachable(listens), nil
	}
	u, err := url.Parse(given)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" ||
		u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("--public-url %q is not an address like https://mail.example.com", given)
	}
	return u.Scheme + "://" + u.Host, nil
}

// reachable turns an address that means every interface into one that a browser here can open.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip, perr := netip.ParseAddr(host); err == nil && perr == nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return address
}
