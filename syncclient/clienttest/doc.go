// Package clienttest holds the tests that need both sides: the real sync client against a real server, over real HTTP
// and WebSocket, on SQLite and PostgreSQL. It has no code of its own; package syncclient stays free of the server's.
package clienttest
