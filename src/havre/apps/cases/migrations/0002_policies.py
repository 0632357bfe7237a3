# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes cases, and the triggers that hold their rules.

A case is read by the organisation that registered the child, by the one that is asked, and by the child's guardian. The
one that is asked reads it while the pair stands; without a pair, while looking for family is agreed to. What was said in
a case follows it; what was said before the one that is asked was named, it reads as far as a request needs it. Nothing
said is changed, and nobody deletes.
"""

from django.db import migrations

from havre.apps.cases.enums import Factor
from havre.apps.cases.migrations import _asked as asked
from havre.apps.cases.migrations import _functions as sql
from havre.apps.cases.migrations import _living as living
from havre.apps.cases.migrations import _whole as whole
from havre.core.access.protection import GateFunction, GateMayRead, Protect

STANDS = """(EXISTS (SELECT 1 FROM tracing_pair p WHERE p.id = cases_case.pair_id
    AND p.state IN ('verified', 'reunited')) OR (pair_id IS NULL AND cases_shown(registration_id)))"""
WARDS = """(SELECT registry_ward()) IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_registration r WHERE r.id = cases_case.registration_id
    AND r.person_id = (SELECT registry_ward()))"""
CASE_WRITE = f"""organisation_id = (SELECT havre_writes())
  OR (other_organisation_id = (SELECT havre_writes()) AND {STANDS})"""
CASE_READ = f"""organisation_id = (SELECT havre_reads())
  OR (other_organisation_id = (SELECT havre_reads()) AND {STANDS}) OR ({WARDS})"""
OF_PAIR = """EXISTS (
    SELECT 1 FROM tracing_pair p JOIN registry_registration r ON r.id = cases_case.registration_id
    WHERE p.id = cases_case.pair_id AND p.state IN ('verified', 'reunited')
      AND p.child_shore = cases_case.child_shore AND r.person_id = cases_case.person
      AND ((p.child_shore = 'france' AND p.registration_a_id = cases_case.registration_id
          AND p.organisation_a_id = cases_case.organisation_id AND p.registration_b_id = cases_case.family_id
          AND p.organisation_b_id = cases_case.other_organisation_id
          AND p.link_a_id IS NOT DISTINCT FROM cases_case.link_id)
        OR (p.child_shore = 'britain' AND p.registration_b_id = cases_case.registration_id
          AND p.organisation_b_id = cases_case.organisation_id AND p.registration_a_id = cases_case.family_id
          AND p.organisation_a_id = cases_case.other_organisation_id
          AND p.link_b_id IS NOT DISTINCT FROM cases_case.link_id)))"""
OF_LINK = """pair_id IS NULL AND other_organisation_id IS NULL
  AND child_shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = (SELECT havre_writes()))
  AND EXISTS (
    SELECT 1 FROM registry_familylink l JOIN registry_registration r ON r.id = l.registration_id
    WHERE l.id = cases_case.link_id AND l.withdrawn_at IS NULL AND r.id = cases_case.registration_id
      AND r.organisation_id = cases_case.organisation_id AND r.person_id = cases_case.person
      AND r.withdrawn_at IS NULL AND r.erased_at IS NULL)"""
CASE_ADD = f"""organisation_id = (SELECT havre_writes()) AND opened_by_id = (SELECT havre_member())
  AND (SELECT cases_works()) AND (({OF_PAIR}) OR ({OF_LINK}))"""


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
PANEL = ("panel", "options", "views", "determined", "dissent")
# Of the tables of what members say: which columns the record leaves out (their words, which would outlive an erasure
# there), and the side that alone may add, where one may.
SAID = {
    "outsideanswer": (("words", "source_said"), "organisation_id"),
    "groupstep": (("reasons",), "organisation_id"),
    "representative": (("name", "reach"), ""),
    "spoken": (("language", "note"), ""),
    "assessment": (("took_part", *(each.value for each in Factor), "conclusion"), ""),
    "determination": (PANEL, ""),
    "transferplan": ((), ""),
    "planstep": (("who",), ""),
    "followup": (("seen_by", "words", "well"), ""),
    "closing": (("words",), "organisation_id"),
}
# Of a child whom nobody has matched, the organisation that was merely named reads none of the other's: not who stands by
# the child, nor what is best for them, nor where the journey goes.
CARE = ("groupstep", "representative", "spoken", "assessment", "determination", "planstep", "followup")
NEAR = """ AND (c.pair_id IS NOT NULL OR (SELECT havre_reads()) IN (c.organisation_id, cases_{table}.organisation_id)
  OR (SELECT registry_ward()) IS NOT NULL)"""
# What carries no word of anybody is read with the case.
WORDLESS = ("transferplan",)
# A parting is read by those as well that led the cases of the others then.
TOLD = {"groupstep": " OR (SELECT havre_reads()) = ANY (told)"}
FIRST = ("case", "fact", "event", "decision", "telling")
OF_ITS_PLAN = """ AND EXISTS (
  SELECT 1 FROM cases_transferplan p WHERE p.id = cases_planstep.plan_id AND p.case_id = cases_planstep.case_id)"""


def read_of(table: str) -> str:
    """Who reads a table of what members say."""
    near = NEAR.format(table=table) if table in CARE else ""
    since = "" if table in WORDLESS else asked.reached(f"cases_{table}")
    return of_case(f"cases_{table}", near + since) + TOLD.get(table, "")


# A draft is no decision: the organisation that writes it reads it, and nobody else.
AGREED = "agreed_by_id IS NOT NULL OR organisation_id = (SELECT {}())"
OF_EITHER = " AND (SELECT havre_writes()) IN (c.organisation_id, c.other_organisation_id)"


class Migration(migrations.Migration):
    """Policies, functions and triggers of cases."""

    dependencies = [("cases", "0001_initial"), ("tracing", "0003_policies"), ("registry", "0002_policies")]

    operations = [
        GateMayRead("cases_case", also=("UPDATE",)),
        GateMayRead("cases_event"),
        GateMayRead("cases_fact", also=("DELETE",)),
        GateMayRead("cases_decision", also=("UPDATE",)),
        GateMayRead("cases_telling", also=("UPDATE",)),
        *(
            GateMayRead(
                f"cases_{table}", also=("DELETE" if table in ("representative", "spoken") else "UPDATE",)
            )
            for table in SAID
        ),
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
                sql.STATE,
                living.SIBLINGS,
                living.TO_TRAVEL,
                asked.facts(),
                asked.NAMED_AT,
                asked.ASKED_UNDER,
                living.ASSESSMENT_LACKS,
                living.DETERMINATION_LACKS,
            )
        ),
        GateFunction("cases_shown(uuid)", living.SHOWN),
        GateFunction("cases_siblings_elsewhere(uuid)", living.ELSEWHERE),
        Protect("cases_case", read=CASE_READ, write=CASE_WRITE, insert=CASE_ADD, subject="registration_id"),
        Protect(
            "cases_fact",
            read=of_case("cases_fact", asked.reached("cases_fact", asked.REQUESTED_FACT)),
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
        *(
            Protect(
                f"cases_{table}",
                read=read_of(table),
                write="false",
                insert=said(f"cases_{table}", side) + (OF_ITS_PLAN if table == "planstep" else ""),
                unlogged=words,
            )
            for table, (words, side) in SAID.items()
        ),
        migrations.RunSQL(
            f"REVOKE DELETE ON {', '.join(f'cases_{table}' for table in (*FIRST, *SAID))} FROM havre_web",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(made, migrations.RunSQL.noop)
            for made in (
                living.CASE_STAYS,
                sql.HAPPENS,
                sql.DECIDED,
                sql.TOLD,
                living.DETAIL,
                living.GROUPED,
                living.CARED,
            )
        ),
        *trigger("case_stays", "BEFORE UPDATE", "cases_case", "cases_case_stays"),
        *trigger("event_happens", "BEFORE INSERT", "cases_event", "cases_event_happens"),
        *trigger("decision_holds", "BEFORE INSERT OR UPDATE", "cases_decision", "cases_decision_holds"),
        *trigger("telling_holds", "BEFORE INSERT", "cases_telling", "cases_telling_holds"),
        *(
            each
            for table in ("outsideanswer", "transferplan", "followup", "closing")
            for each in trigger("detail_holds", "BEFORE INSERT", f"cases_{table}", "cases_detail_holds")
        ),
        *trigger("groupstep_holds", "BEFORE INSERT", "cases_groupstep", "cases_groupstep_holds"),
        *trigger("assessment_holds", "BEFORE INSERT", "cases_assessment", "cases_care_holds"),
        *trigger("determination_holds", "BEFORE INSERT", "cases_determination", "cases_care_holds"),
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
        GateFunction("cases_event_whole()", living.EVENT_WHOLE),
        GateFunction("cases_plan_together()", living.TOGETHER),
        *(
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER whole AFTER INSERT ON cases_{table} DEFERRABLE INITIALLY DEFERRED"
                f" FOR EACH ROW EXECUTE FUNCTION {function}()",
                f"DROP TRIGGER whole ON cases_{table}",
            )
            for table, function in (("event", "cases_event_whole"), ("transferplan", "cases_plan_together"))
        ),
        GateFunction("cases_registration_erased()", living.ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER cases_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION cases_registration_erased()",
            "DROP TRIGGER cases_erased ON registry_registration",
        ),
    ]
