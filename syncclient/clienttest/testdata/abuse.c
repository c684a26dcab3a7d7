/* abuse.c: server email email data-folder list. Uses libpartage wrongly, by many threads, and for two people at once. */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <signal.h>

#include "check.h"

#define STATUS "{\"id\":1,\"do\":\"status\"}"
#define THREADS 8
#define ROUNDS 20

static const char *list;

static void wrong_texts(void) {
	char *huge = malloc((4 << 20) + 1);
	memset(huge, ' ', 4 << 20);
	huge[4 << 20] = 0;
	const char *configs[] = {"{", "[]", "nonsense", "{} {}", "{\"servr\":\"x\"}", "{\"credentials\":\"vault\"}", "\xff\xfe", "{\"server\":\"ftp://x\"}", huge};
	for (size_t i = 0; i < sizeof configs / sizeof *configs; i++) {
		CHECK(opened(configs[i], "\"error\":{\"code\":") == 0);
		CHECK(says(partage_login(configs[i], "a@b.c", "x"), "\"error\":{\"code\":"));
		CHECK(says(partage_accounts(configs[i], 0), "\"error\":{\"code\":"));
		CHECK(says(partage_logout(configs[i], 0), "\"error\":{\"code\":"));
	}
	CHECK(says(partage_login("{}", NULL, "x"), "The email is NULL."));
	CHECK(says(partage_login("{}", "a@b.c", NULL), "The password is NULL."));
	CHECK(says(partage_login("{}", "\xc3\x28", "x"), "The email is not UTF-8."));
	CHECK(says(partage_login(huge, "a@b.c", "x"), "TOO_LARGE"));
	CHECK(partage_open("{", NULL) == 0);
	partage_free(NULL);
	free(huge);
}

static void wrong_accounts(partage_t closed) {
	const partage_t none[] = {0, 4711, closed, UINTPTR_MAX};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		CHECK(says(partage_ask(none[i], STATUS), "This account is not open."));
		CHECK(partage_next(none[i], -1) == NULL);
		partage_close(none[i]);
	}
}

static void wrong_requests(partage_t account) {
	char *huge = malloc((2 << 20) + 1);
	memset(huge, 'x', 2 << 20);
	huge[2 << 20] = 0;
	CHECK(says(partage_ask(account, NULL), "The request is NULL."));
	CHECK(says(partage_ask(account, ""), "BAD_REQUEST"));
	CHECK(says(partage_ask(account, "\n\n"), "BAD_REQUEST"));
	CHECK(says(partage_ask(account, "{\"id\":1,\"do\":\"\xff\"}"), "not UTF-8"));
	CHECK(says(partage_ask(account, huge), "TOO_LARGE"));
	CHECK(says(partage_ask(account, "{\"id\":1,\"do\":\"erase\"}"), "There is no request"));
	CHECK(says(partage_ask(account, "{\n\t\"id\": \"a\",\n\t\"do\": \"status\"\n}\n"), "{\"id\":\"a\",\"ok\":true,\"wire\":1"));
	CHECK(says(partage_ask(account, "{\"id\":1,\"do\":\"watch\"}"), "{\"id\":1,\"ok\":true}"));
	free(huge);
}

/* busy asks and edits, and now and then has all others wait for a sync. */
static void *busy(void *of) {
	partage_t account = *(partage_t *)of;
	char request[512];
	for (int i = 0; i < ROUNDS; i++) {
		snprintf(request, sizeof request,
			"{\"id\":%d,\"do\":\"edit\",\"op\":\"create\",\"kind\":\"contact\",\"item\":\"%s\",\"set\":{\"email\":\"%p.%d@example.com\",\"fields\":{\"n\":\"%d\"}}}",
			i, list, (void *)&request, i, i);
		CHECK(says(partage_ask(account, request), "\"ok\":true,\"row\":\""));
		CHECK(says(partage_ask(account, STATUS), "\"ok\":true"));
		if (i % 10 == 0)
			CHECK(says(partage_ask(account, "{\"id\":2,\"do\":\"sync\"}"), "\"ok\":true"));
	}
	return NULL;
}

/* listen takes events until there are none. */
static void *listen(void *of) {
	partage_t account = *(partage_t *)of;
	intptr_t ends = 0;
	for (char *event; (event = partage_next(account, -1)) != NULL; partage_free(event))
		ends += strstr(event, "{\"event\":\"ended\"") == event;
	return (void *)ends;
}

/* sync_until waits for syncs until the account is closed. */
static void *sync_until(void *of) {
	char *answer;
	do
		answer = partage_ask(*(partage_t *)of, "{\"id\":1,\"do\":\"sync\"}");
	while (strstr(answer, "\"ok\":true") != NULL ? (partage_free(answer), 1) : 0);
	CHECK(strstr(answer, "STOPPED") != NULL || strstr(answer, "not open") != NULL);
	partage_free(answer);
	return NULL;
}

static void *close_it(void *of) {
	partage_close(*(partage_t *)of);
	return NULL;
}

static volatile sig_atomic_t caught;

static void catch(int number) { caught = number; }

/* hooked are the signals of the host, which the library leaves alone. */
static const int hooked[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH};

int main(int argc, char **argv) {
	CHECK(argc == 6);
	struct sigaction mine = {.sa_handler = catch, .sa_flags = SA_ONSTACK | SA_RESTART}, now;
	for (size_t i = 0; i < sizeof hooked / sizeof *hooked; i++)
		sigaction(hooked[i], &mine, NULL);
	list = argv[5];
	CHECK(says(partage_version(), "."));
	wrong_texts();

	/* Two people, each with a folder of their own, in one process. */
	partage_t accounts[2];
	char config[2][4096];
	for (int i = 0; i < 2; i++) {
		snprintf(config[i], sizeof config[i], "{\"server\":\"%s\",\"data\":\"%s/%d\",\"credentials\":\"files\"}", argv[1], argv[4], i);
		CHECK(opened(config[i], "\"code\":\"SIGNED_OUT\"") == 0);
		CHECK(says(partage_login(config[i], argv[2 + i], "wrong"), "\"error\":{\"code\":"));
		CHECK(says(partage_login(config[i], argv[2 + i], getenv("PARTAGE_PASSWORD")), "\"accounts\":[{\"id\":"));
		CHECK(says(partage_accounts(config[i], 0), argv[2 + i]));
		CHECK(says(partage_accounts(config[i], 1), argv[2 + i]));
		accounts[i] = opened(config[i], "\"folder\":\"/");
		CHECK(accounts[i] != 0);
		CHECK(opened(config[i], "\"code\":\"IN_USE\"") == 0);
		CHECK(says(partage_next(accounts[i], 0), "{\"event\":\"started\""));
		CHECK(says(partage_ask(accounts[i], "{\"id\":1,\"do\":\"sync\"}"), "\"ok\":true"));
	}
	wrong_accounts(0);
	wrong_requests(accounts[0]);

	pthread_t ears[2], hands[2][THREADS], waiting[THREADS];
	for (int i = 0; i < 2; i++) {
		CHECK(pthread_create(&ears[i], NULL, listen, &accounts[i]) == 0);
		for (int j = 0; j < THREADS; j++)
			CHECK(pthread_create(&hands[i][j], NULL, busy, &accounts[i]) == 0);
	}
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < THREADS; j++)
			CHECK(pthread_join(hands[i][j], NULL) == 0);
	CHECK(says(partage_ask(accounts[0], "{\"id\":1,\"do\":\"sync\"}"), "\"ok\":true"));
	CHECK(says(partage_ask(accounts[0], STATUS), "\"edits\":0"));

	for (size_t i = 0; i < sizeof hooked / sizeof *hooked; i++) {
		CHECK(sigaction(hooked[i], NULL, &now) == 0 && now.sa_handler == catch);
		CHECK(raise(hooked[i]) == 0 && caught == hooked[i]);
	}

	/* Closed twice at once, while others wait for syncs and events. */
	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_create(&waiting[i], NULL, sync_until, &accounts[0]) == 0);
	pthread_t other;
	CHECK(pthread_create(&other, NULL, close_it, &accounts[0]) == 0);
	partage_close(accounts[0]);
	pthread_join(other, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(waiting[i], NULL);
	pthread_join(ears[0], NULL);
	wrong_accounts(accounts[0]);

	/* The other one goes on; the first may be opened again. Then one is stopped by request. */
	CHECK(says(partage_ask(accounts[1], "{\"id\":1,\"do\":\"sync\"}"), "\"ok\":true"));
	partage_t again = opened(config[0], "\"ok\":true");
	CHECK(again != 0 && again != accounts[0]);
	partage_close(again);
	CHECK(says(partage_ask(accounts[1], "{\"id\":1,\"do\":\"stop\"}"), "\"ok\":true"));
	void *ends;
	pthread_join(ears[1], &ends);
	CHECK((intptr_t)ends == 1);
	CHECK(partage_next(accounts[1], -1) == NULL);
	partage_close(accounts[1]);
	CHECK(says(partage_logout(config[1], 1), "{\"ok\":true}"));
	CHECK(says(partage_accounts(config[1], 0), "\"logins\":[]"));
	return 0;
}
