/* format/patient_number.h — which of a patient's identifiers tells whose a record is.
 *
 * Dates move together that are of one patient, in messages, resources and tables: so all formats choose by kind, not
 * by place. The record number, else the social security number, else another one that stays with the patient. A
 * visit's or an account's number is somebody else's next time and never chosen.
 * Source: HL7 table 0203.   Threads: pure.
 */
#pragma once
#include "format/format.h"

/* 0: never; the higher the better, of equal ones the first. `code`: the type (MR, SS, PI …), "" when it is not said;
 * `role`: what it is taken for. */
unsigned patient_number_rank(view code, enum piece_role role);
