// openredaction as its README shows it: defaults, or the preset named (hipaa).
'use strict';
const { OpenRedaction } = require('openredaction');
const preset = process.argv[2];
const redactor = new OpenRedaction(preset ? { preset } : {});
require('./lines')(async (text) => (await redactor.detect(text)).redacted);
