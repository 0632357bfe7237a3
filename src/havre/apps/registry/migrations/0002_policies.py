# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes the rows of the registry, and the functions that cross the line on purpose.

A registration is read by its own organisation; by one that it was shared with; by the guardian of its person; and,
where tracing was agreed to, by the job that compares the lists of both shores. Its own organisation alone writes it.
What hangs on a registration follows it.
"""

from django.db import migrations

from havre.apps.registry.migrations import _functions as sql
from havre.apps.registry.migrations import _search as search
from havre.core.access.protection import GateFunction, GateMayRead, Protect, ProtectChild

COMPARED = """
  (SELECT havre_matches()) AND traceable AND withdrawn_at IS NULL AND erased_at IS NULL
  AND (traceable_until IS NULL OR traceable_until >= (SELECT havre_today()))
"""
REGISTRATION_READ = f"""
  organisation_id = (SELECT havre_reads()) OR id IN (SELECT registry_shared())
  OR person_id = (SELECT registry_ward()) OR ({COMPARED})
"""
OWN_WRITE = "organisation_id = (SELECT havre_writes())"
OWN_READ = "organisation_id = (SELECT havre_reads())"
# It begins with a person of its own; grouping moves it to another, and nothing else does.
REGISTRATION_ADD = f"{OWN_WRITE} AND person_id = own_person_id AND registry_is_own_person(own_person_id)"
PERSON_READ = f"""
  {OWN_READ} OR id = (SELECT registry_ward())
  OR EXISTS (SELECT 1 FROM registry_registration r WHERE r.person_id = registry_person.id)
  OR EXISTS (SELECT 1 FROM registry_registration r WHERE r.own_person_id = registry_person.id)
"""
OF_OWN = """EXISTS (SELECT 1 FROM registry_registration r
  WHERE r.id = registry_share.registration_id AND r.organisation_id = (SELECT {function}()))"""
SHARE_READ = f"recipient_id = (SELECT havre_reads()) OR {OF_OWN.format(function='havre_reads')}"
# OFFSET 0 has each looked up by its key: else all registrations are read, to look at the proposals of one page.
ONE = """EXISTS (SELECT 1 FROM registry_registration r
  WHERE r.id = registry_grouping.registration_{side}_id{more} OFFSET 0)"""
A, B = (ONE.format(side=side, more="") for side in "ab")
OWN_A, OWN_B = (
    ONE.format(side=side, more=" AND r.organisation_id = (SELECT havre_writes())") for side in "ab"
)
# A decision is seen by both organisations, so that each can take it back even where sharing has ended.
GROUPING_READ = f"({A} AND {B}) OR (state IN ('grouped', 'undone') AND ({A} OR {B}))"
GROUPING_WRITE = f"{OWN_A} OR {OWN_B}"
# Core knows files and no guardians: what they may open of their child is said here.
FILE_OF_WARD = """
  subject IS NOT NULL AND (SELECT registry_ward()) IS NOT NULL AND EXISTS (
    SELECT 1 FROM registry_registration r
    WHERE r.id = files_file.subject AND r.organisation_id = files_file.organisation_id
      AND r.person_id = (SELECT registry_ward()))
"""

CHILDREN = ("name", "ageevidence", "contact", "document", "familylink", "consent")


class Migration(migrations.Migration):
    """Policies and gate functions of the registry."""

    dependencies = [("registry", "0001_rules"), ("access", "0001_functions"), ("audit", "0002_functions")]

    operations = [
        GateMayRead("registry_registration", also=("UPDATE",)),
        GateMayRead("registry_person", also=("UPDATE",)),
        GateMayRead("registry_share", also=("UPDATE",)),
        GateMayRead("registry_grouping"),
        GateMayRead("registry_ageevidence"),
        GateFunction("registry_shared()", sql.SHARED),
        GateFunction("registry_ward()", sql.WARD),
        GateFunction("registry_is_own_person(uuid)", sql.IS_OWN_PERSON),
        GateFunction("registry_is_own(uuid)", sql.IS_OWN),
        Protect(
            "registry_registration",
            read=REGISTRATION_READ,
            write=OWN_WRITE,
            insert=REGISTRATION_ADD,
            subject="id",
            unlogged=("source_said",),
        ),
        Protect(
            "registry_person",
            read=PERSON_READ,
            write=OWN_WRITE,
            insert=f"{OWN_WRITE} AND grouped_into_id IS NULL",
        ),
        *(
            ProtectChild(
                f"registry_{child}",
                parent="registry_registration",
                key="registration_id",
                unlogged=("source_said",) if child == "familylink" else (),
            )
            for child in CHILDREN
        ),
        Protect(
            "registry_share",
            read=SHARE_READ,
            write=OF_OWN.format(function="havre_writes"),
            subject="registration_id",
        ),
        Protect(
            "registry_grouping",
            read=GROUPING_READ,
            write=GROUPING_WRITE,
            insert=f"({GROUPING_WRITE}) AND {A} AND {B} AND {OWN_WRITE}",
            subject="registration_a_id",
        ),
        Protect(
            "registry_listimport",
            read=OWN_READ,
            write=OWN_WRITE,
            unlogged=("source", "counts", "remarks", "consents"),
        ),
        Protect("registry_receipt", read=OWN_READ, write=OWN_WRITE),
        migrations.RunSQL(
            f"CREATE POLICY of_ward ON files_file FOR SELECT TO havre_web USING ({FILE_OF_WARD})",
            "DROP POLICY of_ward ON files_file",
        ),
        # The search keys are closed: no policy opens them to anybody but the functions.
        migrations.RunSQL(
            [
                "ALTER TABLE registry_searchkey ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE registry_searchkey FORCE ROW LEVEL SECURITY",
                "REVOKE ALL ON registry_searchkey FROM havre_web",
                "GRANT SELECT, INSERT, DELETE ON registry_searchkey TO havre_gate",
                "CREATE POLICY gate ON registry_searchkey TO havre_gate USING (true) WITH CHECK (true)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [
                "CREATE SEQUENCE registry_reference_counter MINVALUE 0 START 0 MAXVALUE 6436342 NO CYCLE",
                sql.REFERENCE,
            ],
            ["DROP FUNCTION registry_reference()", "DROP SEQUENCE registry_reference_counter"],
        ),
        GateFunction("registry_index(uuid[], uuid[], text[])", search.INDEX),
        GateFunction("registry_candidates(text[], text[], smallint[], integer)", search.CANDIDATES),
        GateFunction(
            "registry_elsewhere(text[], integer[], integer, text, date, date, text, jsonb, integer, integer)",
            search.ELSEWHERE,
        ),
        GateFunction("registry_regroup_to(uuid[])", sql.REGROUP_TO, callers=()),
        GateFunction("registry_regroup(uuid)", sql.REGROUP),
        GateFunction("registry_accept(uuid, timestamptz)", sql.ACCEPT),
        GateFunction("registry_give_up(uuid, timestamptz)", sql.GIVE_UP),
        migrations.RunSQL(
            [
                sql.KEPT,
                sql.kept("registry_registration", "person_id", "own_person_id", "organisation_id"),
                sql.kept("registry_person", "grouped_into_id", "organisation_id", "reference"),
                sql.kept("registry_grouping", "registration_a_id", "registration_b_id", "organisation_id"),
            ],
            "DROP FUNCTION registry_kept() CASCADE",
        ),
    ]
