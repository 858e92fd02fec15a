// JSON lines with a "text" from standard input, the same with each text redacted to standard output: the
// work that `cordon deid` does. The seconds spent on it after loading go to standard error.
'use strict';
const fs = require('fs');
module.exports = async (redact) => {
  const begun = process.hrtime.bigint();
  const out = [];
  for (const line of fs.readFileSync(0, 'utf8').split('\n')) {
    if (!line) continue;
    const o = JSON.parse(line);
    o.text = await redact(o.text);
    out.push(JSON.stringify(o));
  }
  fs.writeSync(1, out.join('\n') + '\n');
  process.stderr.write(`${Number(process.hrtime.bigint() - begun) / 1e9}\n`);
};
