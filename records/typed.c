/*
 * records/typed.c - what people type into an act, by the rule of documents' text (KHO-15).
 *
 * A reason, a name, a note goes into rows and into the log for ever; from there to terminals,
 * registers on paper, files of other programs.  What none of them can bear is refused at the
 * door, whoever calls: a command, an import, another program.
 */
#include "records/typed.h"

enum { TYPED_BYTES = 256 << 20 /* of one act, and only of what was no NFC */ };

vt_status vt_typed(vt_records *r, vt_findings *list, const vt_typed_text *texts, size_t count) {
    vt_status worst = VT_OK;

    if (!r->typed)
        r->typed = vt_arena_new(TYPED_BYTES);
    if (!r->typed)
        return vt_nomem(list);
    for (size_t i = 0; i < count && worst != VT_FAIL; i++) {
        const vt_typed_text *t = &texts[i];
        vt_status st = *t->text ? vt_text_typed(r->typed, "KHO-15", t->what,
                                                t->most ? t->most : VT_REASON_MOST, t->text, list)
                                : VT_OK;

        worst = st > worst ? st : worst;
    }
    return worst;
}

vt_status vt_typed_reason(vt_records *r, vt_findings *list, const char **reason) {
    return vt_typed(r, list, &(vt_typed_text){"lý do", reason, 0}, 1);
}
