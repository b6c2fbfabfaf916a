#!/bin/sh
# Make the three databases and their two roles on a new PostgreSQL server (version 15 or later). The image of PostgreSQL
# runs this once, when its volume is empty; by hand, run it as a superuser:
#   TRACKER_PASSWORD=... PUBLIC_READER_PASSWORD=... sh deploy/postgres-init/10-databases.sh
# The usual PGHOST, PGPORT and PGPASSWORD are honoured; POSTGRES_USER names the superuser.
#
#   tracker        owns `record`, `published` and `inbox`, migrates them, and serves staff.
#   public_reader  may SELECT in `published` and INSERT into `inbox`, and cannot even connect to `record`.
set -eu

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv tracker_password TRACKER_PASSWORD
\getenv public_reader_password PUBLIC_READER_PASSWORD

CREATE ROLE tracker LOGIN PASSWORD :'tracker_password';
CREATE ROLE public_reader LOGIN PASSWORD :'public_reader_password';
-- The grants below already refuse every write; this makes the refusal independent of them.
ALTER ROLE public_reader SET default_transaction_read_only = on;

CREATE DATABASE record OWNER tracker;
CREATE DATABASE published OWNER tracker;
CREATE DATABASE inbox OWNER tracker;
-- Without this every role on the server could connect.
REVOKE ALL ON DATABASE record FROM PUBLIC;
REVOKE ALL ON DATABASE published FROM PUBLIC;
REVOKE ALL ON DATABASE inbox FROM PUBLIC;
GRANT CONNECT ON DATABASE published TO public_reader;
GRANT CONNECT ON DATABASE inbox TO public_reader;
-- Readers' reports are all that the public process ever writes.
ALTER ROLE public_reader IN DATABASE inbox SET default_transaction_read_only = off;

\connect published
GRANT USAGE ON SCHEMA public TO public_reader;
-- The tables do not exist yet: whatever tracker's migrations make, now or later, public_reader may read.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public GRANT SELECT ON TABLES TO public_reader;

\connect inbox
GRANT USAGE ON SCHEMA public TO public_reader;
-- It may drop a report in, and never see one again.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public GRANT INSERT ON TABLES TO public_reader;
SQL
