/* partage.h: keep local SQLite copies of Partage accounts from a program in C, or in any language that calls C.
 *
 *   cc -std=c11 program.c -L. -lpartage
 *
 * It is what partage-sync does as a process of its own, inside yours: each account that you open is followed on threads
 * of the library. You read and write its SQLite files by yourself (mirror/SCHEMA.md), and talk to the follower in JSON
 * (control/CONTROL.md). A library that keeps an account does not listen on a socket.
 *
 * Texts. All are UTF-8 that ends with a zero byte. Those that you pass stay yours and are not kept. Those that you get
 * (char *) are yours: hand each to partage_free once. Texts that are not UTF-8 are refused; of more than 1 MiB, too.
 *
 * Answers. Every answer is one JSON object: {"ok":true, ...} or {"error":{"code":"...","message":"..."}}. The message is
 * a sentence for a person; the codes are those of CONTROL.md, and IN_USE, where another program keeps the account's
 * local copy: then "control" is the path of its socket, if it has one. Ignore fields that you do not know.
 *
 * Threads. Every function may be called from any thread at any time, also for several accounts and servers at once.
 * Functions that say "waits" can take seconds, up to some minutes with a bad network: keep them off the thread that draws.
 *
 * Your process. A program loads the library once and does not unload it. After fork, the child may only exec. The
 * library handles SIGSEGV, SIGBUS, SIGFPE, SIGPIPE and SIGURG from the moment that it is loaded, and hands what is not
 * its own to the handlers that were there before. A handler for one of these that you install later must use SA_ONSTACK
 * and call the one that it replaces; handlers for others should use SA_ONSTACK, too. It touches no other signal, writes
 * nothing to standard output or error, and does not call exit. As any program in Go, it ends the process where there is
 * no memory left. Killing the process does no harm to the local copies.
 *
 * SQLite. On Linux and macOS, do not open the copies with another SQLite than this library's in the same process: link no
 * -lsqlite3, its functions are here (README.md says why). Open a file while you need it, and close it.
 */
#ifndef PARTAGE_H
#define PARTAGE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* partage_t is an account that is open; 0 is none. Numbers are not used again, so one that was closed, or was never
 * given, is refused by every function. */
typedef uintptr_t partage_t;

/* A config is a JSON object; each field may be left out, and NULL is {}:
 *   "server"       address, such as "https://mail.example.com"; left out, the one somebody has signed in to here,
 *                  or else http://127.0.0.1:8080
 *   "data"         folder of local copies and logins; left out, that of partage-sync, with which it may be shared
 *   "device"       what the person's list of sessions calls this computer; left out, its host name
 *   "credentials"  where tokens are kept: "keychain", "files" (mode 0600), or "auto", the keychain where there is one
 *   "reserve"      megabytes of the disk that stay free when a large list is fetched; left out, 512
 *   "plain"        true lets passwords and contents travel unencrypted to another computer
 *   "email"        who, where several people have signed in here
 *   "account"      id or name, where that person may open several
 */

/* partage_version returns the library's version, such as "0.1.0". */
char *partage_version(void);

/* partage_login signs a person in; the password is not kept. Waits for the server.
 * Answer: "login": {"server","user","email","accounts":[{"id","name","role"}]}. */
char *partage_login(const char *config, const char *email, const char *password);

/* partage_accounts tells who has signed in on this computer and which accounts they may open: as last told, or, where
 * refresh is not 0, as the server says now, which it waits for.
 * Answer: "logins": an array of what partage_login answers. */
char *partage_accounts(const char *config, int refresh);

/* What partage_logout does with local copies. */
enum { PARTAGE_KEEP = 0, PARTAGE_ERASE = 1, PARTAGE_DISCARD = 2 };

/* partage_logout ends the sessions of a person on this computer. Their local copies stay where copies is PARTAGE_KEEP: then
 * "unsent": {"edits","undecided"} says how much no server has of what they wrote there, where there is any; it is sent once
 * they have signed in again. With PARTAGE_ERASE the copies are erased: close them before. Where that would take away what
 * was not sent, nothing is done (UNSENT, or UNDECIDED), nor where a file of theirs cannot be read (FAILED);
 * PARTAGE_DISCARD erases that, too. With PARTAGE_KEEP it has signed out all the same, and FAILED says that unsent could not be
 * counted. Waits for the server; where that cannot be reached, it signs out here and says so, with "unsent" beside "error". */
char *partage_logout(const char *config, int copies);

/* partage_open opens an account of a person who has signed in, and follows it until partage_close. It returns 0 where
 * that fails. answer may be NULL; else *answer is set, to be freed. It waits for the server only where the account has
 * never been opened here.
 * Answer: "account" (its name), "accountId", "folder" (of the SQLite files), "wire". */
partage_t partage_open(const char *config, char **answer);

/* partage_ask does what a request says and returns its answer: {"id":1,"do":"status"}, and so on, exactly as a line of
 * the control channel. sync and pause wait until they are done; watch does nothing, since events come anyway. */
char *partage_ask(partage_t account, const char *request);

/* partage_next returns the next event, which is one JSON object, as in CONTROL.md. It waits for it up to so many
 * milliseconds, or without end where that is negative; NULL where none came. Events come from partage_open on, in order,
 * each to one caller. The first is started, the last is
 *   {"event":"ended","code":"","why":""}
 * with code and why where it was not partage_close or the request to stop that ended it (SIGNED_OUT: have the person sign
 * in). After that, NULL comes at once: close the account. Of events that you do not fetch, the newest thousand are kept,
 * 1 MiB at most; then {"event":"missed","events":17} says how many were lost, and the answer to status how things stand. */
char *partage_next(partage_t account, int64_t timeout_ms);

/* partage_close ends the following. It waits until the local copy is free for other programs, which takes less than a
 * second as a rule; calls of other threads about this account return, and events that were not fetched are gone. Close
 * your own connections to its SQLite files before or after, as you like. Closing 0, or twice, does nothing. */
void partage_close(partage_t account);

/* partage_free frees a text that a function above returned. NULL is fine. */
void partage_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
