/* contact.c: sign in, open an account, print its campaigns, change a contact's city, and say what became of it: it ends with 0
 * where the server has it.
 *
 *   go build -buildmode=c-shared -o libpartage.so ./syncclient/cmd/libpartage
 *   cc -std=c11 -Isyncclient/cmd/libpartage syncclient/examples/c/contact.c -L. -lpartage -Wl,-rpath,. -o contact
 *   PARTAGE_PASSWORD=... ./contact https://mail.example.com anna@example.com data-folder anna@customer.example Paris
 *
 * It reads the local copy with the SQLite that is in libpartage, and so links no other (README.md of libpartage says why);
 * sqlite3.h is that of the system (libsqlite3-dev) or of sqlite.org. SQLite also writes and reads the JSON here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "partage.h"

static void fail(const char *what, const char *why) {
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

/* first runs a query with up to three texts and returns its first value, to be freed; NULL where there is none. */
static char *first(sqlite3 *db, const char *sql, const char *a, const char *b, const char *c) {
	sqlite3_stmt *query;
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) != SQLITE_OK)
		fail(sql, sqlite3_errmsg(db));
	const char *texts[] = {a, b, c};
	for (int i = 0; i < 3 && i < sqlite3_bind_parameter_count(query); i++)
		sqlite3_bind_text(query, i + 1, texts[i], -1, SQLITE_STATIC);
	char *value = NULL;
	int state = sqlite3_step(query);
	if (state == SQLITE_ROW && sqlite3_column_type(query, 0) != SQLITE_NULL)
		value = sqlite3_mprintf("%s", sqlite3_column_text(query, 0));
	else if (state != SQLITE_ROW && state != SQLITE_DONE)
		fail(sql, sqlite3_errmsg(db));
	sqlite3_finalize(query);
	return value;
}

/* field returns a field of a JSON text, to be freed by sqlite3_free; it ends the program where the text is an error. */
static char *field(sqlite3 *json, const char *text, const char *path) {
	char *why = first(json, "SELECT ?1 ->> '$.error.message'", text, NULL, NULL);
	if (why != NULL)
		fail("Partage", why);
	return first(json, "SELECT ?1 ->> ?2", text, path, NULL);
}

/* open_file opens a file of the local copy. */
static sqlite3 *open_file(const char *folder, const char *name) {
	char *path = sqlite3_mprintf("%s/%s", folder, name);
	sqlite3 *db;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		fail(path, sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 10000);
	sqlite3_exec(db, "PRAGMA query_only = 1", NULL, NULL, NULL); /* edits go through partage_ask here */
	sqlite3_free(path);
	return db;
}

/* ask sends a request and returns a field of the answer, to be freed by sqlite3_free. */
static char *ask(sqlite3 *json, partage_t account, const char *request, const char *path) {
	char *answer = partage_ask(account, request);
	char *value = field(json, answer, path);
	partage_free(answer);
	return value;
}

int main(int argc, char **argv) {
	const char *password = getenv("PARTAGE_PASSWORD");
	if (argc != 6 || password == NULL) {
		fprintf(stderr, "usage: PARTAGE_PASSWORD=... %s server email data-folder contact city\n", argv[0]);
		return 2;
	}
	const char *server = argv[1], *email = argv[2], *data = argv[3], *contact = argv[4], *city = argv[5];
	sqlite3 *json;
	if (sqlite3_open(":memory:", &json) != SQLITE_OK)
		fail("SQLite", sqlite3_errmsg(json));

	/* Sign in once; later runs find the session. "files" is for machines without a keychain. */
	char *config = first(json, "SELECT json_object('server', ?1, 'data', ?2, 'email', ?3, 'device', 'contact.c', 'credentials', 'files')",
		server, data, email);
	char *answer = partage_login(config, email, password);
	char *who = field(json, answer, "$.login.email");
	printf("signed in as %s\n", who);
	sqlite3_free(who);
	partage_free(answer);

	partage_t account = partage_open(config, &answer);
	char *folder = field(json, answer, "$.folder");
	partage_free(answer);

	/* Events come from now on. Wait until all is here. */
	for (int here = 0; !here;) {
		char *event = partage_next(account, -1);
		if (event == NULL)
			fail("Partage", "it has ended");
		char *name = field(json, event, "$.event");
		if (strcmp(name, "ended") == 0)
			fail("Partage", field(json, event, "$.why"));
		here = strcmp(name, "upToDate") == 0;
		sqlite3_free(name);
		partage_free(event);
	}

	sqlite3 *workspace = open_file(folder, "main.db");
	char *campaigns = first(workspace, "SELECT group_concat(name, ', ') FROM (SELECT name FROM campaigns ORDER BY name)", NULL, NULL, NULL);
	printf("campaigns: %s\n", campaigns ? campaigns : "none");
	sqlite3_free(campaigns);

	/* Look for the contact in the file of each list. */
	sqlite3_stmt *lists;
	sqlite3_prepare_v2(workspace, "SELECT id, name, file FROM contact_lists WHERE file IS NOT NULL ORDER BY name", -1, &lists, NULL);
	char *request = NULL, *row = NULL;
	while (request == NULL && sqlite3_step(lists) == SQLITE_ROW) {
		sqlite3 *rows = open_file(folder, (const char *)sqlite3_column_text(lists, 2));
		char *id = first(rows, "SELECT id FROM contacts WHERE email = ?1 COLLATE NOCASE", contact, NULL, NULL);
		sqlite3_close(rows);
		if (id == NULL)
			continue;
		printf("%s is in %s\n", contact, sqlite3_column_text(lists, 1));
		row = id;
		request = first(json, "SELECT json_object('id', 1, 'do', 'edit', 'op', 'change', 'kind', 'contact', 'item', ?1, 'row', ?2, 'set', json_object('city', ?3))",
			(const char *)sqlite3_column_text(lists, 0), id, city);
	}
	sqlite3_finalize(lists);
	sqlite3_close(workspace);
	if (request == NULL)
		fail(contact, "no list has this contact");

	/* The edit is kept in the local copy, with or without a connection; the follower sends it. Here we wait for that. */
	sqlite3_free(ask(json, account, request, "$.row"));
	sqlite3_free(ask(json, account, "{\"id\":2,\"do\":\"sync\"}", "$.ok"));
	char *left = ask(json, account, "{\"id\":3,\"do\":\"conflicts\"}", "$.conflicts");
	char *fate = first(json, /* others' edits may be there, too; of a conflict, message is empty */
		"SELECT CASE value ->> 'what' WHEN 'conflict' THEN 'others have changed the same; decide by resolve ' || (value ->> 'key')"
		" ELSE value ->> 'message' END FROM json_each(?1) WHERE value ->> 'id' = ?2", left, row, NULL);
	printf("%s\n", fate == NULL ? "the server has it" : fate);

	partage_close(account);
	int code = fate == NULL ? 0 : 1;
	sqlite3_free(fate);
	sqlite3_free(left);
	sqlite3_free(row);
	sqlite3_free(request);
	sqlite3_free(folder);
	sqlite3_free(config);
	sqlite3_close(json);
	return code;
}
