# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes cases, and the triggers that hold their rules.

A case is read by the organisation that registered the child, by the organisation on the pair's other side while the
pair stands, and by the child's guardian. What was said in it follows it. Nothing said is changed, and nobody deletes.
"""

from django.db import migrations

from havre.apps.cases.enums import Factor
from havre.apps.cases.migrations import _functions as sql
from havre.apps.cases.migrations import _whole as whole
from havre.core.access.protection import GateFunction, GateMayRead, Protect

STANDS = """EXISTS (SELECT 1 FROM tracing_pair p WHERE p.id = cases_case.pair_id
    AND p.state IN ('verified', 'reunited'))"""
WARDS = """(SELECT registry_ward()) IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_registration r WHERE r.id = cases_case.registration_id
    AND r.person_id = (SELECT registry_ward()))"""
CASE_WRITE = f"""organisation_id = (SELECT havre_writes())
  OR (other_organisation_id = (SELECT havre_writes()) AND {STANDS})"""
CASE_READ = f"""organisation_id = (SELECT havre_reads())
  OR (other_organisation_id = (SELECT havre_reads()) AND {STANDS}) OR ({WARDS})"""
CASE_ADD = """organisation_id = (SELECT havre_writes()) AND opened_by_id = (SELECT havre_member())
  AND (SELECT cases_works()) AND EXISTS (
    SELECT 1 FROM tracing_pair p JOIN registry_registration r ON r.id = cases_case.registration_id
    WHERE p.id = cases_case.pair_id AND p.state IN ('verified', 'reunited')
      AND p.child_shore = cases_case.child_shore AND r.person_id = cases_case.person
      AND ((p.child_shore = 'france' AND p.registration_a_id = cases_case.registration_id
          AND p.organisation_a_id = cases_case.organisation_id AND p.registration_b_id = cases_case.family_id
          AND p.organisation_b_id = cases_case.other_organisation_id)
        OR (p.child_shore = 'britain' AND p.registration_b_id = cases_case.registration_id
          AND p.organisation_b_id = cases_case.organisation_id AND p.registration_a_id = cases_case.family_id
          AND p.organisation_a_id = cases_case.other_organisation_id)))"""


def of_case(table: str, more: str = "") -> str:
    """That the case of a row may be read."""
    return f"EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id{more})"


def said(table: str, column: str = "") -> str:
    """A new row of what a member says: in their own name, in a case of theirs (or only of one of its sides)."""
    mine = "(SELECT havre_writes())"
    of = f"c.{column} = {mine}" if column else f"{mine} IN (c.organisation_id, c.other_organisation_id)"
    return f"""member_id = (SELECT havre_member()) AND organisation_id = {mine} AND (SELECT cases_works())
      AND shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = {mine})
      AND {of_case(table, f" AND {of}")}"""


def trigger(name: str, when: str, table: str, function: str) -> list[migrations.RunSQL]:
    """A trigger of each row."""
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER {name} ON {table}",
        )
    ]


WORDS = (
    "in_short",
    "criteria",
    "evidence_seen",
    "evidence_missing",
    *(each.value for each in Factor),
    "again_how",
    "helper",
)
# A draft is no decision: the organisation that writes it reads it, and nobody else.
AGREED = "agreed_by_id IS NOT NULL OR organisation_id = (SELECT {}())"
OF_EITHER = " AND (SELECT havre_writes()) IN (c.organisation_id, c.other_organisation_id)"


class Migration(migrations.Migration):
    """Policies, functions and triggers of cases."""

    dependencies = [("cases", "0001_initial"), ("tracing", "0003_policies"), ("registry", "0002_policies")]

    operations = [
        GateMayRead("cases_case"),
        GateMayRead("cases_event"),
        GateMayRead("cases_fact", also=("DELETE",)),
        GateMayRead("cases_decision", also=("UPDATE",)),
        GateMayRead("cases_telling", also=("UPDATE",)),
        *(
            migrations.RunSQL(made, migrations.RunSQL.noop)
            for made in (
                sql.steps(),
                sql.tested(),
                whole.FOLDED,
                whole.wording(),
                whole.LIST,
                whole.LACKS,
                sql.WORKS,
            )
        ),
        Protect("cases_case", read=CASE_READ, write=CASE_WRITE, insert=CASE_ADD, subject="registration_id"),
        Protect(
            "cases_fact",
            read=of_case("cases_fact"),
            write="false",
            insert=said("cases_fact"),
            unlogged=("value", "how"),
        ),
        Protect("cases_event", read=of_case("cases_event"), write="false", insert=said("cases_event")),
        # Of the words the record keeps none: they would outlive an erasure there. They never change, so it lacks none.
        Protect(
            "cases_decision",
            read=f"{of_case('cases_decision')} AND ({AGREED.format('havre_reads')})",
            write=f"{of_case('cases_decision', OF_EITHER)} AND ({AGREED.format('havre_writes')})",
            insert=said("cases_decision", "other_organisation_id"),
            unlogged=WORDS,
        ),
        Protect(
            "cases_telling",
            read=of_case("cases_telling"),
            write="false",
            insert=said("cases_telling"),
            unlogged=("told_by",),
        ),
        migrations.RunSQL(
            "REVOKE DELETE ON cases_case, cases_fact, cases_event, cases_decision, cases_telling FROM havre_web",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(made, migrations.RunSQL.noop)
            for made in (sql.CASE_STAYS, sql.HAPPENS, sql.DECIDED, sql.TOLD)
        ),
        *trigger("case_stays", "BEFORE UPDATE", "cases_case", "cases_case_stays"),
        *trigger("event_happens", "BEFORE INSERT", "cases_event", "cases_event_happens"),
        *trigger("decision_holds", "BEFORE INSERT OR UPDATE", "cases_decision", "cases_decision_holds"),
        *trigger("telling_holds", "BEFORE INSERT", "cases_telling", "cases_telling_holds"),
        # At the end of a transaction nobody acts any more: the function looks past the policies.
        GateFunction("cases_answered()", sql.ANSWERED),
        *(
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER answered AFTER {when} ON {table} DEFERRABLE INITIALLY DEFERRED"
                f" FOR EACH ROW WHEN ({given}) EXECUTE FUNCTION cases_answered()",
                f"DROP TRIGGER answered ON {table}",
            )
            for table, when, given in (
                ("cases_event", "INSERT", "NEW.decision_id IS NOT NULL"),
                ("cases_decision", "UPDATE", "NEW.agreed_by_id IS NOT NULL"),
            )
        ),
        GateFunction("cases_registration_erased()", sql.ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER cases_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION cases_registration_erased()",
            "DROP TRIGGER cases_erased ON registry_registration",
        ),
    ]
