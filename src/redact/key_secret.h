/* redact/key_secret.h — between key.c and key_file.c alone: a key from its 32 secret bytes. */
#pragma once
#include "redact/key.h"

enum { KEY_SECRET_LEN = 32, KEY_ID_LEN = 8 };

/* The bytes are copied; the caller wipes his own. OK, ERR_MEMORY or ERR_SYSTEM. */
MUST_USE err key_from_secret(struct key **out, const uint8_t secret[KEY_SECRET_LEN],
                             bool ephemeral);
