/* redact/check_digits.h — numbers that a registry somewhere would take for valid.
 *
 * A surrogate must pass none of these tests: NPI and payment cards (Luhn), NHS number (modulo 11), DEA
 * registration, VIN, GTIN and UDI (GS1 modulo 10), bank routing (ABA), Spanish DNI and NIE, Medicare
 * beneficiary identifier (its format), Canadian post code (its letters).   Threads: pure.
 */
#pragma once
#include "base/base.h"

/* `s`: canonical letters and digits (lower case). True when some registry's test holds. */
bool check_digits_valid(view s);
/* One of them, for tests and for detectors' own use. */
bool check_luhn(view digits);
bool check_npi(view digits);
bool check_nhs(view digits);
bool check_dea(view s);
bool check_vin(view s);
