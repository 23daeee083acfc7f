/* cli/found.h - what a search found, for people, for programs, as a list. */
#ifndef VT_CLI_FOUND_H
#define VT_CLI_FOUND_H

#include "cli/archive.h"
#include "cli/book.h"

void vt_cli_print_hits(vt_cli *cli, const vt_hits *hits);
void vt_cli_print_facets(vt_cli *cli, const vt_facets *facets);
json_t *vt_cli_hits_json(const vt_hits *hits);
json_t *vt_cli_facets_json(const vt_facets *facets);

/* A search in words: "ke hoach; loại: ke-hoach; từ ngày 01/01/2026". */
const char *vt_cli_search_words(vt_cli *cli, const vt_search *search);

/* Everything found, up to `limit`, page after page, as a file. */
vt_status vt_cli_found_list(vt_cli *cli, vt_records *records, const vt_search *search, size_t limit,
                            vt_book_format format, const char *path) VT_USED;

#endif
