/* Whole files and names of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

static char folder[] = "/tmp/vanthu-test-XXXXXX";
static char path_buf[4][300];

/* A path in the test's own folder; four may be in use at a time. */
static const char *in(const char *name) {
    static int i;
    char *path = path_buf[i++ % 4];

    snprintf(path, sizeof path_buf[0], "%s/%s", folder, name);
    return path;
}

static int set_up(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
    char command[400];

    (void)state;
    snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", folder, folder);
    return system(command);
}

static void check_content(const char *path, const char *expected) {
    vt_buf buf;

    vt_buf_init(&buf, 1);
    assert_int_equal(vt_file_read(path, 1 << 20, &buf, NULL), VT_OK);
    assert_int_equal(buf.len, strlen(expected));
    assert_string_equal(buf.data, expected);
    vt_buf_free(&buf);
}

static int count_files(const char *path) {
    DIR *dir = opendir(path);
    int n = 0;

    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

/* What is said must name the file. */
static void check_finding(vt_findings *list, const char *id, const char *path) {
    const vt_finding *f = vt_findings_at(list, 0);

    assert_int_equal(vt_findings_count(list), 1);
    assert_string_equal(f->id, id);
    assert_string_equal(f->place.file, path);
    assert_non_null(strstr(f->message, path));
    assert_non_null(f->remedy);
    vt_findings_clear(list);
}

static void files_are_read_and_replaced_whole(void **state) {
    (void)state;
    struct stat st;
    const char *path = in("a.txt");

    assert_int_equal(vt_file_write(path, "một", strlen("một"), true, NULL), VT_OK);
    check_content(path, "một");
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(vt_file_write(path, "hai", 3, false, NULL), VT_OK);
    check_content(path, "hai");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600); /* stays as private as it was */
    assert_int_equal(vt_file_write(path, "", 0, true, NULL), VT_OK);
    check_content(path, "");
    assert_int_equal(count_files(folder), 1); /* no temporary file is left */
    unlink(path);
}

static void links_are_kept(void **state) {
    (void)state;
    const char *target = in("target.txt"), *link = in("link.txt");
    struct stat st;

    assert_int_equal(vt_file_write(target, "cũ", strlen("cũ"), false, NULL), VT_OK);
    assert_int_equal(symlink("target.txt", link), 0);
    assert_int_equal(vt_file_write(link, "mới", strlen("mới"), false, NULL), VT_OK);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    check_content(target, "mới");
    unlink(link);
    unlink(target);
}

static void a_file_beyond_the_limit_is_refused(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    const char *path = in("big.txt");
    vt_buf buf;

    vt_buf_init(&buf, 1);
    assert_int_equal(vt_file_write(path, "12345", 5, false, NULL), VT_OK);
    assert_int_equal(vt_file_read(path, 5, &buf, list), VT_OK);
    assert_int_equal(vt_file_read(path, 4, &buf, list), VT_BAD);
    assert_int_equal(buf.len, 0);
    check_finding(list, "TEP-02", path);
    assert_int_equal(vt_file_read(path, SIZE_MAX, &buf, list), VT_OK);
    /* a file that says it has no size, and has one */
    assert_int_equal(vt_file_read("/proc/self/status", 1 << 20, &buf, list), VT_OK);
    assert_true(buf.len > 100);
    assert_int_equal(vt_file_read("/proc/self/status", 100, &buf, list), VT_BAD);
    check_finding(list, "TEP-02", "/proc/self/status");
    vt_buf_free(&buf);
    vt_findings_free(list);
    unlink(path);
}

static void what_cannot_be_read_is_named(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    const char *pipe = in("pipe");
    vt_buf buf;

    vt_buf_init(&buf, 1);
    assert_int_equal(vt_file_read(in("none.xml"), 10, &buf, list), VT_BAD);
    check_finding(list, "TEP-01", in("none.xml"));
    assert_int_equal(vt_file_read(folder, 10, &buf, list), VT_BAD);
    check_finding(list, "TEP-01", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(vt_file_read(pipe, 10, &buf, list), VT_BAD); /* and does not wait */
    check_finding(list, "TEP-03", pipe);
    assert_int_equal(vt_file_read("/dev/zero", 10, &buf, list), VT_BAD);
    check_finding(list, "TEP-03", "/dev/zero");
    vt_buf_free(&buf);
    vt_findings_free(list);
    unlink(pipe);
}

static void a_failed_write_leaves_everything_as_it_was(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    const char *sub = in("closed"), *path = in("closed/a.txt");

    assert_int_equal(vt_file_write(in("none/a.txt"), "x", 1, true, list), VT_FAIL);
    check_finding(list, "TEP-04", in("none/a.txt"));
    assert_int_equal(vt_file_write(folder, "x", 1, true, list), VT_FAIL);
    check_finding(list, "TEP-04", folder);
    assert_int_equal(vt_file_write("", "x", 1, true, list), VT_FAIL);
    vt_findings_clear(list);
    /* the straight path, onto a full device */
    assert_int_equal(vt_file_write("/dev/full", "x", 1, true, list), VT_FAIL);
    check_finding(list, "TEP-04", "/dev/full");
    assert_int_equal(vt_file_write("/dev/null", "x", 1, true, list), VT_OK);

    if (geteuid() == 0) {
        print_message("skipped: folders without write permission do not stop root\n");
    } else {
        assert_int_equal(mkdir(sub, 0700), 0);
        assert_int_equal(vt_file_write(path, "cũ", strlen("cũ"), true, NULL), VT_OK);
        assert_int_equal(chmod(sub, 0500), 0);
        assert_int_equal(vt_file_write(path, "mới", strlen("mới"), true, list), VT_FAIL);
        check_finding(list, "TEP-04", path);
        check_content(path, "cũ");
        assert_int_equal(count_files(sub), 1);
        assert_int_equal(chmod(sub, 0700), 0);
        assert_int_equal(chmod(path, 0400), 0); /* a file that is read-only by itself */
        assert_int_equal(vt_file_write(path, "mới", strlen("mới"), true, list), VT_FAIL);
        check_finding(list, "TEP-04", path);
        check_content(path, "cũ");
    }
    vt_findings_free(list);
}

/* A file size limit stops the write half way: the old file stays, nothing else does. */
static void a_write_broken_off_half_way_leaves_the_old_file(void **state) {
    (void)state;
    const char *path = in("half.txt");
    char command[900];
    int before = count_files(folder);

    assert_int_equal(vt_file_write(path, "cũ", strlen("cũ"), true, NULL), VT_OK);
    /* this program again, with the path: see main */
    snprintf(command, sizeof command, "ulimit -f 1; trap '' XFSZ; exec /proc/%d/exe %s",
             (int)getpid(), path);
    assert_int_not_equal(system(command), 0);
    check_content(path, "cũ");
    assert_int_equal(count_files(folder), before + 1);
    unlink(path);
}

static void names_that_lead_elsewhere_are_refused(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(1 << 20);
    const char *bad[] = {"",     ".",    "..",    "/etc/passwd", "a/b",  "../a",  "a\\b",
                         "a..b", "a\nb", "a\x7F", "\xC2\x85",    "\x01", "a\xFF", "C:\\x"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(vt_path_beside(arena, "/srv", bad[i]));
    assert_false(vt_arena_failed(arena));
    assert_string_equal(vt_path_beside(arena, "/srv", "Phụ lục 1.pdf"), "/srv/Phụ lục 1.pdf");
    assert_string_equal(vt_path_beside(arena, "/", "a"), "/a");
    assert_string_equal(vt_path_beside(arena, "", "a"), "./a");
    assert_string_equal(vt_path_folder(arena, "a.xml"), ".");
    assert_string_equal(vt_path_folder(arena, "/a.xml"), "/");
    assert_string_equal(vt_path_folder(arena, "b/c//a.xml"), "b/c");
    assert_string_equal(vt_path_folder(arena, ""), ".");
    vt_arena_free(arena);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_and_replaced_whole),
        cmocka_unit_test(links_are_kept),
        cmocka_unit_test(a_file_beyond_the_limit_is_refused),
        cmocka_unit_test(what_cannot_be_read_is_named),
        cmocka_unit_test(a_failed_write_leaves_everything_as_it_was),
        cmocka_unit_test(a_write_broken_off_half_way_leaves_the_old_file),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
    };
    if (argc == 2) { /* the child of a_write_broken_off_half_way */
        static char much[100000];

        return (int)vt_file_write(argv[1], much, sizeof much, true, NULL);
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
