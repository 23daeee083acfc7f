/* vanthu import - a draft in plain text as documents. */

#include "cli/cli.h"

#include <string.h>

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* "thu/nhap.txt" -> "thu/nhap.xml" */
static char *beside(vt_arena *arena, const char *path) {
    const char *dot = strrchr(base_name(path), '.');
    size_t n = dot && dot > base_name(path) ? (size_t)(dot - path) : strlen(path);
    return vt_printf(arena, "%.*s.xml", (int)n, path);
}

/* "thu/nhap.xml" -> "thu/nhap-2.xml" */
static char *numbered(vt_arena *arena, const char *path, size_t number) {
    size_t n = strlen(path);
    const char *tail = "";
    if (n > 4 && strcmp(path + n - 4, ".xml") == 0) {
        n -= 4;
        tail = ".xml";
    }
    return vt_printf(arena, "%.*s-%zu%s", (int)n, path, number, tail);
}

/* --system and --type must be such; a type of the chosen system, or of any. */
static vt_status check_options(vt_cli *cli, vt_import_options *options) {
    int system = 0;
    const vt_type *type;
    vt_status st;

    while (options->system && system < VT_SYSTEMS &&
           strcmp(vt_system_name((vt_system)system), options->system) != 0)
        system++;
    if (system == VT_SYSTEMS)
        return vt_bad(cli->list, "CLI-19", (vt_place){0}, "Ghi state, party hoặc youth.",
                      "Không có hệ thống văn bản “%s”.", options->system);
    if (!options->type)
        return VT_OK;
    st = vt_cli_type(cli, options->type, options->system ? (vt_system)system : VT_SYSTEMS, &type);
    if (!st)
        options->type = type->slug;
    return st;
}

static vt_status names(vt_cli *cli, const char *out, const char *source, size_t count,
                       const char **to) {
    vt_status st = VT_OK;
    if (count > 1 && strcmp(out, "-") == 0)
        return vt_bad(cli->list, "CLI-18", (vt_place){.file = source},
                      "Chỉ tên tệp bằng -o TỆP.xml.",
                      "Bản nháp có %zu văn bản, không ghi chung ra thiết bị ra chuẩn được.", count);
    for (size_t i = 0; !st && i < count; i++) {
        to[i] = count > 1 ? numbered(cli->arena, out, i + 1) : out;
        st = to[i] ? vt_cli_target(cli, to[i], source) : vt_nomem(cli->list);
    }
    return st;
}

/* What the first document sends on is its enclosure. */
static vt_status enclose(vt_cli *cli, vt_doc **docs, size_t count, const char **to) {
    for (size_t i = 1; i < count; i++) {
        vt_node *enclosure;
        if (!vt_import_sends(cli->engine, docs[0], docs[i]))
            continue;
        enclosure = vt_node_new(cli->arena, VT_ENCLOSURE, docs[i]->root->line);
        if (!enclosure || !vt_attr_set(cli->arena, enclosure, VT_AT_HREF, base_name(to[i])))
            return vt_nomem(cli->list);
        vt_append(docs[0]->root, enclosure);
    }
    return vt_doc_validate(docs[0], cli->list);
}

static vt_status write_one(vt_cli *cli, const vt_doc *doc, const char *path, vt_buf *xml) {
    vt_buf_clear(xml);
    vt_status st = vt_doc_write(doc, xml, cli->list);
    return st ? st : vt_cli_write(path, xml, cli->list);
}

static void report(vt_cli *cli, vt_doc **docs, size_t count, const char **to) {
    json_t *files = cli->json ? json_array() : NULL;
    static const char *const whose[VT_SYSTEMS] = {"nhà nước", "Đảng", "Đoàn"};
    size_t unsure = vt_findings_count(cli->list);
    for (size_t i = 0; i < count; i++) {
        const char *type = vt_attr_get(docs[i]->root, VT_AT_TYPE);
        const char *system = vt_system_name(docs[i]->system);
        if (files)
            json_array_append_new(files,
                                  json_pack("{s:o, s:s, s:s}", "file", vt_cli_json_text(to[i]),
                                            "system", system, "type", type));
        vt_cli_say(cli, "%s: văn bản của %s, loại %s\n", to[i], whose[docs[i]->system], type);
    }
    if (files)
        cli->result = json_pack("{s:o}", "documents", files);
    if (unsure)
        vt_cli_say(cli, "Có %zu chỗ cần đọc lại, ghi theo dòng của bản nháp:\n", unsure);
    else
        vt_cli_say(cli, "Không có chỗ nào phải đoán.\n");
}

vt_status vt_cmd_import(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL, *to[VT_IMPORT_MOST];
    vt_import_options options = {0};
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "TỆP",
         "tệp XML; - là thiết bị ra chuẩn (mặc định: cạnh bản nháp)"},
        {"system", 0, VT_OPT_STRING, &options.system, "HỆ",
         "state (nhà nước), party (Đảng) hoặc youth (Đoàn); mặc định: tự nhận ra"},
        {"type", 0, VT_OPT_STRING, &options.type, "LOẠI", "loại văn bản, như ke-hoach, cong-van"},
        {0}};
    int n = 0;
    bool done = false;
    vt_doc **docs = NULL;
    size_t count = 0;
    vt_buf text, xml;
    vt_buf_init(&text, VT_MAX_INPUT_BYTES);
    vt_buf_init(&xml, (size_t)1 << 28);

    vt_status st = vt_cli_options(cli, vt_cli_command("import"), opts, argc, argv, 1, 1, &n, &done);
    if (st || done)
        goto out;
    if (!out && !(out = beside(cli->arena, argv[0])))
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_cli_target(cli, out, argv[0]);
    if (!st)
        st = vt_cli_engine(cli);
    if (!st)
        st = check_options(cli, &options);
    if (!st)
        st = vt_file_read(argv[0], VT_MAX_INPUT_BYTES, &text, cli->list);
    if (!st)
        st = vt_import_text(cli->engine, cli->arena, text.data, text.len, argv[0], &options,
                            cli->list, &docs, &count);
    if (!st)
        st = names(cli, out, argv[0], count, to);
    if (!st)
        st = enclose(cli, docs, count, to);
    for (size_t i = 0; !st && i < count; i++)
        st = write_one(cli, docs[i], to[i], &xml);
    if (!st)
        report(cli, docs, count, to);
out:
    vt_buf_free(&text);
    vt_buf_free(&xml);
    return st;
}
