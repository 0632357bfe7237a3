-- SPDX-FileCopyrightText: 2026 The Havre authors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- Who may do what in the database of Havre. Run by whoever ran roles.sql, in that database; again at will.

ALTER DATABASE {database} OWNER TO havre_owner;
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO havre_migrator, havre_web, havre_maintenance;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER SCHEMA public OWNER TO havre_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO havre_web, havre_maintenance, havre_gate;
-- A role can only be given a function where it may make one.
GRANT CREATE ON SCHEMA public TO havre_gate;

-- Never TRUNCATE, which looks past row policies. REFERENCES and TRIGGER are for owners.
ALTER DEFAULT PRIVILEGES FOR ROLE havre_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO havre_web, havre_maintenance;
ALTER DEFAULT PRIVILEGES FOR ROLE havre_owner GRANT USAGE ON SEQUENCES TO havre_web;
ALTER DEFAULT PRIVILEGES FOR ROLE havre_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO havre_maintenance;
ALTER DEFAULT PRIVILEGES FOR ROLE havre_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE havre_owner
    GRANT EXECUTE ON FUNCTIONS TO havre_web, havre_maintenance, havre_gate;
ALTER DEFAULT PRIVILEGES FOR ROLE havre_gate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
