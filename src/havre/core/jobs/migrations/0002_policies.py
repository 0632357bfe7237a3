# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees a job; and the gate functions that write how its run stands."""

from django.db import migrations

from havre.core.access.protection import GateFunction, GateMayRead, Protect

MINE = "member_id = (SELECT havre_member())"
OURS = f"organisation_id = (SELECT havre_reads()) OR {MINE}"
MY_ORGANISATION = "(SELECT organisation_id FROM accounts_member WHERE id = (SELECT havre_member()))"

WAIT = """
CREATE FUNCTION jobs_wait(of uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO jobs_run (job_id, state, share, said, said_values, error, attempts)
    VALUES (of, 'waiting', 0, '', '{}', '', 0)
  ON CONFLICT (job_id) DO UPDATE SET state = 'waiting', share = 0, said = '', said_values = '{}'
    WHERE jobs_run.state <> 'done'
$$
"""

BEGIN = """
CREATE FUNCTION jobs_begin(of uuid) RETURNS void LANGUAGE sql AS $$
  UPDATE jobs_run SET state = 'running', share = 0, said = '', said_values = '{}', error = '',
    attempts = attempts + 1, started_at = clock_timestamp(), ended_at = NULL
  WHERE job_id = of AND state <> 'done'
$$
"""

TELL = """
CREATE FUNCTION jobs_tell(of uuid, so_far double precision, sentence text, numbers jsonb) RETURNS void
LANGUAGE sql AS $$
  UPDATE jobs_run SET share = so_far, said = sentence, said_values = numbers WHERE job_id = of AND state = 'running'
$$
"""

# What is done is said in the transaction that did it, by the member whose job it is.
END = """
CREATE FUNCTION jobs_end(of uuid, returned jsonb) RETURNS void LANGUAGE sql AS $$
  UPDATE jobs_run SET state = 'done', share = 1, said = '', said_values = '{}', result = returned,
    ended_at = clock_timestamp()
  WHERE (SELECT havre_member()) IS NOT NULL AND job_id = of AND state <> 'done'
    AND EXISTS (SELECT 1 FROM jobs_job j WHERE j.id = of AND j.member_id = havre_member())
$$
"""

FAIL = """
CREATE FUNCTION jobs_fail(of uuid, kind text) RETURNS void LANGUAGE sql AS $$
  UPDATE jobs_run SET state = 'failed', said = '', said_values = '{}', error = kind, ended_at = clock_timestamp()
  WHERE job_id = of AND state <> 'done'
$$
"""


class Migration(migrations.Migration):
    """Policies of jobs, which never change, and of their runs, which nobody writes but the gate."""

    dependencies = [
        ("jobs", "0001_initial"),
        ("audit", "0002_functions"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        Protect(
            "jobs_job",
            read=OURS,
            write="false",
            insert=f"{MINE} AND purpose = (SELECT havre_purpose()) AND organisation_id = {MY_ORGANISATION}",
        ),
        migrations.RunSQL(
            [
                "ALTER TABLE jobs_run ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE jobs_run FORCE ROW LEVEL SECURITY",
                (
                    "CREATE POLICY reading ON jobs_run FOR SELECT TO havre_web"
                    " USING (EXISTS (SELECT 1 FROM jobs_job WHERE jobs_job.id = jobs_run.job_id))"
                ),
                "REVOKE INSERT, UPDATE, DELETE ON jobs_run FROM havre_web",
            ],
            [
                "GRANT INSERT, UPDATE, DELETE ON jobs_run TO havre_web",
                "DROP POLICY reading ON jobs_run",
                "ALTER TABLE jobs_run NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE jobs_run DISABLE ROW LEVEL SECURITY",
            ],
        ),
        GateMayRead("jobs_job"),
        GateMayRead("jobs_run", also=("INSERT", "UPDATE")),
        GateFunction("jobs_wait(uuid)", WAIT),
        GateFunction("jobs_begin(uuid)", BEGIN),
        GateFunction("jobs_tell(uuid, double precision, text, jsonb)", TELL),
        GateFunction("jobs_end(uuid, jsonb)", END),
        GateFunction("jobs_fail(uuid, text)", FAIL),
    ]
