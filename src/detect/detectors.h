/* detect/detectors.h — the detectors, one a kind, all with one signature.
 *
 * Each appends its findings for the whole text, in any order, possibly overlapping those of others:
 * detect/merge.h settles that. They return OK (also for nothing found), ERR_MEMORY or ERR_LIMIT.
 * Threads: pure but for `out` and the document's arena.
 */
#pragma once
#include "detect/doc.h"

typedef err detector_fn(const struct doc *d, struct findings *out);

detector_fn date_find;      /* DATE: detect/date.c */
detector_fn age_find;       /* AGE over 89 */
detector_fn phone_find;     /* PHONE, FAX */
detector_fn email_find;     /* EMAIL */
detector_fn url_find;       /* URL */
detector_fn ip_find;        /* IP */
detector_fn ssn_find;       /* SSN */
detector_fn id_find;        /* MRN, ACCOUNT, PLAN, LICENSE, DEVICE, VEHICLE, ID: cue or checksum */
detector_fn encoded_find;   /* ID: base64 */
detector_fn street_find;    /* LOCATION: street addresses, P.O. boxes, ZIP codes */
detector_fn place_zip_find; /* LOCATION: town and street before a state and postal code */
detector_fn street_whole_find; /* … and what belongs to them: house, plot, floor */
detector_fn place_find;        /* LOCATION: towns, counties */
detector_fn place_point_find;  /* LOCATION: coordinates */
detector_fn organization_find; /* ORGANIZATION */
detector_fn place_asked_find;  /* LOCATION: what a field or a postal code asks for */
detector_fn
    place_behind_find; /* LOCATION: towns behind the streets and organisations found so far */
detector_fn name_find; /* NAME */
detector_fn organization_tail_find; /* ORGANIZATION: called by a town or person found so far */
detector_fn place_named_find;       /* LOCATION: towns behind the NAMEs found so far */
detector_fn id_beside_learned;      /* as id_beside_find, beside the names of the tagger */
detector_fn id_beside_find;         /* MRN: a number in the column beside a NAME found so far */
detector_fn id_stamp_find;          /* ID: who a line with a DATE found so far is of */
detector_fn field_find; /* NAME, LOCATION, ORGANIZATION, DATE, AGE: what a field's name says */
