// redact-pii as its README shows it: defaults, one text after the other.
'use strict';
const { SyncRedactor } = require('redact-pii');
const redactor = new SyncRedactor();
require('./lines')((text) => redactor.redact(text));
