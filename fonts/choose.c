/*
 * fonts/choose.c - which four files of a folder are the four faces.
 *
 * A folder's manifest.txt says it, else well-known names do; see README.md.
 */
#include "fonts/face.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define MANIFEST "manifest.txt"
#define MANIFEST_MAX ((size_t)64 << 10)
#define INSTALL                                                                                    \
    "Cài phông: apt install fonts-liberation2 (Debian 12) hoặc fonts-liberation (Debian 13)."

static const char *const face_keys[VT_FACES] = {"regular", "bold", "italic", "bold-italic"};
static const char *const face_names[VT_FACES] = {"đứng", "đậm", "nghiêng", "đậm nghiêng"};

/* Names under which the families come, in the order of preference. */
static const char *const families[][VT_FACES] = {
    {"times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"},
    {"Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf",
     "Times_New_Roman_Bold_Italic.ttf"},
    {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
     "LiberationSerif-BoldItalic.ttf"},
};
#define FAMILIES (sizeof families / sizeof *families)

/* Where Debian puts Liberation; 2.x (with Vietnamese) came as liberation2 first. */
static const char *const default_folders[] = {
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
};

/* --------------------------------------------------------------- manifest -- */

static char *trimmed(char *s) {
    size_t len;

    s += strspn(s, " \t\r");
    len = strlen(s);
    while (len && strchr(" \t\r", s[len - 1]))
        s[--len] = '\0';
    return s;
}

static int face_of_key(const char *key) {
    for (int i = 0; i < VT_FACES; i++) {
        if (strcmp(key, face_keys[i]) == 0)
            return i;
    }
    return -1;
}

/* One line "bold = timesbd.ttf"; empty lines and "# ..." are passed over. */
static vt_status manifest_line(vt_arena *arena, const char *folder, char *line, vt_place place,
                               vt_findings *list, const char *paths[VT_FACES]) {
    const char *remedy = "Mỗi dòng có dạng: bold = timesbd.ttf (regular, bold, italic, "
                         "bold-italic; tệp nằm cùng thư mục).";
    char *equals = strchr(line, '=');
    int face;

    line = trimmed(line);
    if (*line == '\0' || *line == '#')
        return VT_OK;
    if (!equals)
        return vt_fail(list, "FNT-07", place, remedy, "Dòng “%s” thiếu dấu “=”.", line);
    *equals = '\0';
    face = face_of_key(trimmed(line));
    if (face < 0)
        return vt_fail(list, "FNT-07", place, remedy, "Không có kiểu chữ “%s”.", trimmed(line));
    if (paths[face])
        return vt_fail(list, "FNT-07", place, remedy, "Kiểu chữ “%s” khai hai lần.",
                       face_keys[face]);
    paths[face] = vt_path_beside(arena, folder, trimmed(equals + 1));
    if (!paths[face])
        return vt_arena_failed(arena) ? vt_nomem(list)
                                      : vt_fail(list, "FNT-07", place, remedy,
                                                "Tên tệp “%s” không hợp lệ.", trimmed(equals + 1));
    return VT_OK;
}

static vt_status read_manifest(vt_arena *arena, const char *folder, const char *path,
                               vt_findings *list, const char *paths[VT_FACES]) {
    vt_place place = {.file = path, .line = 1};
    vt_status status;
    vt_buf text;

    vt_buf_init(&text, MANIFEST_MAX);
    status = vt_file_read(path, MANIFEST_MAX, &text, list);
    if (status == VT_OK && !vt_utf8_valid(text.data, text.len, NULL))
        status = vt_fail(list, "FNT-07", place, "Lưu lại tệp bằng bảng mã UTF-8.",
                         "“%s” không phải văn bản UTF-8.", path);
    for (char *line = text.data, *next; status == VT_OK && line; line = next, place.line++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        status = manifest_line(arena, folder, line, place, list, paths);
    }
    for (int i = 0; status == VT_OK && i < VT_FACES; i++) {
        if (!paths[i])
            status = vt_fail(
                list, "FNT-07", (vt_place){.file = path}, "Thêm dòng cho kiểu chữ còn thiếu.",
                "“%s” chưa khai tệp của kiểu chữ %s (%s).", path, face_names[i], face_keys[i]);
    }
    vt_buf_free(&text);
    return status == VT_OK ? VT_OK : VT_FAIL;
}

/* ----------------------------------------------------------------- folder -- */

/* The file found for each well-known name, "" when there is none. */
typedef struct folder_files {
    char name[FAMILIES][VT_FACES][40];
    bool manifest, collection;
} folder_files;

/* Of names that differ in case alone, the first in the order of bytes. */
static void note_file(folder_files *files, const char *name) {
    size_t len = strlen(name);

    files->manifest |= strcmp(name, MANIFEST) == 0;
    files->collection |= len > 4 && strcasecmp(name + len - 4, ".ttc") == 0;
    for (size_t f = 0; f < FAMILIES; f++) {
        for (int i = 0; i < VT_FACES; i++) {
            char *found = files->name[f][i];

            if (strcasecmp(name, families[f][i]) == 0 && (!*found || strcmp(name, found) < 0))
                memcpy(found, name, len + 1);
        }
    }
}

static bool list_folder(const char *folder, folder_files *files) {
    DIR *dir = opendir(folder);
    struct dirent *entry;

    memset(files, 0, sizeof *files);
    if (!dir)
        return false;
    while ((entry = readdir(dir)) != NULL)
        note_file(files, entry->d_name);
    closedir(dir);
    return true;
}

static int count_found(const folder_files *files, size_t family) {
    int n = 0;

    for (int i = 0; i < VT_FACES; i++)
        n += *files->name[family][i] != '\0';
    return n;
}

/* The most complete family; the first of equals. */
static size_t best_family(const folder_files *files) {
    size_t best = 0;

    for (size_t f = 1; f < FAMILIES; f++) {
        if (count_found(files, f) > count_found(files, best))
            best = f;
    }
    return best;
}

static vt_status missing_faces(const char *folder, const folder_files *files, size_t family,
                               vt_findings *list) {
    vt_place place = {.file = folder};

    if (count_found(files, family) == 0)
        return files->collection
                   ? vt_fail(
                         list, "FNT-06", place, "Tách bộ sưu tập phông (.ttc) thành bốn tệp .ttf.",
                         "Thư mục “%s” chỉ có bộ sưu tập phông (.ttc), không dùng được.", folder)
                   : vt_fail(list, "FNT-01", place, INSTALL,
                             "Thư mục “%s” không có phông Times New Roman hay Liberation Serif.",
                             folder);
    for (int i = 0; i < VT_FACES; i++) {
        if (!*files->name[family][i])
            vt_fail(list, "FNT-01", place, INSTALL, "Thư mục “%s” thiếu kiểu chữ %s (tệp “%s”).",
                    folder, face_names[i], families[family][i]);
    }
    return VT_FAIL;
}

static vt_status choose_in(vt_arena *arena, const char *folder, vt_findings *list,
                           const char *paths[VT_FACES]) {
    folder_files files;
    size_t family;

    if (!list_folder(folder, &files))
        return vt_fail(list, "FNT-01", (vt_place){.file = folder}, INSTALL,
                       "Không mở được thư mục phông “%s”.", folder);
    if (files.manifest) {
        char *path = vt_path_beside(arena, folder, MANIFEST);

        return path ? read_manifest(arena, folder, path, list, paths) : vt_nomem(list);
    }
    family = best_family(&files);
    if (count_found(&files, family) < VT_FACES)
        return missing_faces(folder, &files, family, list);
    for (int i = 0; i < VT_FACES; i++) {
        paths[i] = vt_path_beside(arena, folder, files.name[family][i]);
        if (!paths[i])
            return vt_nomem(list);
    }
    return VT_OK;
}

/* The first default folder with a whole family; else what the first lacks. */
vt_status vt_fonts_choose(vt_arena *arena, const char *folder, vt_findings *list,
                          const char *paths[VT_FACES]) {
    if (folder)
        return choose_in(arena, folder, list, paths);
    for (size_t i = 0; i < sizeof default_folders / sizeof *default_folders; i++) {
        if (choose_in(arena, default_folders[i], NULL, paths) == VT_OK)
            return VT_OK;
        memset(paths, 0, VT_FACES * sizeof *paths);
    }
    return choose_in(arena, default_folders[0], list, paths);
}
