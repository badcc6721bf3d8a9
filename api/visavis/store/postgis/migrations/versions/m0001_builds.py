"""Builds, and what each of their layers holds."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.execute("""
        CREATE TABLE visavis.builds (
            build integer PRIMARY KEY,
            build_id text NOT NULL,
            store_format text NOT NULL,
            built_at timestamptz NOT NULL,
            software text NOT NULL,
            parameters json NOT NULL,
            sources json NOT NULL,
            invented boolean NOT NULL,
            is_current boolean NOT NULL DEFAULT false,
            published_at timestamptz NOT NULL DEFAULT now()
        )
    """)
    op.execute("CREATE UNIQUE INDEX one_is_current ON visavis.builds (is_current) WHERE is_current")
    op.execute("COMMENT ON TABLE visavis.builds IS 'How, when and from what the layers were built'")
    op.execute("""
        CREATE TABLE visavis.layers (
            build integer NOT NULL REFERENCES visavis.builds ON DELETE CASCADE,
            name text NOT NULL,
            count bigint NOT NULL,
            west double precision,
            south double precision,
            east double precision,
            north double precision,
            PRIMARY KEY (build, name)
        )
    """)
    op.execute("COMMENT ON TABLE visavis.layers IS 'How much each layer of a build holds, and where'")
    op.execute("CREATE SEQUENCE visavis.build_numbers AS integer")
