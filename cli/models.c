/* cli/models.c - models by their names; and when there is none of that name,
   which there are. */

#include "cli/cli.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const SYSTEMS[] = {"state", "party", "youth"};
enum { SYSTEM_COUNT = sizeof SYSTEMS / sizeof *SYSTEMS, NAMES_MAX = 16 << 10 };

static bool is_file(const char *path) {
    struct stat st;
    return path && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int is_model(const struct dirent *entry) {
    size_t n = strlen(entry->d_name);
    return n > 4 && entry->d_name[0] != '.' && strcmp(entry->d_name + n - 4, ".xml") == 0;
}

/* Adds "state/giay-moi, state/ke-hoach": all of a folder, or those called `base`. */
static void add_names(const char *folder, const char *system, const char *base, vt_buf *out) {
    struct dirent **entries = NULL;
    int count = folder ? scandir(folder, &entries, is_model, alphasort) : -1;
    for (int i = 0; i < count; i++) {
        int n = (int)strlen(entries[i]->d_name) - 4;
        if (!base ||
            (strlen(base) == (size_t)n && memcmp(base, entries[i]->d_name, (size_t)n) == 0))
            vt_buf_printf(out, "%s%s/%.*s", out->len ? ", " : "", system, n, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void add_models(vt_cli *cli, const char *system, const char *base, vt_buf *out) {
    if (cli->local)
        add_names(vt_printf(cli->arena, "%s/%s", cli->local, system), system, base, out);
    add_names(vt_printf(cli->arena, "%s/templates/%s", cli->data, system), system, base, out);
}

/* The same type in another system, else all of the system, else where they are. */
static const char *remedy(vt_cli *cli, const char *name) {
    const char *slash = strchr(name, '/'), *base = slash ? slash + 1 : name, *said = NULL;
    vt_buf names;
    vt_buf_init(&names, NAMES_MAX);
    for (size_t i = 0; i < SYSTEM_COUNT; i++)
        add_models(cli, SYSTEMS[i], base, &names);
    for (size_t i = 0; i < SYSTEM_COUNT && !names.len; i++)
        if (slash && strlen(SYSTEMS[i]) == (size_t)(slash - name) &&
            memcmp(name, SYSTEMS[i], (size_t)(slash - name)) == 0)
            add_models(cli, SYSTEMS[i], NULL, &names);
    if (names.len && !vt_buf_failed(&names))
        said = vt_printf(cli->arena, "Các mẫu có sẵn: %s.", names.data);
    vt_buf_free(&names);
    return said ? said
                : "Cho đường dẫn của tệp mẫu, hoặc tên như state/giay-moi, party/cong-van, "
                  "youth/ke-hoach.";
}

vt_status vt_cli_model(vt_cli *cli, const char *name, const char **path) {
    bool inside = !strstr(name, "..");
    const char *places[] = {
        name,
        inside && cli->local ? vt_printf(cli->arena, "%s/%s.xml", cli->local, name) : NULL,
        inside ? vt_printf(cli->arena, "%s/templates/%s.xml", cli->data, name) : NULL,
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (is_file(places[i])) {
            *path = places[i];
            return VT_OK;
        }
    *path = name;
    if (strstr(name, ".xml")) /* meant as a file: what keeps it from being read is told there */
        return VT_OK;
    return vt_bad(cli->list, "CLI-19", (vt_place){.file = name}, remedy(cli, name),
                  "Không có mẫu nào tên như vậy, cũng không có tệp này.");
}
