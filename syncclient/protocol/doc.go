// Package protocol is what a sync client and a Partage server say to each other: ids, errors, the pages of the
// change feed, the dense pages of rows and the messages of the live connection.
//
// It holds shapes and their checks, and does no input or output: package transport carries them, package mirror
// stores them. What it decodes comes from outside and is checked here or refused. PROTOCOL.md beside this file
// tells the whole protocol to those who write a client in another language.
package protocol

// RowsPerPage is how many rows a client asks for at once: one commit of some ten milliseconds.
const RowsPerPage = 2000

// EntriesPerPage is how many entries of the workspace a client asks for at once.
const EntriesPerPage = 200

// AgentHeader is the header in which every request says what sends it, such as "partage-sync/1.0".
const AgentHeader = "Partage-Client"

// Version is that of the sync protocol. A server that does not speak it refuses every request with Outdated.
const Version = "2"

// VersionHeader is the header in which every request names it.
const VersionHeader = "Partage-Protocol"

// NextHeader is the header in which a poll that finds nothing new says with which cursor to go on.
const NextHeader = "Partage-Next"
