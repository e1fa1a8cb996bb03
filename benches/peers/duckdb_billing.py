"""Bills the cases of four schedules in SQL: event lines in, invoice lines out, by DuckDB.

    python3 duckdb_billing.py EVENTS.ndjson AS-OF LINES.ndjson [THREADS]

Amounts are DECIMAL throughout. One statement reads the file, one bills it and writes the lines.
"""

import sys

import duckdb

READ = """
CREATE TEMP TABLE happened AS
WITH events AS (
    SELECT *, row_number() OVER () AS sent
    FROM read_ndjson($events, columns = {
        "case": 'VARCHAR', date: 'DATE', kind: 'VARCHAR', schedule: 'VARCHAR',
        name: 'VARCHAR', hours: 'DECIMAL(12, 4)'
    })
), opened AS (
    SELECT "case", schedule FROM events WHERE kind = 'opened'
)
SELECT
    "case", opened.schedule, date, kind, name, coalesce(hours, 0) AS hours, sent,
    CASE kind WHEN 'opened' THEN 0 WHEN 'signature' THEN 1 WHEN 'end' THEN 3
              WHEN 'abandonment' THEN 4 ELSE 2 END AS rank
FROM events JOIN opened USING ("case")
WHERE date <= $as_of::DATE
"""

BILL = """
COPY (
WITH
-- A case is one of one schedule, taken by date, then by kind, then as it was sent.
parcours AS (
    SELECT *,
        min(CASE WHEN kind = 'action' THEN date END)
            OVER (PARTITION BY "case" ORDER BY date, rank, sent) AS started,
        count(*) FILTER (kind IN ('end', 'abandonment'))
            OVER (PARTITION BY "case" ORDER BY date, rank, sent) AS terminals
    FROM happened WHERE schedule = 'Parcours Emploi Santé'
),
parcours_fired AS (
    SELECT "case", schedule, date, rank, sent,
        CASE
            WHEN kind = 'action' AND name = 'Entretien Diag de clôture' THEN 'Diagnostic de clôture'
            WHEN kind = 'action' AND name = 'Entretien Bilan Final' THEN
                CASE WHEN date < started + INTERVAL 4 MONTH THEN 'Réalisation Bilan Final - 4 mois'
                     WHEN date < started + INTERVAL 10 MONTH THEN 'Réalisation Bilan Final + 4 mois'
                END
            WHEN kind = 'abandonment' AND terminals = 1 THEN
                CASE WHEN date < started + INTERVAL 4 MONTH THEN 'Abandon - 4 mois'
                     WHEN date < started + INTERVAL 10 MONTH THEN 'Abandon + 4 mois'
                END
        END AS line
    FROM parcours
),
parcours_lines AS (
    SELECT "case", schedule, date, line, line AS label,
        round(1800::DECIMAL(12, 2) * CASE line
            WHEN 'Diagnostic de clôture' THEN 20
            WHEN 'Abandon - 4 mois' THEN 20
            WHEN 'Abandon + 4 mois' THEN 40
            WHEN 'Réalisation Bilan Final + 4 mois' THEN 100
            ELSE 40 END * 0.01::DECIMAL(4, 2), 2)::DECIMAL(12, 2) AS amount
    FROM parcours_fired WHERE line IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY "case" ORDER BY date, rank, sent) = 1
),

vae AS (
    SELECT *,
        CASE WHEN kind = 'action' THEN
            CASE name
                WHEN 'Accompagnement individuel Acc VAE' THEN round(hours * 70, 2)
                WHEN 'Accompagnement collectif Acc VAE' THEN round(hours * 35, 2)
                WHEN 'Entretien complémentaire Acc VAE' THEN round(hours * 25, 2)
                WHEN 'Entretien post jury (fin faisabilité)' THEN 300
                ELSE 0
            END ELSE 0 END::DECIMAL(12, 2) AS worth,
        CASE
            WHEN kind = 'end' THEN 'parcours VAE en totalité'
            WHEN kind = 'abandonment' THEN 'Abandon'
            WHEN name = 'Entretien de Jury (action de fin)' THEN 'parcours VAE en totalité'
            WHEN name = 'Entretien post jury (fin faisabilité)' THEN 'étude de faisabilité'
        END AS line
    FROM happened WHERE schedule = 'VAE certification en totalité'
),
-- What is billed together: everything up to a line, after the line before.
vae_parts AS (
    SELECT *,
        count(line) OVER before AS part,
        count(*) FILTER (line <> 'étude de faisabilité') OVER before AS closed
    FROM vae
    WINDOW before AS (PARTITION BY "case" ORDER BY date, rank, sent
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
vae_lines AS (
    SELECT "case", schedule, max(date) FILTER (line IS NOT NULL) AS date,
        max(line) AS line, max(line) AS label, sum(worth)::DECIMAL(12, 2) AS amount
    FROM vae_parts WHERE closed = 0
    GROUP BY "case", schedule, part
    HAVING line IS NOT NULL AND amount <> 0
),

amorce AS (
    SELECT *,
        CASE WHEN kind = 'action' THEN
            CASE name
                WHEN 'Présence en centre' THEN round(hours * 12, 2)
                WHEN 'Présence en stage' THEN round(hours * 4, 2)
                WHEN 'Foad' THEN round(hours * 12, 2)
                WHEN 'Bilan' THEN round(hours * 12, 2)
                ELSE 0
            END ELSE 0 END::DECIMAL(12, 2) AS worth,
        count(*) FILTER (kind = 'action' AND name = 'Bilan') OVER (
            PARTITION BY "case" ORDER BY date, rank, sent
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS closed,
        min(CASE WHEN kind = 'action' AND name = 'Bilan' THEN date END)
            OVER (PARTITION BY "case") AS closing
    FROM happened WHERE schedule = 'Amorce de parcours'
),
-- The last month goes to the closing line, the others to their ends.
amorce_months AS (
    SELECT "case", schedule, closing, last_day(date) AS month_end, sum(worth) AS amount
    FROM amorce WHERE coalesce(closed, 0) = 0
    GROUP BY "case", schedule, closing, last_day(date)
),
amorce_lines AS (
    SELECT "case", schedule, CASE WHEN closes THEN closing ELSE month_end END AS date,
        line, line AS label, amount::DECIMAL(12, 2) AS amount
    FROM (
        SELECT *, coalesce(month_end >= closing, false) AS closes,
            CASE WHEN closes THEN 'Bilan' ELSE 'Réalisé du mois' END AS line
        FROM amorce_months
    )
    WHERE amount <> 0 AND (closes OR month_end <= $as_of::DATE)
),

cpf AS (
    SELECT *,
        sum(CASE WHEN kind = 'action' THEN hours ELSE 0 END) OVER case_so_far AS attended
    FROM happened WHERE schedule = 'CPF, par assiduité'
    WINDOW case_so_far AS (PARTITION BY "case" ORDER BY date, rank, sent)
),
cpf_ends AS (
    SELECT "case", schedule, date, rank, sent,
        CASE
            WHEN kind = 'end' THEN 'Formation suivie'
            WHEN attended * 100 < 25 * 10 THEN 'Sortie avant 25 %'
            WHEN attended * 100 < 80 * 10 THEN 'Sortie entre 25 et 80 %'
            ELSE 'Sortie après 80 %'
        END AS line
    FROM cpf WHERE kind IN ('end', 'abandonment')
    QUALIFY row_number() OVER (PARTITION BY "case" ORDER BY date, rank, sent) = 1
),
cpf_lines AS (
    SELECT "case", schedule, date, line, line AS label,
        (CASE line WHEN 'Sortie avant 25 %' THEN 225 ELSE 900 END)::DECIMAL(12, 2) AS amount
    FROM cpf_ends WHERE line <> 'Sortie entre 25 et 80 %'
    UNION ALL
    SELECT ends."case", ends.schedule, ends.date, ends.line, cpf.name AS label,
        round(cpf.hours * 90, 2)::DECIMAL(12, 2) AS amount
    FROM cpf_ends AS ends JOIN cpf ON cpf."case" = ends."case"
    WHERE ends.line = 'Sortie entre 25 et 80 %' AND cpf.kind = 'action' AND cpf.hours <> 0
        AND (cpf.date, cpf.rank, cpf.sent) < (ends.date, ends.rank, ends.sent)
)

SELECT "case", schedule, date::VARCHAR AS date, line, label, amount::VARCHAR AS amount,
    'EUR' AS currency
FROM (
    FROM parcours_lines UNION ALL FROM vae_lines UNION ALL FROM amorce_lines
    UNION ALL FROM cpf_lines
)
) TO $lines (FORMAT json)
"""


def main(events, as_of, lines, threads="1"):
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute(READ, {"events": events, "as_of": as_of})
    connection.execute(BILL, {"as_of": as_of, "lines": lines})


if __name__ == "__main__":
    main(*sys.argv[1:])
