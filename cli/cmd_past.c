/* vanthu import-register - an old register, with its PDFs, into the archive: all or nothing. */

#include "cli/archive.h"
#include "cli/past.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    REGISTER_BYTES = 64 << 20,
    PDF_BYTES = 512 << 20,
    WORDS_BYTES = 16 << 20,
    NAMES_MOST = 64,
    NAME_CHARS = 2000
};

typedef struct past {
    vt_cli *cli;
    const char *file, *files, *issuer, *superior, *abbr, *system, *columns, *gaps, *backwards,
        *book;
    bool dry, new_issuer, without_pdf;
    int year;
    vt_past_way way;
    vt_past_row *rows;
    size_t count;
    char sha256[65];
    size_t taken, there, pdfs, texts;
    size_t given_up, voided; /* numbers: by rows, because they are missing */
    bool bad;                /* something stands in the way so far */
    bool any_void;           /* a row is that of a void number */
    int part;                /* headers read so far */
    char since[11];          /* when the first was taken: how its id begins; "": none yet */
    vt_buf pdf, words;       /* of the row at hand */
} past;

/* -------------------------------------------------------------------- read -- */

static vt_status choose_pack(past *p) {
    vt_cli *cli = p->cli;
    vt_node root = {.el = VT_DOCUMENT};
    vt_doc any = {.arena = cli->arena, .root = &root, .file = ""};
    vt_status st = vt_cli_engine(cli);

    for (int s = 0; s < VT_SYSTEMS; s++)
        if (strcmp(vt_system_name((vt_system)s), p->system) == 0) {
            any.system = p->way.system = (vt_system)s;
            return st ? st : vt_pack_choose(cli->engine, &any, cli->list, &p->way.pack);
        }
    return vt_bad(cli->list, "CLI-19", (vt_place){0}, "Ghi state, party hoặc youth.",
                  "Không có hệ thống văn bản “%s”.", p->system);
}

/* Which column a field of the data is: --columns first, then its header. */
static vt_column column_of(const past *p, const char *name) {
    const char *s = p->columns ? p->columns : "";
    vt_arena *arena = p->cli->arena;

    while (*s) {
        size_t len = strcspn(s, ","), left = strcspn(s, "=,");

        if (left < len && strlen(name) == len - left - 1 &&
            strncmp(s + left + 1, name, len - left - 1) == 0) {
            const char *what = vt_strndup(arena, s, left);

            return what ? vt_past_column(arena, what) : VT_COL_NONE;
        }
        s += len + (s[len] == ',');
    }
    return vt_past_column(arena, name);
}

/* "(1)", "2": the row of numbers below the header of a printed register. */
static bool is_count(const char *text) {
    text += strspn(text, "( ");
    return strspn(text, "0123456789") > 0 && text[strspn(text, "0123456789) ")] == '\0';
}

/* The header again, above another book of the same register. */
static bool is_header(const past *p, const vt_data *data, const vt_data_field *fields,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *spelt = vt_data_spelt(data, fields[i].name, p->cli->arena);

        if (strcmp(spelt, fields[i].text) != 0)
            return false;
    }
    return true;
}

static vt_status read_record(past *p, const vt_data *data, size_t at) {
    vt_past_row row = {.line = vt_data_line(data, at), .part = p->part};
    vt_data_field *fields;
    size_t count, counts = 0;
    vt_status st = vt_data_fields(data, at, p->cli->arena, p->cli->list, &fields, &count);

    for (int c = 0; c < VT_COLUMNS_PAST; c++)
        row.cell[c] = "";
    for (size_t i = 0; !st && i < count; i++) {
        vt_column column = column_of(p, fields[i].name);

        if (column != VT_COL_NONE)
            row.cell[column] = fields[i].text;
        counts += is_count(fields[i].text);
    }
    if (st || counts == count)
        return st;
    if (is_header(p, data, fields, count)) {
        p->part++;
        return VT_OK;
    }
    st = vt_past_read_row(p->cli, &p->way, &row);
    row.refused = st != VT_OK;
    p->any_void = p->any_void || row.voided;
    p->rows[p->count++] = row;
    return st;
}

/* Number, date and words of the content are needed. */
static vt_status check_columns(const past *p, const vt_data *data) {
    bool have[VT_COLUMNS_PAST] = {false};

    for (size_t i = 0; i < p->count; i++)
        for (int c = 0; c < VT_COLUMNS_PAST; c++)
            have[c] = have[c] || *p->rows[i].cell[c];
    if (vt_data_count(data) == 0 || p->any_void ||
        ((have[VT_COL_DESIGNATION] || have[VT_COL_NUMBER]) && have[VT_COL_DATE] &&
         (have[VT_COL_TITLE] || have[VT_COL_SUBJECT])))
        return VT_OK;
    vt_findings_clear(p->cli->list);
    return vt_bad(p->cli->list, "NK-01", (vt_place){.file = p->file},
                  "Đặt tiêu đề cột như trong sổ: Số, ký hiệu; Ngày, tháng; Tên loại và trích yếu "
                  "nội dung; hoặc nói cột nào là gì: --columns \"so-ky-hieu=cot-a,ngay=cot-b\".",
                  "Sổ không có đủ ba cột: số (ký hiệu), ngày, trích yếu.");
}

static vt_status read_rows(past *p, const vt_data *data) {
    vt_status worst = VT_OK, st;

    p->rows = vt_alloc_array(p->cli->arena, vt_data_count(data) + 1, sizeof *p->rows);
    if (!p->rows)
        return vt_nomem(p->cli->list);
    for (size_t i = 0; i < vt_data_count(data); i++) {
        st = read_record(p, data, i);
        if (st == VT_FAIL)
            return st;
        worst = st > worst ? st : worst;
    }
    st = check_columns(p, data);
    if (st) { /* whatever else was read was read wrong */
        p->rows = NULL;
        p->count = 0;
    }
    return st ? st : worst;
}

/* The register's lines: of a spreadsheet, as it would save them. */
static vt_status as_csv(const char *file, const vt_buf *bytes, vt_findings *list, vt_buf *out) {
    size_t n = strlen(file);

    if (n > 5 && strcasecmp(file + n - 5, ".xlsx") == 0)
        return vt_xlsx_csv(bytes->data, bytes->len, file, list, out);
    vt_buf_add(out, bytes->data, bytes->len);
    return vt_buf_failed(out) ? vt_nomem(list) : VT_OK;
}

/* The cover's lines above the header are joined cells in every register: of those nothing is
   told (DL-07). */
static vt_status take_lines(past *p, const vt_buf *bytes, vt_buf *text) {
    vt_findings *found = vt_findings_new();
    int header = 1;
    vt_status st = found ? as_csv(p->file, bytes, found, text) : vt_nomem(p->cli->list);

    if (!st) {
        vt_past_find_header(p->cli->arena, text);
        header += (int)strspn(text->data, "\n");
    }
    for (size_t i = 0; i < vt_findings_count(found); i++) {
        const vt_finding *f = vt_findings_at(found, i);

        if (st || strcmp(f->id, "DL-07") != 0 || f->place.line >= header)
            vt_find(p->cli->list, f);
    }
    vt_findings_free(found);
    return st;
}

static vt_status read_register(past *p) {
    vt_cli *cli = p->cli;
    vt_data *data = NULL;
    vt_hash hash;
    vt_buf bytes, text;
    vt_status st;

    vt_buf_init(&text, REGISTER_BYTES);
    vt_buf_init(&bytes, REGISTER_BYTES);
    st = vt_file_read(p->file, REGISTER_BYTES, &bytes, cli->list);
    if (!st) {
        vt_sha256(bytes.data, bytes.len, &hash);
        vt_hash_hex(&hash, p->sha256);
        st = take_lines(p, &bytes, &text);
    }
    if (!st)
        st = vt_data_parse("csv", text.data, text.len, p->file, cli->list, &data);
    if (!st)
        st = read_rows(p, data);
    vt_data_free(data);
    vt_buf_free(&text);
    vt_buf_free(&bytes);
    return st;
}

/* ------------------------------------------------------------------ issuer -- */

/* The archive's own name for it; else as it was given. */
static vt_status find_issuer(past *p, vt_records *records) {
    vt_series *series;
    size_t count;

    if ((!p->issuer || !p->new_issuer) &&
        vt_records_series(records, p->issuer, p->cli->arena, NULL, &series, &count) == VT_OK &&
        count) {
        for (size_t i = 1; !p->issuer && i < count; i++)
            if (strcmp(series[i].issuer, series[0].issuer) != 0)
                count = 0;
        if (count) {
            p->issuer = series[0].issuer;
            p->superior = series[0].superior;
        }
    }
    return p->issuer
               ? VT_OK
               : vt_bad(p->cli->list, "SO-01", (vt_place){.file = p->file},
                        "Ghi thêm: --issuer \"Ủy ban nhân dân xã ...\" (và --superior nếu có).",
                        "Chưa biết sổ này là của cơ quan nào.");
}

/* --------------------------------------------------------------------- row -- */

typedef struct given_files {
    past *p;
    const char *designation;
    size_t pages;
} given_files;

static vt_status give(void *ctx, const vt_allotted *allotted, vt_findings *list,
                      vt_issued_files *out) {
    const given_files *g = ctx;
    const past *p = g->p;

    (void)allotted;
    (void)list;
    *out = (vt_issued_files){.designation = g->designation, .pages = g->pages};
    if (p->pdf.len && !p->dry) {
        out->pdf = p->pdf.data;
        out->pdf_len = p->pdf.len;
    }
    return VT_OK;
}

/* PDF and its words; a dry run only looks whether it is one. */
static vt_status read_pdf(past *p, const vt_past_row *row, vt_findings *list, size_t *pages) {
    vt_status st;

    vt_buf_clear(&p->pdf);
    vt_buf_clear(&p->words);
    *pages = 0;
    if (!row->file)
        return VT_OK;
    st = vt_file_read(row->file, PDF_BYTES, &p->pdf, list);
    if (!st && (p->pdf.len < 5 || memcmp(p->pdf.data, "%PDF-", 5) != 0))
        st = vt_bad(list, "NK-08", (vt_place){0}, "Thay bằng đúng tệp PDF của văn bản.",
                    "“%s” không phải là PDF.", row->file);
    if (st || p->dry)
        return st;
    p->pdfs++;
    if (vt_pdf_words(row->file, &p->words, pages) && p->words.data[strspn(p->words.data, " ")])
        p->texts++;
    else
        vt_warn(list, "NK-10", (vt_place){0},
                "Tệp quét không có chữ; cài poppler-utils nếu máy chưa có pdftotext.",
                "Không lấy được chữ trong “%s”: văn bản chỉ tìm được theo sổ.", row->file);
    return VT_OK;
}

/* "UBND huyện; Lưu: VT", behind the `count` there are. */
static size_t split_places(vt_arena *arena, const char *text, int role, vt_addressee *out,
                           size_t count) {
    while (*text && count < NAMES_MOST) {
        size_t len = strcspn(text, ";\n");
        const char *name;

        text += strspn(text, " -");
        len = strcspn(text, ";\n");
        name = vt_strndup(arena, text, len);
        if (name && *name)
            out[count++] = (vt_addressee){.name = name, .role = role};
        text += len + (text[len] != '\0');
    }
    return count;
}

static const char *key_of(vt_arena *arena, const past *p, const vt_past_row *row) {
    char date[11], hex[65];
    vt_hash hash;
    char *text;

    vt_date_iso(row->date, date);
    text = vt_printf(arena, "%s\n%s\n%s\n%s\n%s", p->superior ? p->superior : "", p->issuer,
                     row->designation, date, row->subject);
    if (!text)
        return NULL;
    vt_sha256(text, strlen(text), &hash);
    vt_hash_hex(&hash, hex);
    return vt_printf(arena, "past:%s", hex);
}

/* A cell of several lines, as one of a spreadsheet is read. */
static const char *one_line(vt_arena *arena, const char *text) {
    char *line = strchr(text, '\n') ? vt_strdup(arena, text) : NULL;

    for (char *s = line; s && *s; s++)
        *s = *s == '\n' ? ' ' : *s;
    return line ? line : text;
}

/* What is asked for any row: whose it is, of which type and day, in which book. */
static vt_status ask(const past *p, const vt_past_row *row, const vt_type *type, vt_date date,
                     vt_arena *arena, vt_meta *meta, vt_issue *request) {
    meta->system = p->way.system;
    meta->type_slug = type->slug;
    meta->type_name = meta->title = type->name;
    meta->date = date;
    meta->issuers = vt_alloc_array(arena, 1, sizeof *meta->issuers);
    if (!meta->issuers)
        return vt_nomem(p->cli->list);
    meta->issuers[0].superior = p->superior ? p->superior : "";
    meta->issuers[0].name = p->issuer;
    meta->issuers[0].abbr = p->abbr ? p->abbr : "";
    meta->issuer_count = 1;
    request->meta = meta;
    request->book = p->book ? p->book : type->number_class;
    request->period = vt_pack_period(p->way.pack);
    request->number = row->number;
    request->past = true;
    request->new_issuer = p->new_issuer;
    return VT_OK;
}

/* In which series a row came in, for the void numbers beside it. */
static vt_status keep_series(past *p, vt_records *records, vt_past_row *row, const char *id,
                             vt_findings *list) {
    return p->any_void ? vt_records_past_series(records, id, p->cli->arena, list, &row->series)
                       : VT_OK;
}

/* *twin: the archive has it, perhaps from a row above. */
static vt_status bring_in(past *p, vt_records *records, vt_past_row *row, vt_arena *arena,
                          vt_findings *list, bool *twin) {
    vt_person signer = {.position = "", .name = one_line(arena, row->cell[VT_COL_SIGNER])};
    vt_addressee places[NAMES_MOST];
    vt_meta meta = {.notation = row->notation,
                    .subject = one_line(arena, row->subject),
                    .signers = &signer,
                    .signer_count = *signer.name != '\0',
                    .addressees = places,
                    .copies_amount = (int)strtol(row->cell[VT_COL_AMOUNT], NULL, 10)};
    vt_issue request = {.key = key_of(arena, p, row),
                        .backwards = p->backwards,
                        .note = one_line(arena, row->cell[VT_COL_NOTE])};
    given_files files = {.p = p, .designation = one_line(arena, row->designation)};
    vt_record *out;
    bool existing = false;
    vt_status st =
        request.key ? ask(p, row, row->type, row->date, arena, &meta, &request) : vt_nomem(list);

    if (!st)
        st = read_pdf(p, row, list, &files.pages);
    meta.addressee_count = split_places(arena, row->cell[VT_COL_RECIPIENTS], 1, places, 0);
    meta.addressee_count =
        split_places(arena, row->cell[VT_COL_KEEPERS], 2, places, meta.addressee_count);
    meta.text = p->words.data;
    if (!st)
        st = vt_records_issue(records, &request, give, &files, arena, list, &out, &existing);
    if (st)
        return st;
    *(existing ? &p->there : &p->taken) += 1;
    *twin = existing && *p->since && strncmp(out->id, p->since, sizeof p->since - 1) >= 0;
    if (!existing && !*p->since)
        snprintf(p->since, sizeof p->since, "%s", out->id);
    return keep_series(p, records, row, out->id, list);
}

/* A void number has neither type nor day of its own: those of a document beside it lead to its
   series. */
static vt_status give_up(past *p, vt_records *records, size_t at, vt_arena *arena,
                         vt_findings *list, bool *twin) {
    vt_past_row *row = &p->rows[at];
    const bool dated = vt_date_full(row->date);
    const char *series = NULL;
    const vt_past_row *beside = row;
    bool several = false, existing = false;
    vt_meta meta = {0};
    vt_issue request = {.note = one_line(arena, row->voided)};
    vt_status st;

    if (!row->type || !dated)
        beside = vt_past_beside(p->rows, p->count, at, &several);
    if (!beside && !several && p->bad) { /* that may be why there is none */
        row->refused = true;
        return VT_OK;
    }
    if (!beside)
        return vt_bad(list, "NK-12", (vt_place){0},
                      "Ghi ký hiệu (hoặc loại) và ngày của số ấy vào hàng, hoặc chuyển hàng vào "
                      "giữa các số của sổ có nó.",
                      several ? "Số huỷ %s có thể là của sổ này mà cũng có thể là của sổ kia."
                              : "Không biết số huỷ %s là của sổ nào, năm nào.",
                      row->number);
    st = ask(p, row, row->type ? row->type : beside->type, dated ? row->date : beside->date, arena,
             &meta, &request);
    if (!st)
        st = vt_records_past_void(records, &request, arena, list, &series, &existing);
    if (series)
        row->series = vt_strdup(p->cli->arena, series);
    *(existing ? &p->there : &p->given_up) += !st;
    *twin = existing;
    return st;
}

/* Have two rows one number of one series? */
static bool same_number(const vt_past_row *a, const vt_past_row *b) {
    if (!a->number || strcmp(a->number, b->number) != 0)
        return false;
    if (b->voided)
        return a->series && b->series && strcmp(a->series, b->series) == 0;
    return a->type && a->date.year == b->date.year &&
           strcmp(a->type->number_class, b->type->number_class) == 0;
}

/* The row with the same number, tried before, for who looks for the mistake; `refused`: one that
   was. */
static vt_status name_twin(past *p, size_t at, bool refused) {
    const vt_past_row *row = &p->rows[at];

    for (size_t i = 0; i < (row->voided ? p->count : at); i++)
        if (i != at && (i < at || !p->rows[i].voided) && (p->rows[i].refused || !refused) &&
            same_number(&p->rows[i], row))
            return vt_bad(p->cli->list, "NK-05", (vt_place){.file = p->file, .line = row->line},
                          "Sửa số ở một trong hai hàng, hoặc bỏ hàng ghi hai lần.",
                          "Số %s đã có ở dòng %d của sổ.", row->number, p->rows[i].line);
    return VT_OK;
}

/* What is found in a row is told with its line. */
static vt_status row_in(past *p, vt_records *records, size_t at) {
    vt_past_row *row = &p->rows[at];
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *found = vt_findings_new();
    bool taken = false, twin = false;
    vt_status st;

    if (!arena || !found)
        st = vt_nomem(p->cli->list);
    else
        st = row->voided ? give_up(p, records, at, arena, found, &twin)
                         : bring_in(p, records, row, arena, found, &twin);
    for (size_t i = 0; i < vt_findings_count(found); i++) {
        vt_finding f = *vt_findings_at(found, i);

        f.place = (vt_place){.file = p->file, .line = row->line, .path = row->designation};
        if (strcmp(f.id, "SO-03") == 0)
            f.remedy = "Sửa ngày hoặc số trong sổ; nếu sổ cũ đúng là thế: --backwards LÝ-DO.";
        taken = taken || strcmp(f.id, "SO-17") == 0;
        vt_find(p->cli->list, &f);
    }
    row->refused = row->refused || st;
    if (taken || (!st && (twin || p->bad))) { /* else no row above has it */
        vt_status told = name_twin(p, at, !taken && !twin);

        st = st ? st : told;
    }
    p->bad = p->bad || st;
    vt_findings_free(found);
    vt_arena_free(arena);
    return st;
}

/* --------------------------------------------------------------------- run -- */

static bool readable(const vt_past_row *row) {
    return row->voided || (row->number && row->type && vt_date_full(row->date));
}

static bool any_readable(const past *p) {
    for (size_t i = 0; i < p->count; i++)
        if (readable(&p->rows[i]))
            return true;
    return false;
}

/* Documents first: what is void finds its series by them. */
static vt_status rows_in(past *p, vt_records *records) {
    vt_status worst = VT_OK;

    for (int given_up = 0; given_up < 2; given_up++)
        for (size_t i = 0; i < p->count && worst != VT_FAIL; i++) {
            const vt_past_row *row = &p->rows[i];
            vt_status st = VT_OK;

            if (readable(row) && (row->voided != NULL) == given_up)
                st = row_in(p, records, i);
            worst = st > worst ? st : worst;
        }
    return worst;
}

/* Numbers of the rows that did not come in, as far as they can be told: what cannot be read is
   taken for the one behind the row above. */
static vt_status find_known(const past *p, vt_past_run *line) {
    int64_t *known = vt_alloc_array(p->cli->arena, p->count + 1, sizeof *known), last = 0;

    if (!known)
        return vt_nomem(p->cli->list);
    for (size_t i = 0; i < p->count; i++) {
        last = p->rows[i].number ? strtoll(p->rows[i].number, NULL, 10) : last + 1;
        if (p->rows[i].refused)
            known[line->known_count++] = last;
    }
    line->known = known;
    return VT_OK;
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Everything happens in one act; a dry run takes it back.  Of rows that stand in the way the
   numbers are not missing, others are, and told with them. */
static vt_status run(past *p, vt_records *records) {
    vt_cli *cli = p->cli;
    vt_past_run line = {.name = name_of(p->file), .sha256 = p->sha256, .gaps = p->gaps};
    vt_status st = vt_records_begin(records, cli->list), ended = VT_OK;

    if (st)
        return st;
    st = rows_in(p, records);
    line.taken = p->taken;
    if (st != VT_FAIL && p->taken + p->given_up)
        ended = find_known(p, &line);
    if (st != VT_FAIL && !ended && p->taken + p->given_up)
        ended = vt_records_past(records, &line, cli->arena, cli->list, &p->voided);
    st = ended > st ? ended : st;
    if (!st && !p->dry)
        st = vt_records_commit(records, cli->list);
    vt_records_rollback(records);
    return st;
}

static void report(const past *p) {
    vt_cli *cli = p->cli;
    const size_t voided = p->given_up + p->voided;

    if (cli->json)
        cli->result = json_pack("{s:b, s:I, s:I, s:I, s:I, s:I}", "dry_run", p->dry, "imported",
                                (json_int_t)p->taken, "already", (json_int_t)p->there, "pdf",
                                (json_int_t)p->pdfs, "with_words", (json_int_t)p->texts, "voided",
                                (json_int_t)voided);
    if (p->dry)
        vt_cli_say(cli,
                   "Chạy thử: %zu văn bản nhập được, %zu đã có trong kho, %zu số huỷ, bỏ trống. "
                   "Kho chưa thay đổi gì.\n",
                   p->taken, p->there, voided);
    else
        vt_cli_say(cli,
                   "Đã nhập %zu văn bản (%zu có PDF, %zu tìm được theo chữ trong PDF); %zu đã có "
                   "từ trước; %zu số huỷ, bỏ trống được ghi là huỷ.\n",
                   p->taken, p->pdfs, p->texts, p->there, voided);
}

/* What a register has that cannot be read keeps it out; the rest is tried all the same, so that
   everything is told at once. */
static vt_status import(past *p) {
    vt_records *records = NULL;
    vt_status st = choose_pack(p), read, matched;

    if (!st)
        st = read_register(p);
    if (st != VT_FAIL && p->rows && p->files) {
        matched = vt_past_match(p->cli, p->file, p->files, !p->without_pdf, p->rows, p->count);
        st = matched > st ? matched : st;
    }
    read = st;
    p->bad = read != VT_OK;
    if (read == VT_BAD && any_readable(p)) {
        p->dry = true;
        st = VT_OK;
    }
    if (!st)
        st = vt_cli_archive_open(p->cli, false, &records);
    if (!st)
        st = find_issuer(p, records);
    if (!st)
        st = run(p, records);
    st = st > read ? st : read;
    if (!st)
        report(p);
    else if (st == VT_BAD)
        vt_cli_say(p->cli, "Sổ cũ có chỗ phải sửa (kể ở dưới). Kho chưa thay đổi gì.\n");
    vt_records_close(records);
    return st;
}

/* What goes with every row is told once. */
static vt_status check_typed(past *p) {
    const struct {
        const char *what, **text;
        size_t most;
    } texts[] = {{"tên cơ quan", &p->issuer, NAME_CHARS},
                 {"cơ quan chủ quản", &p->superior, NAME_CHARS},
                 {"chữ viết tắt của cơ quan", &p->abbr, NAME_CHARS},
                 {"lý do", &p->gaps, VT_REASON_MOST},
                 {"lý do ngày lùi", &p->backwards, VT_REASON_MOST}};
    vt_status worst = VT_OK;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        vt_status st = vt_cli_typed(p->cli, texts[i].what, texts[i].most, texts[i].text);
        worst = st > worst ? st : worst;
    }
    return worst;
}

vt_status vt_cmd_past(vt_cli *cli, int argc, char **argv) {
    past p = {.cli = cli, .system = "state"};
    const vt_opt opts[] = {
        {"files", 0, VT_OPT_STRING, &p.files, "THƯ-MỤC", "các tệp PDF, tìm theo số trong tên tệp"},
        {"dry-run", 0, VT_OPT_FLAG, &p.dry, NULL, "chỉ kể những gì sẽ vướng, không ghi gì"},
        {"issuer", 0, VT_OPT_STRING, &p.issuer, "TÊN", "sổ này của cơ quan nào"},
        {"superior", 0, VT_OPT_STRING, &p.superior, "TÊN", "cơ quan chủ quản của nó"},
        {"abbr", 0, VT_OPT_STRING, &p.abbr, "CHỮ", "chữ viết tắt tên cơ quan"},
        {"new-issuer", 0, VT_OPT_FLAG, &p.new_issuer, NULL, "cơ quan ấy chưa có trong kho"},
        {"system", 0, VT_OPT_STRING, &p.system, "HỆ", "state (mặc định), party hoặc youth"},
        {"book", 0, VT_OPT_STRING, &p.book, "SỔ", "mọi loại vào sổ này (nếu chưa đặt: series set)"},
        {"year", 0, VT_OPT_INT, &p.year, "NĂM", "năm của những ngày chỉ ghi ngày và tháng"},
        {"columns", 0, VT_OPT_STRING, &p.columns, "CỘT=TÊN,...", "cột nào là gì: so-ky-hieu=cot-a"},
        {"without-pdf", 0, VT_OPT_FLAG, &p.without_pdf, NULL, "nhận cả văn bản không thấy PDF"},
        {"gaps", 0, VT_OPT_STRING, &p.gaps, "LÝ-DO", "vì sao sổ cũ thiếu số"},
        {"backwards", 0, VT_OPT_STRING, &p.backwards, "LÝ-DO", "vì sao ngày trong sổ cũ đi lùi"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("import-register"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    st = check_typed(&p);
    if (st)
        return st;
    p.file = argv[0];
    p.way = (vt_past_way){.file = p.file, .year = p.year, .columns = p.columns};
    vt_buf_init(&p.pdf, PDF_BYTES);
    vt_buf_init(&p.words, WORDS_BYTES);
    st = import(&p);
    vt_buf_free(&p.pdf);
    vt_buf_free(&p.words);
    return st;
}
