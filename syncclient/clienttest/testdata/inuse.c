/* inuse.c: data-folder socket. Opens an account that a partage-sync run keeps. */
#include "check.h"

int main(int argc, char **argv) {
	CHECK(argc == 3);
	char config[4096];
	snprintf(config, sizeof config, "{\"data\":\"%s\",\"credentials\":\"files\"}", argv[1]);
	CHECK(opened(config, "\"code\":\"IN_USE\"") == 0);
	CHECK(opened(config, argv[2]) == 0);
	return 0;
}
