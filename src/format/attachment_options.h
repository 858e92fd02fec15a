/* format/attachment_options.h — what a user may say about documents in base64 in HL7, FHIR and CDA.
 * Threads: immutable; share it. */
#pragma once
#include "base/base.h"

struct attachment_options {
    /* Those that are no text (images, PDF) are emptied instead of refused. */
    bool drop_attachments;
};
