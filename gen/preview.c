/*
 * gen/preview.c - composed pages as files for a screen.
 *
 * The SVG of a page stands by itself; the HTML holds all pages, for reading on a
 * telephone as on a desk, and prints each on a sheet of its own size.
 */
#include "gen/preview.h"

#include <stdlib.h>
#include <string.h>

static vt_status begin(vt_preview *p) {
    if (!vt_layout_sound(p->layout))
        return vt_fail(p->list, "PDF-08", (vt_place){0},
                       "Đây là lỗi của chương trình; xin báo cho người phát triển.",
                       "Các trang đã xếp chữ không hợp lệ, không vẽ được.");
    p->drawn = calloc(p->layout->picture_count + 1, sizeof *p->drawn);
    if (!p->drawn)
        return vt_nomem(p->list);
    vt_preview_name(p);
    return VT_OK;
}

static vt_status end(vt_preview *p, vt_status status) {
    free(p->drawn);
    return status == VT_OK && vt_buf_failed(p->out) ? vt_nomem(p->list) : status;
}

static void put_points(vt_buf *out, double pt) {
    vt_buf_number(out, pt, 2);
    vt_buf_puts(out, "pt");
}

/* ------------------------------------------------------------------ SVG -- */

static vt_status put_svg(vt_preview *p) {
    const vt_page *page = &p->layout->pages[p->first];
    vt_buf *out = p->out;
    vt_status status;

    vt_buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    put_points(out, page->width);
    vt_buf_puts(out, "\" height=\"");
    put_points(out, page->height);
    vt_buf_puts(out, "\" lang=\"vi\" xml:lang=\"vi\"");
    vt_preview_attributes(p, page);
    vt_buf_puts(out, ">\n<title>");
    vt_preview_text(out, p->layout->title ? p->layout->title : "");
    vt_buf_printf(out, " (trang %zu/%zu)</title>\n<style>\n", p->first + 1, p->layout->page_count);
    status = vt_preview_fonts(p);
    vt_buf_puts(out, "</style>\n");
    vt_preview_page(p, p->first);
    vt_buf_puts(out, "</svg>\n");
    return status;
}

vt_status vt_preview_svg(vt_engine *engine, const vt_layout *layout, size_t page, vt_buf *out,
                         vt_findings *list) {
    vt_preview p = {.engine = engine,
                    .layout = layout,
                    .first = page,
                    .end = page + 1,
                    .out = out,
                    .list = list};
    vt_status status;

    if (page >= layout->page_count)
        return vt_bad(list, "XEM-01", (vt_place){0}, "Chọn một trang trong số đó.",
                      "Văn bản có %zu trang, không có trang %zu.", layout->page_count, page + 1);
    status = begin(&p);
    return end(&p, status == VT_OK ? put_svg(&p) : status);
}

/* ----------------------------------------------------------------- HTML -- */

/* Nothing may be loaded and nothing may run, whatever stood in the document. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; font-src data:; img-src data:\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";

/* Pages out of sight are not laid out (content-visibility), but keep their height. */
static const char look[] =
    "body{margin:0;background:#e8eaed;color:#202124;font:16px/1.5 system-ui,sans-serif}\n"
    "header{max-width:794px;margin:auto;padding:12px 16px}\n"
    "h1{font-size:18px;margin:0}\np,ul{margin:4px 0}\nul{padding-left:0;list-style:none}\n"
    "nav a{display:inline-block;padding:4px 8px;color:#174ea6}\n"
    "section{margin:0 auto 16px;background:#fff;box-shadow:0 1px 4px #0005;"
    "content-visibility:auto}\n"
    "svg{display:block;width:100%;height:auto}\n"
    "@media print{header{display:none}body{background:none}"
    "section{margin:0;box-shadow:none;break-after:page}section:last-child{break-after:auto}}\n";

static void put_page_links(vt_preview *p) {
    vt_buf_puts(p->out, "<nav aria-label=\"Trang\">Trang:");
    for (size_t i = p->first; i < p->end; i++)
        vt_buf_printf(p->out, " <a href=\"#trang-%zu\">%zu</a>", i + 1, i + 1);
    vt_buf_puts(p->out, "</nav>\n");
}

static void put_headings(vt_preview *p) {
    enum { LEVELS = 6 };

    if (p->layout->outline_count == 0)
        return;
    vt_buf_puts(p->out, "<details><summary>Mục lục</summary><nav aria-label=\"Mục lục\"><ul>\n");
    for (size_t i = 0; i < p->layout->outline_count; i++) {
        const vt_outline *o = &p->layout->outlines[i];
        int level = o->level < 1 ? 1 : o->level > LEVELS ? LEVELS : o->level;

        vt_buf_printf(p->out, "<li style=\"padding-left:%dem\"><a href=\"#trang-%zu\">", level - 1,
                      o->page + 1);
        vt_preview_text(p->out, o->text);
        vt_buf_puts(p->out, "</a></li>\n");
    }
    vt_buf_puts(p->out, "</ul></nav></details>\n");
}

/* Sheets are named by their size, so that turned pages are printed turned. */
static void put_sheet_name(vt_buf *out, const vt_page *page) {
    vt_buf_printf(out, "s%.0fx%.0f", page->width, page->height);
}

static void put_sheets(vt_preview *p) {
    for (size_t i = p->first; i < p->end; i++) {
        const vt_page *page = &p->layout->pages[i];

        if (i > p->first && page->width == page[-1].width && page->height == page[-1].height)
            continue;
        vt_buf_puts(p->out, "@page ");
        put_sheet_name(p->out, page);
        vt_buf_puts(p->out, "{margin:0;size:");
        put_points(p->out, page->width);
        vt_buf_putc(p->out, ' ');
        put_points(p->out, page->height);
        vt_buf_puts(p->out, "}\n");
    }
}

static void put_section(vt_preview *p, size_t index) {
    const vt_page *page = &p->layout->pages[index];

    vt_buf_printf(p->out,
                  "<section id=\"trang-%zu\" aria-label=\"Trang %zu\" "
                  "style=\"max-width:",
                  index + 1, index + 1);
    put_points(p->out, page->width);
    vt_buf_puts(p->out, ";aspect-ratio:");
    vt_buf_number(p->out, page->width, 2);
    vt_buf_putc(p->out, '/');
    vt_buf_number(p->out, page->height, 2);
    vt_buf_puts(p->out, ";page:");
    put_sheet_name(p->out, page);
    vt_buf_puts(p->out, "\">\n<svg");
    vt_preview_attributes(p, page);
    vt_buf_puts(p->out, ">\n");
    vt_preview_page(p, index);
    vt_buf_puts(p->out, "</svg>\n</section>\n");
}

static vt_status put_html(vt_preview *p) {
    const char *title = p->layout->title ? p->layout->title : "";
    vt_status status;

    vt_buf_puts(p->out, head);
    vt_preview_text(p->out, title);
    vt_buf_puts(p->out, "</title>\n<style>\n");
    status = vt_preview_fonts(p);
    vt_buf_puts(p->out, look);
    put_sheets(p);
    vt_buf_puts(p->out, "</style>\n</head>\n<body>\n<header>\n<h1>");
    vt_preview_text(p->out, title);
    vt_buf_printf(p->out,
                  "</h1>\n<p>Bản xem trước, %zu trang. Bản để ký và ban hành là tệp PDF.</p>\n",
                  p->layout->page_count);
    put_page_links(p);
    put_headings(p);
    vt_buf_puts(p->out, "</header>\n<main>\n");
    for (size_t i = p->first; i < p->end; i++)
        put_section(p, i);
    vt_buf_puts(p->out, "</main>\n</body>\n</html>\n");
    return status;
}

vt_status vt_preview_html(vt_engine *engine, const vt_layout *layout, vt_buf *out,
                          vt_findings *list) {
    vt_preview p = {
        .engine = engine, .layout = layout, .end = layout->page_count, .out = out, .list = list};
    vt_status status = begin(&p);

    return end(&p, status == VT_OK ? put_html(&p) : status);
}
