# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes pairs, verdicts and runs; the trigger that holds the life of a pair; what follows its steps.

A pair is read by the organisations of its two sides and by the guardian of one of its people. The job of a match
run proposes and weighs; members of the two organisations decide; nobody deletes.
"""

from django.db import migrations

from havre.apps.tracing.actions.life import life_function
from havre.apps.tracing.migrations import _functions as sql
from havre.core.access.protection import GateFunction, GateMayRead, Protect

OF_BOTH = "organisation_a_id = (SELECT {0}()) OR organisation_b_id = (SELECT {0}())"
WARDS = """(SELECT registry_ward()) IS NOT NULL AND EXISTS (
  SELECT 1 FROM registry_registration r
  WHERE r.id IN (tracing_pair.registration_a_id, tracing_pair.registration_b_id)
    AND r.person_id = (SELECT registry_ward()))"""
PAIR_READ = f"{OF_BOTH.format('havre_reads')} OR (SELECT havre_matches()) OR ({WARDS})"
PAIR_WRITE = f"{OF_BOTH.format('havre_writes')} OR (SELECT havre_matches())"

OF_A_PAIR = "EXISTS (SELECT 1 FROM tracing_pair p WHERE p.id = tracing_verdict.pair_id)"
VERDICT_ADD = f"""
  member_id = (SELECT havre_member()) AND organisation_id = (SELECT havre_writes()) AND {OF_A_PAIR}
  AND shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = (SELECT havre_writes()))
"""
# What one side puts off is no business of the other.
VERDICT_READ = f"{OF_A_PAIR} AND (kind <> 'skip' OR organisation_id = (SELECT havre_reads()))"
# Words are erased with the registration that they are of: so it is the own one, and of the pair that was decided.
NOTE_ADD = """organisation_id = (SELECT havre_writes()) AND EXISTS (
  SELECT 1 FROM tracing_verdict v JOIN tracing_pair p ON p.id = v.pair_id
  WHERE v.id = tracing_verdictnote.verdict_id AND v.member_id = (SELECT havre_member())
    AND (tracing_verdictnote.registration_id, tracing_verdictnote.organisation_id) IN (
      (p.registration_a_id, p.organisation_a_id), (p.registration_b_id, p.organisation_b_id)))"""

OWN = "organisation_id = (SELECT {}())"
RUN_READ = (
    f"(SELECT havre_reads()) = ANY (took_part) OR {OWN.format('havre_reads')} OR (SELECT havre_matches())"
)

# What a program weighs anew with every run is no act of anybody; what it leads to (state, band) is on record.
WEIGHED = (
    "glimpse_a", "glimpse_b", "reasons", "bits", "name_keys", "fingerprint", "evidence", "probability", "rivals",
    "last_run_id",
)  # fmt: skip


class Migration(migrations.Migration):
    """Policies, triggers and gate functions of tracing."""

    dependencies = [("tracing", "0002_rules"), ("registry", "0002_policies")]

    operations = [
        GateMayRead("tracing_pair", also=("UPDATE",)),
        GateMayRead("tracing_verdict"),
        GateMayRead("tracing_verdictnote", also=("DELETE",)),
        # Its key is registration a. Of side b the audit keeps ids, a state and a band, so that the erasure of b
        # leaves nothing to read either; what both sides show is never in it.
        Protect(
            "tracing_pair",
            read=PAIR_READ,
            write=PAIR_WRITE,
            insert="(SELECT havre_matches())",
            subject="registration_a_id",
            unlogged=WEIGHED,
        ),
        Protect("tracing_verdict", read=VERDICT_READ, write="false", insert=VERDICT_ADD),
        Protect(
            "tracing_verdictnote",
            read=OWN.format("havre_reads"),
            write="false",
            insert=NOTE_ADD,
            subject="registration_id",
            unlogged=("words",),
        ),
        Protect(
            "tracing_run",
            read=RUN_READ,
            write="(SELECT havre_matches())",
            insert=f"{OWN.format('havre_writes')} OR (SELECT havre_matches())",
        ),
        migrations.RunSQL(
            "REVOKE DELETE ON tracing_pair, tracing_verdict, tracing_verdictnote, tracing_run FROM havre_web",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(life_function(), "DROP FUNCTION tracing_life()"),
        migrations.RunSQL(sql.LIFE, "DROP FUNCTION tracing_pair_life()"),
        migrations.RunSQL(
            "CREATE TRIGGER pair_life BEFORE INSERT OR UPDATE ON tracing_pair"
            " FOR EACH ROW EXECUTE FUNCTION tracing_pair_life()",
            "DROP TRIGGER pair_life ON tracing_pair",
        ),
        # A share of a verified pair is the one row of the registry that tracing writes.
        migrations.RunSQL(
            [
                "GRANT INSERT ON registry_share TO havre_gate",
                "CREATE POLICY gate_of_pairs ON registry_share FOR INSERT TO havre_gate WITH CHECK (basis = 'pair')",
            ],
            [
                "DROP POLICY gate_of_pairs ON registry_share",
                "REVOKE INSERT ON registry_share FROM havre_gate",
            ],
        ),
        migrations.RunSQL(sql.UUID7, "DROP FUNCTION tracing_uuid7()"),
        # Triggers call these, and the web role may not.
        GateFunction("tracing_share(uuid)", sql.SHARE, callers=()),
        GateFunction("tracing_end_share(uuid)", sql.END_SHARE, callers=()),
        GateFunction("tracing_rivals(uuid)", sql.RIVALS, callers=()),
        GateFunction("tracing_close_rivals(uuid)", sql.CLOSE_RIVALS, callers=()),
        GateFunction("tracing_restore_rivals(uuid)", sql.RESTORE_RIVALS, callers=()),
        GateFunction("tracing_pair_effects()", sql.EFFECTS),
        migrations.RunSQL(
            "CREATE TRIGGER pair_effects AFTER UPDATE OF state ON tracing_pair FOR EACH ROW"
            " WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tracing_pair_effects()",
            "DROP TRIGGER pair_effects ON tracing_pair",
        ),
        GateFunction("tracing_end(uuid[], boolean)", sql.END, callers=()),
        GateFunction("tracing_end_expired()", sql.END_EXPIRED),
        GateFunction("tracing_registration_ended()", sql.REGISTRATION_ENDED),
        # Whoever takes consent back waits for a match that is writing, nearly as long as a statement may take.
        migrations.RunSQL(
            "ALTER FUNCTION tracing_registration_ended() SET lock_timeout = '14s'", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            "CREATE TRIGGER pairs_end AFTER UPDATE ON registry_registration FOR EACH ROW"
            f" WHEN ({sql.ENDED_NOW}) EXECUTE FUNCTION tracing_registration_ended()",
            "DROP TRIGGER pairs_end ON registry_registration",
        ),
    ]
