/* report/html_text.h — text as HTML: what every writer of pages shares. Threads: pure. */
#pragma once
#include "base/buf.h"

/* & < > " ' as entities, control characters (line ends too) as blanks. */
MUST_USE err html_add(struct buf *b, view v);
