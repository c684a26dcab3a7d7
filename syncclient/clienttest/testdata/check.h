/* check.h: what the programs of library_test.go check with. They print nothing but what is wrong. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "partage.h"

#define CHECK(what) \
	do { \
		if (!(what)) { \
			printf("%s:%d: %s\n", __FILE__, __LINE__, #what); \
			exit(1); \
		} \
	} while (0)

/* says frees an answer and reports whether it has a part; it prints the answer where it has not. */
static int says(char *answer, const char *part) {
	int has = answer != NULL && strstr(answer, part) != NULL;
	if (!has)
		printf("%s\n  has no %s\n", answer ? answer : "NULL", part);
	partage_free(answer);
	return has;
}

/* opened is partage_open, with the part that its answer must have. */
static partage_t opened(const char *config, const char *part) {
	char *answer = NULL;
	partage_t account = partage_open(config, &answer);
	CHECK(says(answer, part));
	return account;
}
