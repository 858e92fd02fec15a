/* format/not_plain.h — inputs that nothing knows, and that are no plain text all the same.
 *
 * Plain text is what remains when no format knows an input. What has a structure then loses what only that
 * structure says: a name in small letters under its key, in its field, in its column, cut in two by markup. So what
 * is unmistakably something else is refused, with what to do. Whoever says `text` himself is believed.
 * Signs are taken that notes do not have, also not when they mention such a thing.   Threads: pure.
 */
#pragma once
#include "base/diag.h"
#include "text/encoding.h"

/* OK, or ERR_UNSUPPORTED with the offset of the sign. `bytes`: a whole input that was taken for text, in `enc`.
 * ERR_ENCODING and ERR_LIMIT are left to whoever decodes it. ERR_MEMORY. */
MUST_USE err not_plain_check(view bytes, enum encoding enc, struct diag *d);
/* HTML, by its head or by elements all over? */
bool not_plain_is_html(view text);
/* Does it say that parts of it are no text: PDF, PostScript, RTF, mail with encoded parts? */
bool not_plain_hides(view text);
