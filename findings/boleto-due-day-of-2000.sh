#!/usr/bin/env bash
# A Brazilian payment slip (boleto) due in 2025: read back, it was due in 2000.
#
# node-boleto 2.3.0 writes; boleto.js 1.1.4, broleto 0.0.12, @mrmgomes/boleto-utils 1.3.3 and @brazilian-utils/brazilian-utils 2.4.0
# read. All from npm, on Node.
# Rule: the line of digits of a boleto has four digits for the due day, counted from 7 October 1997. 9999 was 21 February 2025;
# FEBRABAN has the count begin again at 1000 with the day after, so that 1000 is 3 July 2000 and 22 February 2025.
# Behaviour: node-boleto begins again. boleto.js and broleto go on counting from 1997, find the slip valid, and say nothing.
# boleto-utils gives both days, the old one as `vencimento`. brazilian-utils gives the new one.
# Output seen (due day; digits; by boleto.js, broleto, boleto-utils as `vencimento`, brazilian-utils):
#   2025-02-20 9998 2025-02-20 2025-02-20 2025-02-20 2025-02-20
#   2025-02-21 9999 2025-02-21 2025-02-21 2025-02-21 2025-02-21
#   2025-02-22 1000 2000-07-03 2000-07-03 2000-07-03 2025-02-22
#   2025-03-31 1037 2000-08-09 2000-08-09 2000-08-09 2025-03-31
# So an invoice that is due in three weeks is 24 years late, with fine and interest. A host takes the due day from the invoice, not from the
# slip, or adds 9,000 days to one before 22 February 2025 that was issued after it. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund node-boleto@2.3.0 boleto.js@1.1.4 broleto@0.0.12 \
  @mrmgomes/boleto-utils@1.3.3 @brazilian-utils/brazilian-utils@2.4.0
cat >slips.cjs <<'JS'
globalThis.window = globalThis;
const { Boleto: Writer } = require("node-boleto");
const BoletoJs = require("boleto.js");
const { Boleto: Broleto } = require("broleto");
const { validarBoleto } = require("@mrmgomes/boleto-utils");
const { getBoletoInfo } = require("@brazilian-utils/brazilian-utils");

const day = (date) => new Date(date).toISOString().slice(0, 10);
for (const due of ["2025-02-20", "2025-02-21", "2025-02-22", "2025-03-31"]) {
  const slip = new Writer({
    banco: "santander",
    data_emissao: new Date("2025-02-01T12:00:00Z"),
    data_vencimento: new Date(`${due}T12:00:00Z`),
    valor: 12345,
    nosso_numero: "1234567",
    numero_documento: "F-1",
    cedente: "Seller",
    cedente_cnpj: "00000000000191",
    agencia: "3978",
    codigo_cedente: "6404154",
    carteira: "102",
  });
  const line = slip.linha_digitavel.replace(/\D/g, "");
  const broleto = new Broleto(line);
  const utils = validarBoleto(line);
  if (!broleto.valid() || !utils.sucesso) throw new Error(`not valid: ${line}`);
  const read = [new BoletoJs(line).expirationDate(), broleto.expirationDate(), utils.vencimento, getBoletoInfo(line).expirationDate];
  console.log(due, line.slice(33, 37), ...read.map(day));
}
JS
TZ=UTC node slips.cjs | tee seen
diff seen - <<'SEEN'
2025-02-20 9998 2025-02-20 2025-02-20 2025-02-20 2025-02-20
2025-02-21 9999 2025-02-21 2025-02-21 2025-02-21 2025-02-21
2025-02-22 1000 2000-07-03 2000-07-03 2000-07-03 2025-02-22
2025-03-31 1037 2000-08-09 2000-08-09 2000-08-09 2025-03-31
SEEN
