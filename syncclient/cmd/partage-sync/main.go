// Command partage-sync keeps on this computer a SQLite copy of what its user may see in a Partage account.
//
//	partage-sync login --email anna@example.com
//	partage-sync sync          # once
//	partage-sync run           # follow until interrupted
//	partage-sync browse        # look and edit in the terminal
//	partage-sync control pause # steer the one that runs
//	partage-sync status --json
//	partage-sync verify        # is it like on the server?
//
// partage-sync --help names the exit codes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// options are what all commands take.
type options struct {
	Server      string `help:"Address of the server; where left out, the one you have signed in to, or else ${server}." env:"PARTAGE_SYNC_SERVER" placeholder:"URL"`
	Email       string `help:"Who: needed where several people have signed in on this computer." env:"PARTAGE_SYNC_EMAIL" placeholder:"ADDRESS"`
	Data        string `help:"Folder of local copies and logins." env:"PARTAGE_SYNC_DATA" placeholder:"DIR" type:"path"`
	Credentials string `help:"Where tokens are kept: in the system's keychain, in files of mode 0600, or in the keychain where there is one (auto)." enum:"auto,keychain,files" default:"auto" env:"PARTAGE_SYNC_CREDENTIALS"`
	Reserve     int64  `help:"Megabytes of the disk that stay free when a large list is fetched." default:"512" placeholder:"MB"`
	PlainHTTP   bool   `help:"Let passwords and contents travel unencrypted to another machine." name:"plain-http"`
	Device      string `help:"What the list of sessions calls this computer." env:"PARTAGE_SYNC_DEVICE" placeholder:"NAME"`
}

type commands struct {
	options
	Login     loginCommand     `cmd:"" help:"Sign in; the password is not kept."`
	Accounts  accountsCommand  `cmd:"" help:"List the accounts you may open."`
	Sync      syncCommand      `cmd:"" help:"Bring the local copy up to date once."`
	Run       runCommand       `cmd:"" help:"Follow the server live until interrupted."`
	Browse    browseCommand    `cmd:"" help:"Show the local copies in the terminal, and edit them; follows the one that is shown."`
	Control   controlCommand   `cmd:"" help:"Ask something of the partage-sync run that follows an account, and print its answer as JSON."`
	Status    statusCommand    `cmd:"" help:"Say what the local copies hold; needs no server."`
	Conflicts conflictsCommand `cmd:"" help:"List edits that met those of others or were refused, and how to decide; needs no server."`
	Resolve   resolveCommand   `cmd:"" help:"Decide what becomes of an edit that conflicts lists; needs no server."`
	Lists     listsCommand     `cmd:"" help:"List contact lists, blacklists and leads, with what each takes on the disk and whether it is kept here; also before the first sync."`
	Keep      keepCommand      `cmd:"" help:"Keep the rows of lists on this computer again."`
	Drop      dropCommand      `cmd:"" help:"Do not keep the rows of lists on this computer: delete them here, and fetch them no more. What is in the account stays."`
	Rows      rowsCommand      `cmd:"" help:"Show rows of a list as the server has them, page by page."`
	Verify    verifyCommand    `cmd:"" help:"Send waiting edits, then compare the local copy with the server: items by version, rows of lists one by one."`
	Logout    logoutCommand    `cmd:"" help:"End the sessions of this computer; local copies stay unless --erase."`
	Version   kong.VersionFlag `help:"Print the version and exit."`
}

// session is what a command works with.
type session struct {
	ctx    context.Context
	client *syncclient.Client
	opt    options
	in     *os.File
	out    io.Writer // what was asked for
	notes  *os.File  // progress and questions
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main without the process: it returns the exit code.
func run(args []string, in *os.File, out io.Writer, notes *os.File) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var cmd commands
	exit, wrong := -1, false
	switch {
	case len(args) == 0:
		args, wrong = []string{"--help"}, true
	case args[0] == "help":
		args = append(slices.Clone(args[1:]), "--help")
	}
	parser, err := kong.New(&cmd,
		kong.Name("partage-sync"),
		kong.Description("Keeps on this computer a SQLite copy of what you may see in a Partage account."),
		kong.Vars{"server": syncclient.DefaultServer, "version": "partage-sync " + syncclient.Version},
		kong.Writers(out, notes),
		kong.Exit(func(code int) { exit = code }),
		kong.Help(help),
	)
	if err != nil {
		return report(notes, err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case wrong:
		return exitUsage
	case exit >= 0:
		return exit
	case err != nil:
		fmt.Fprintln(notes, control.Sentence(err), seeHelp(err))
		return exitUsage
	}
	of := cmd.options
	if parsed.Command() == "browse" && of.Server == "" {
		of.Server = syncclient.DefaultServer // it shows the copies from all servers
	}
	client, err := of.client()
	if err != nil {
		return report(notes, err)
	}
	defer client.Close()
	err = parsed.Run(&session{ctx: ctx, client: client, opt: cmd.options, in: in, out: out, notes: notes})
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		fmt.Fprintln(notes, "Interrupted. The next run goes on from here.")
		return exitInterrupted
	}
	return report(notes, err)
}

func (o options) client() (*syncclient.Client, error) {
	if o.Data == "" {
		var err error
		if o.Data, err = syncclient.DataFolder(); err != nil {
			return nil, err
		}
	}
	if o.Server == "" {
		known, err := syncclient.Servers(o.Data)
		if err != nil {
			return nil, err
		}
		if len(known) > 1 {
			return nil, usageError("you have signed in to several servers; say which with --server")
		}
		if len(known) == 1 {
			o.Server = known[0]
		}
	}
	files := credentials.Files(filepath.Join(o.Data, "tokens"))
	store := map[string]credentials.Store{
		"auto": credentials.Either(credentials.Keychain(), files), "keychain": credentials.Keychain(), "files": files,
	}[o.Credentials]
	reserve := o.Reserve << 20
	if reserve <= 0 {
		reserve = -1 // none
	}
	return syncclient.New(syncclient.Config{
		Reserve: reserve, Server: o.Server, Data: o.Data, Device: o.Device, Credentials: store, AllowPlain: o.PlainHTTP,
	})
}
