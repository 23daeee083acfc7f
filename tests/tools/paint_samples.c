/*
 * tests/tools/paint_samples.c - PDFs of layouts made by hand, for the referees.
 *
 *   paint_samples FOLDER    writes part1-*.pdf, part2-*.pdf, part3-*.pdf and
 *                           source.xml (what part3-*.pdf embed) into FOLDER
 *   paint_samples -n N      paints one two-page letter N times (for callgrind)
 *   paint_samples -p        pages against CPU time
 */
#include "gen/engine.h"
#include "gen/pack.h"
#include "tests/gen/layouts.h"

#include <time.h>

static const char source[] =
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"
    "<issuer abbr=\"UBND\"><superior>Ủy ban nhân dân huyện An Phú</superior>"
    "<name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer><number unit=\"VX\"/>"
    "<place>Thạch Bình</place><date>2026-03-05</date>"
    "<subject>phát triển văn hóa đọc &amp; xây dựng tủ sách</subject>"
    "<to><recipient>Các thôn</recipient></to>"
    "<body><p>Nội dung.</p></body>"
    "<copies><archive>VT</archive></copies>"
    "<signature><position>Chủ tịch</position><name>Nguyễn Văn Bình</name></signature>"
    "</document>";

typedef struct sample {
    vt_engine engine;
    vt_pack pack;
    vt_doc *doc;
    vt_arena *arena;
    vt_findings *list;
    vt_buf out;
} sample;

static int complain(sample *s) {
    for (size_t i = 0; i < vt_findings_count(s->list); i++)
        fprintf(stderr, "%s: %s\n", vt_findings_at(s->list, i)->id,
                vt_findings_at(s->list, i)->message);
    return 2;
}

static vt_status write_file(sample *s, const char *folder, const char *name) {
    return vt_file_write(vt_printf(s->arena, "%s/%s", folder, name), s->out.data, s->out.len, false,
                         s->list);
}

static vt_status write_samples(sample *s, const char *folder) {
    static const struct {
        const char *name;
        int part, sections;
        bool electronic, coloured, exact, enclosed, no_source;
    } wanted[] = {
        {"part1-plain.pdf", 1, 3, .exact = false},
        {"part1-letter.pdf", 1, 3, .coloured = true, .exact = true},
        {"part1-electronic.pdf", 1, 3, .coloured = true, .electronic = true},
        {"part2-letter.pdf", 2, 3, .coloured = true},
        {"part3-plain.pdf", 3, 3, .exact = false},
        {"part3-letter.pdf", 3, 3, .coloured = true, .exact = true},
        {"part3-electronic.pdf", 3, 3, .coloured = true, .electronic = true},
        {"part3-electronic-exact.pdf", 3, 3, .coloured = true, .electronic = true, .exact = true},
        {"part3-enclosed.pdf", 3, 1, .coloured = true, .enclosed = true},
        {"part3-sourceless.pdf", 3, 3, .no_source = true},
        {"part3-long.pdf", 3, 60, .exact = false},
    };
    static struct vt_attachment enclosed[] = {
        {"phụ lục.pdf", "Phụ lục số liệu", (const uint8_t *)"%PDF-1.4 mẫu", 14, "application/pdf"},
        {"bang (1).csv", NULL, (const uint8_t *)"a;b\n", 4, "text/csv"},
    };
    vt_status status = vt_doc_write(s->doc, &s->out, s->list);

    if (status == VT_OK)
        status = write_file(s, folder, "source.xml");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted && status == VT_OK; i++) {
        vt_layout *layout =
            wanted[i].coloured
                ? make_letter(s->arena, s->engine.fonts, wanted[i].sections, wanted[i].electronic)
                : make_plain(s->arena, s->engine.fonts, wanted[i].sections);
        vt_paint_options options = {.pdfa_part = wanted[i].part,
                                    .shared_subset = !wanted[i].exact,
                                    .no_source = wanted[i].no_source};

        if (wanted[i].enclosed) {
            layout->attachments = enclosed;
            layout->attachment_count = 2;
        }
        vt_buf_clear(&s->out);
        status = vt_paint(&s->engine, &s->pack, s->doc, layout, &options, &s->out, s->list);
        if (status == VT_OK)
            status = write_file(s, folder, wanted[i].name);
    }
    return status;
}

static double cpu_seconds(void) {
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What callgrind counts. */
__attribute__((noinline)) vt_status paint_one(sample *s, const vt_layout *layout,
                                              const vt_paint_options *options);
vt_status paint_one(sample *s, const vt_layout *layout, const vt_paint_options *options) {
    vt_buf_clear(&s->out);
    return vt_paint(&s->engine, &s->pack, s->doc, layout, options, &s->out, s->list);
}

static vt_status time_them(sample *s, int times, bool exact) {
    const vt_layout *layout = make_letter(s->arena, s->engine.fonts, 3, true);
    vt_paint_options options = {.shared_subset = !exact};
    vt_status status = paint_one(s, layout, &options);
    double start = cpu_seconds();

    for (int i = 0; i < times && status == VT_OK; i++)
        status = paint_one(s, layout, &options);
    printf("%zu pages, %zu bytes, %.0f us\n", layout->page_count, s->out.len,
           (cpu_seconds() - start) * 1e6 / times);
    return status;
}

static vt_status time_pages(sample *s) {
    vt_status status = VT_OK;

    for (int sections = 3; sections < 4000 && status == VT_OK; sections *= 4) {
        const vt_layout *layout = make_letter(s->arena, s->engine.fonts, sections, false);
        double start = cpu_seconds();

        status = paint_one(s, layout, NULL);
        printf("%zu pages, %zu bytes, %.2f ms\n", layout->page_count, s->out.len,
               (cpu_seconds() - start) * 1e3);
    }
    return status;
}

int main(int argc, char **argv) {
    sample s = {.list = vt_findings_new(), .arena = vt_arena_new((size_t)1 << 30)};
    vt_status status;

    vt_buf_init(&s.out, (size_t)1 << 30);
    s.engine.data = (char *)".";
    status = vt_fonts_open(NULL, s.list, &s.engine.fonts);
    if (status == VT_OK)
        status = vt_doc_parse(&s.engine, s.arena, source, sizeof source - 1, "mau.xml", NULL,
                              s.list, &s.doc);
    if (status == VT_OK && argc == 3 && strcmp(argv[1], "-n") == 0)
        status = time_them(&s, atoi(argv[2]), false);
    else if (status == VT_OK && argc == 3 && strcmp(argv[1], "-x") == 0)
        status = time_them(&s, atoi(argv[2]), true);
    else if (status == VT_OK && argc == 2 && strcmp(argv[1], "-p") == 0)
        status = time_pages(&s);
    else if (status == VT_OK && argc == 2)
        status = write_samples(&s, argv[1]);
    if (status != VT_OK)
        complain(&s);
    vt_paint_cache_free(s.engine.paint);
    vt_fonts_free(s.engine.fonts);
    vt_buf_free(&s.out);
    vt_arena_free(s.arena);
    vt_findings_free(s.list);
    return (int)status;
}
