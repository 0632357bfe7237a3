# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Referrals between organisations: their tables, who reads and writes them, and what holds."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q

from havre.apps.cases.migrations import _referring as sql
from havre.apps.cases.migrations._columns import MEMBER, ORGANISATION, ROW, to, word
from havre.core.access.protection import GateFunction, GateMayRead, Protect

MINE = "(SELECT havre_writes())"
READS = "(SELECT havre_reads())"
REFERRAL_READ = f"{READS} IN (organisation_id, recipient_id) OR id IN (SELECT cases_chain())"
REFERRAL_WRITE = f"{MINE} IN (organisation_id, recipient_id)"
REFERRAL_ADD = f"""organisation_id = {MINE} AND member_id = (SELECT havre_member()) AND (SELECT cases_works())
  AND answer_by > (SELECT havre_today())
  AND EXISTS (SELECT 1 FROM accounts_organisation o
    WHERE o.id = cases_referral.recipient_id AND o.kind = 'protection')
  AND CASE WHEN case_id IS NULL
    THEN EXISTS (SELECT 1 FROM registry_registration r WHERE r.id = cases_referral.registration_id
      AND r.organisation_id = {MINE} AND r.erased_at IS NULL AND r.withdrawn_at IS NULL)
    ELSE EXISTS (SELECT 1 FROM cases_case c WHERE c.id = cases_referral.case_id
      AND c.organisation_id = {MINE} AND c.registration_id = cases_referral.registration_id) END
  AND cases_agreed(registration_id, kind, recipient_id)
  AND (along = '{{}}' OR (kind = 'transfer' AND case_id <> ALL (along) AND cardinality(along) = (
    SELECT count(*) FROM cases_case c WHERE c.id = ANY (cases_referral.along) AND c.organisation_id = {MINE}
      AND cases_agreed(c.registration_id, 'transfer', cases_referral.recipient_id))))"""
EXTRACT_READ = f"""EXISTS (SELECT 1 FROM cases_referral r WHERE r.id = cases_extract.referral_id AND (
  r.organisation_id = {READS} OR (r.recipient_id = {READS} AND cases_referral_stands(r.id))))"""
EXTRACT_ADD = f"""EXISTS (SELECT 1 FROM cases_referral r WHERE r.id = cases_extract.referral_id
  AND r.organisation_id = {MINE} AND r.member_id = (SELECT havre_member()))
  AND NOT EXISTS (SELECT 1 FROM cases_referralstep s WHERE s.referral_id = cases_extract.referral_id)"""
STEP_READ = "EXISTS (SELECT 1 FROM cases_referral r WHERE r.id = cases_referralstep.referral_id)"
STEP_ADD = f"""member_id = (SELECT havre_member()) AND organisation_id = {MINE} AND (SELECT cases_works())
  AND shore = (SELECT o.shore FROM accounts_organisation o WHERE o.id = {MINE})
  AND EXISTS (SELECT 1 FROM cases_referral r WHERE r.id = cases_referralstep.referral_id
    AND {MINE} IN (r.organisation_id, r.recipient_id))"""


class Migration(migrations.Migration):
    """Referrals, extracts, and what was done to them."""

    dependencies = [
        ("cases", "0006_reckoning"),
        ("registry", "0004_ledger_policies"),
        ("tracing", "0003_policies"),
        ("audit", "0002_functions"),
        ("accounts", "0003_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                *ROW,
                ("kind", word("referral transfer")),
                ("along", ArrayField(models.UUIDField(), default=list)),
                ("answer_by", models.DateField()),
                ("idempotency_key", models.UUIDField(null=True)),
                ("case", to("cases.case", null=True, related_name="referrals")),
                ("member", to(MEMBER)),
                ("organisation", to(ORGANISATION)),
                ("recipient", to(ORGANISATION)),
                ("registration", to("registry.registration")),
            ],
            options={
                "ordering": ["-recorded_at", "-id"],
                "indexes": [models.Index(fields=["recipient"], name="referral_of_recipient")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "idempotency_key"), name="referral_once_a_key"
                    ),
                    models.CheckConstraint(
                        condition=Q(("organisation", F("recipient")), _negated=True),
                        name="referral_to_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extract",
            fields=[
                *ROW,
                ("asked", models.TextField()),
                ("fields", models.JSONField()),
                ("siblings", models.JSONField(default=list)),
                ("siblings_said", models.TextField(blank=True)),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="extract", to="cases.referral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                *ROW,
                ("act", word("receive accept refuse take_back end")),
                ("words", models.TextField(blank=True)),
                ("shore", word("france britain")),
                ("idempotency_key", models.UUIDField(null=True)),
                ("member", to(MEMBER)),
                ("organisation", to(ORGANISATION)),
                ("referral", to("cases.referral", related_name="steps")),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("referral", "act"), name="referralstep_once"),
                    models.UniqueConstraint(
                        fields=("organisation", "idempotency_key"), name="referralstep_once_a_key"
                    ),
                ],
            },
        ),
        GateMayRead("cases_referral"),
        GateMayRead("cases_extract", also=("UPDATE",)),
        GateMayRead("cases_referralstep", also=("UPDATE",)),
        migrations.RunSQL(sql.rules(), "DROP FUNCTION cases_referral_rules()"),
        GateFunction("cases_agreed(uuid, text, uuid)", sql.AGREED),
        GateFunction("cases_referral_stands(uuid)", sql.STANDS),
        GateFunction("cases_group_agreed(uuid)", sql.GROUP_AGREED),
        GateFunction("cases_chain()", sql.CHAIN),
        Protect(
            "cases_referral",
            read=REFERRAL_READ,
            write=REFERRAL_WRITE,
            insert=REFERRAL_ADD,
            subject="registration_id",
        ),
        # Of the words the record keeps none: they would outlive an erasure there. They never change, so it lacks none.
        Protect(
            "cases_extract",
            read=EXTRACT_READ,
            write="false",
            insert=EXTRACT_ADD,
            unlogged=("asked", "fields", "siblings", "siblings_said"),
        ),
        Protect("cases_referralstep", read=STEP_READ, write="false", insert=STEP_ADD, unlogged=("words",)),
        migrations.RunSQL(
            "REVOKE DELETE ON cases_referral, cases_extract, cases_referralstep FROM havre_web",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(sql.STAYS, "DROP FUNCTION cases_referral_stays() CASCADE"),
        migrations.RunSQL(sql.HOLDS, "DROP FUNCTION cases_referralstep_holds() CASCADE"),
        migrations.RunSQL(
            [
                "CREATE TRIGGER referral_stays BEFORE UPDATE ON cases_referral FOR EACH ROW"
                " EXECUTE FUNCTION cases_referral_stays()",
                "CREATE TRIGGER step_holds BEFORE INSERT ON cases_referralstep FOR EACH ROW"
                " EXECUTE FUNCTION cases_referralstep_holds()",
            ],
            migrations.RunSQL.noop,
        ),
        GateFunction("cases_hand_over(uuid, jsonb)", sql.HAND_OVER),
        GateFunction("cases_given(uuid)", sql.GIVEN),
        GateFunction("cases_referrals_erased()", sql.ERASED),
        migrations.RunSQL(
            "CREATE TRIGGER cases_referrals_erased AFTER UPDATE ON registry_registration FOR EACH ROW"
            " WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
            " EXECUTE FUNCTION cases_referrals_erased()",
            "DROP TRIGGER cases_referrals_erased ON registry_registration",
        ),
    ]
