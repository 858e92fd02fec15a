/* format/fhir_options.h — what a user may say about FHIR inputs.   Threads: immutable; share it. */
#pragma once
#include "base/base.h"

struct fhir_options {
    /* Attachments that are no text (images, PDF) are emptied instead of refused. */
    bool drop_attachments;
};
