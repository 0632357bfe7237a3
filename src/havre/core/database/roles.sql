-- SPDX-FileCopyrightText: 2026 The Havre authors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- The roles of Havre on this server. Run by a superuser, or by a role with CREATEROLE and BYPASSRLS; running it
-- again changes nothing but the passwords. The words in braces are filled in by roles.py.

DO $$
DECLARE
    made record;
BEGIN
    FOR made IN VALUES
        ('havre_owner', 'NOLOGIN'),
        ('havre_gate', 'NOLOGIN'),
        ('havre_migrator', 'LOGIN CREATEDB'),
        ('havre_web', 'LOGIN'),
        ('havre_maintenance', 'LOGIN BYPASSRLS')
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = made.column1) THEN
            EXECUTE format('CREATE ROLE %I %s', made.column1, made.column2);
        END IF;
    END LOOP;
END
$$;

-- Migrations make the functions of havre_gate, so the owner, as which nobody signs in, may do what it may.
GRANT havre_gate TO havre_owner;
GRANT havre_owner, havre_gate TO havre_migrator;

ALTER ROLE havre_migrator PASSWORD {havre_migrator};
ALTER ROLE havre_web PASSWORD {havre_web};
ALTER ROLE havre_maintenance PASSWORD {havre_maintenance};

-- A page that waits is a page that fails; a job that needs longer says so with SET LOCAL.
ALTER ROLE havre_web SET statement_timeout = '15s';
ALTER ROLE havre_web SET lock_timeout = '5s';
ALTER ROLE havre_web SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE havre_migrator SET lock_timeout = '30s';
