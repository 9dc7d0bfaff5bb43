"""SQL: tables, units of work, queries, migrations."""
